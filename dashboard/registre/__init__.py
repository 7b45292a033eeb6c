"""The register of agreements: one frame, one file per section."""
