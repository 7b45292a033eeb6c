"""One module per medium; each medium is taught each mark once."""
