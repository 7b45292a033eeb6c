"""The border: from the files of a dataset to typed tables, every problem noted on the way."""
