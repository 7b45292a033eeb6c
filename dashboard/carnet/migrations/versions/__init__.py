"""One revision per feature that writes in the carnet; each follows the latest, so that there is one head."""
