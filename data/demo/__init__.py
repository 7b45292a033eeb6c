"""The embedded, fictitious demonstration dataset and its generator."""
