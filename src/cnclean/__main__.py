"""`python -m cnclean` is the command line."""

from cnclean.cli import main

if __name__ == "__main__":
    main()
