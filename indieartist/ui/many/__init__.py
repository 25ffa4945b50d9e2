"""Boxes that change many things at once: each shows first what it would do."""
