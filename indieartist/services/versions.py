"""Versions: the mixes of a track named, noted, approved and removed, each act undoable."""

from __future__ import annotations

from indieartist.domain.release import Mix, Track
from indieartist.errors import UserError
from indieartist.library import tables as t
from indieartist.services.editing import approve_mix, remove_mix
from indieartist.services.studio import Studio

__all__ = ["approve_mix", "get_version", "note_mix", "remove_mix", "rename_mix"]

LONGEST_NAME = 200


def rename_mix(studio: Studio, track: Track, mix: Mix, name: str) -> None:
    """Give a mix another name; the audio in the vault keeps its own."""
    words = " ".join(name.split())
    if not words:
        raise UserError("A version needs a name.", "Write what it is: “Louder”, “No limiter”.")
    if len(words) > LONGEST_NAME:
        raise UserError(f"A version's name has at most {LONGEST_NAME} letters.", "Shorten it.")
    with studio.library.act(f"Rename mix {mix.number} of “{track.title}”") as act:
        act.update(t.mix, mix.id, name=words)


def note_mix(studio: Studio, track: Track, mix: Mix, note: str) -> None:
    """Write a note on a mix in the place of the one before; an empty one takes it away."""
    words = note.replace("\r\n", "\n").strip()
    settings = {key: value for key, value in mix.settings.items() if key != "note"}
    if words:
        settings["note"] = words
    with studio.library.act(f"Note on mix {mix.number} of “{track.title}”") as act:
        act.update(t.mix, mix.id, settings=settings)


def get_version(track: Track, number: int) -> Mix:
    """The mix of that number; raises UserError that lists what there is."""
    for mix in track.mixes:
        if mix.number == number:
            return mix
    known = ", ".join(str(mix.number) for mix in track.mixes) or "none"
    raise UserError(f"“{track.title}” has no mix {number}.", f"Its mixes: {known}.")
