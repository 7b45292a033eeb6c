"""One reader per official format, and their registry."""
