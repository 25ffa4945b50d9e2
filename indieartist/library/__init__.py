"""What we remember: the database, its history, and the vault of audio and artwork."""
