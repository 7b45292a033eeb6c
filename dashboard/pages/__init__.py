"""The pages beside the map: one file each, and one line in the registry."""
