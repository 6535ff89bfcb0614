"""HTML: bytes to text, pages to main text, pages to pages without site chrome."""
