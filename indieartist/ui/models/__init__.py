"""Qt models: thin adapters over plain rows."""
