"""Pure functions from Frames to figures."""
