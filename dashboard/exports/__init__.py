"""Snapshots of a view, one file per medium."""
