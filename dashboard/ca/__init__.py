"""The board's page: for a director who opens it cold, on one sheet of A4."""
