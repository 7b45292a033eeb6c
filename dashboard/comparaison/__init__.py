"""Two to four maps of one view, which differ by one thing alone."""
