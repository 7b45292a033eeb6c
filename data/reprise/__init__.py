"""Taking the Caf's own register of agreements into a dataset: columns and words matched, then every change told."""
