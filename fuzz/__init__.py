"""Coverage-guided fuzzing of the public functions: see README.md here."""
