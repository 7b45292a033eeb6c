"""The vocabulary in which every layer speaks."""
