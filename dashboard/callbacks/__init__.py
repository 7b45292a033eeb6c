"""One file per concern, each with a function register(app, deps)."""
