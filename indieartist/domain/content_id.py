"""Content ID: the answers a release can give, and the titles that speak against it."""

from __future__ import annotations

CHOICES = {
    "": "Not decided",
    "no": "Not used",
    "yes": "Used: everything on it is mine alone",
    "shared": "Not used: it has shared beats, loops, samples, a cover or free material",
}
OPTED_IN = "yes"
