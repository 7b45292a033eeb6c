"""French sentences of the meeting."""

CHARGEMENT = "Chargement des séances…"
