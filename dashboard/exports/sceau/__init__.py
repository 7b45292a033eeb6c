"""What makes a snapshot traceable: its identity inside the file, sealed so that an alteration shows."""
