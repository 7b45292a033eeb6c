"""The carnet: what people write down. One database, SQLite beside the datasets or PostgreSQL by its address."""
