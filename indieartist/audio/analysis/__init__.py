"""What a song is made of: its tempo, its key, its spectrum and what the file went through."""
