"""A séance taken out of the meeting room: a paper dossier, a presentation, a page for a room without network."""
