"""Which coder, how many bits, at which rate."""

from __future__ import annotations

from dataclasses import dataclass

from indieartist.errors import UserError

LOSSLESS = "lossless"
OPUS_HZ = 48_000
_RATES_HZ = (44_100, 48_000)  # what services send; both are known to every coder here
_MODELLED = {"aac": "AAC", "mp3": "MP3", "opus": "Opus", "vorbis": "Vorbis", LOSSLESS: "lossless"}


@dataclass(frozen=True, slots=True)
class Coding:
    """A coder and its bit rate; `rate_hz` None follows the sound's own rate."""

    codec: str
    kbps: int = 0
    rate_hz: int | None = None

    @property
    def label(self) -> str:
        """In words: '160 kbit/s Vorbis', or 'lossless'."""
        name = _MODELLED.get(self.codec, self.codec.upper())
        return f"{self.kbps} kbit/s {name}" if self.kbps else name

    @property
    def modelled(self) -> bool:
        """Whether its coder is here."""
        return self.codec in _MODELLED

    def rate_for(self, source_hz: int) -> int:
        """The rate in Hz at which a sound of `source_hz` is coded."""
        if self.codec == "opus":
            return OPUS_HZ
        if self.rate_hz is not None:
            return self.rate_hz
        if self.codec == LOSSLESS or source_hz in _RATES_HZ:
            return source_hz
        return 44_100 if source_hz % 11_025 == 0 else 48_000

    def check(self) -> None:
        """Raise UserError for a coder that is not here."""
        if not self.modelled:
            raise UserError(
                f"{self.label} has no model here.", "Choose another quality of that platform."
            )
