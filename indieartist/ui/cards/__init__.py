"""The cards that pages are built of: each asks by signals and is shown plain values."""
