"""The commands, by subject; each module has a function register(verbs)."""
