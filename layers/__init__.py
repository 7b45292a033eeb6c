"""What the maps say: layers describe, renderers draw."""
