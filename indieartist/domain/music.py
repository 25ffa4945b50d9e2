"""What was heard in a song: its tempo and its key, each with how sure the ear is."""

from __future__ import annotations

from dataclasses import dataclass

MODES = ("major", "minor")

# Pitch classes from C on, as signatures spell them; where two are in use, the rarer one second.
_SPELLINGS = {
    "major": ("C", "Db/C#", "D", "Eb", "E", "F", "F#/Gb", "G", "Ab", "A", "Bb", "B/Cb"),
    "minor": ("C", "C#", "D", "Eb/D#", "E", "F", "F#", "G", "G#/Ab", "A", "Bb/A#", "B"),
}

# The Camelot wheel (Mark Davis, Mixed In Key): numbers go round by fifths, B is major, A minor,
# and relative keys share a number. By pitch class from C on.
_CAMELOT = {
    "major": ("8B", "3B", "10B", "5B", "12B", "7B", "2B", "9B", "4B", "11B", "6B", "1B"),
    "minor": ("5A", "12A", "7A", "2A", "9A", "4A", "11A", "6A", "1A", "8A", "3A", "10A"),
}


@dataclass(frozen=True, slots=True)
class Tempo:
    """Beats per minute, as most people would tap; some tap half or double as fast.

    `confidence` (0 to 1) says how sure it is that the tempo is this, its half or its double: which
    of the three is meant is for the artist to say.
    """

    bpm: float
    confidence: float

    def __post_init__(self) -> None:
        if not self.bpm > 0:
            raise ValueError(f"a tempo is above zero, not {self.bpm}")
        _check_confidence(self.confidence)

    @property
    def half(self) -> Tempo:
        """The tempo of who taps every second beat."""
        return Tempo(self.bpm / 2, self.confidence)

    @property
    def double(self) -> Tempo:
        """The tempo of who taps twice a beat."""
        return Tempo(self.bpm * 2, self.confidence)


@dataclass(frozen=True, slots=True)
class Key:
    """A tonic (0 for C to 11 for B), major or minor, and how sure it is (0 to 1)."""

    tonic: int
    mode: str
    confidence: float

    def __post_init__(self) -> None:
        if not 0 <= self.tonic < 12:
            raise ValueError(f"a tonic is 0 to 11, not {self.tonic}")
        if self.mode not in MODES:
            raise ValueError(f"a mode is major or minor, not {self.mode!r}")
        _check_confidence(self.confidence)

    @property
    def text(self) -> str:
        """Such as 'F# minor', in the spelling with fewer signs."""
        return f"{self._spellings[0]} {self.mode}"

    @property
    def short(self) -> str:
        """Such as 'F#m', as the frame TKEY of ID3v2 wants it."""
        return self._spellings[0] + ("m" if self.mode == "minor" else "")

    @property
    def other_text(self) -> str | None:
        """The same key in its other spelling, where that is in use: 'Gb major' for 'F# major'."""
        return f"{self._spellings[-1]} {self.mode}" if len(self._spellings) > 1 else None

    @property
    def camelot(self) -> str:
        """The code on the Camelot wheel, '1A' to '12B'."""
        return _CAMELOT[self.mode][self.tonic]

    @property
    def relative(self) -> Key:
        """The key of the other mode with the same notes, the likeliest to be meant instead."""
        if self.mode == "major":
            return Key((self.tonic + 9) % 12, "minor", self.confidence)
        return Key((self.tonic + 3) % 12, "major", self.confidence)

    @property
    def _spellings(self) -> list[str]:
        return _SPELLINGS[self.mode][self.tonic].split("/")


def _check_confidence(confidence: float) -> None:
    if not 0 <= confidence <= 1:
        raise ValueError(f"a confidence is 0 to 1, not {confidence}")
