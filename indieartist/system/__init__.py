"""The machine we stand on: paths, settings, secrets, HTTP, adapters found, clock."""
