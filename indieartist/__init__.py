"""IndieArtist: from a bounce to a released, promoted and paid-for record."""

__version__ = "0.1.0"
