"""What the wave, the meters and the spectrum show, as the versions in hand are read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from indieartist.domain.release import Mix, MixKind
from indieartist.errors import AppError
from indieartist.ui import theme
from indieartist.ui.loader import Loader
from indieartist.ui.room.series import Stretch
from indieartist.ui.room.tone_chart import ToneLine

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from indieartist.domain.progress import Report
    from indieartist.services.mastering_views import Reductions, Section, Tone
    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk
    from indieartist.ui.room.meters import RoomMeters
    from indieartist.ui.room.sights import Sight, Sights
    from indieartist.ui.room.stage_card import StageCard
    from indieartist.ui.room.tone_card import ToneCard
    from indieartist.ui.room.wishes import Choices, Wishes

TONES: dict[MixKind, theme.ColourName] = {MixKind.BOUNCE: "original", MixKind.MASTER: "accent"}


class Showing(QObject):
    """`show` sees one version over time and two by their spectra; `lean` adds where they go."""

    def __init__(
        self,
        desk: Desk,
        sights: Sights,
        stage: StageCard,
        meters: RoomMeters,
        tone: ToneCard,
    ) -> None:
        super().__init__(stage)
        self._sights, self._stage, self._meters, self._tone = sights, stage, meters, tone
        self._seen: Mix | None = None
        self._drawn: tuple[object, ...] = ()
        self._previewed: Reductions | None = None
        self._compared: tuple[Mix | None, Mix | None] = (None, None)
        self._lead: Path | str = ""
        self._lead_tone: Tone | None = None
        self._lead_problem = ""
        self._samples, self._leads = Loader(desk, self), Loader(desk, self)
        sights.changed.connect(self._hear)
        stage.wave.samples_wanted.connect(self._read_samples)

    def show(self, seen: Mix | None, compared: tuple[Mix | None, Mix | None]) -> None:
        """See a version over time, and two by their spectra."""
        self._seen, self._compared = seen, compared
        for mix in (seen, *compared):
            if mix is not None:
                self._sights.read(mix)
        self._draw_song()
        self._draw_tones()

    def _hear(self, audio_hash: str) -> None:
        if self._seen is not None and audio_hash == self._seen.audio_hash:
            self._draw_song()
        if any(mix is not None and mix.audio_hash == audio_hash for mix in self._compared):
            self._draw_tones()

    def preview(self, section: Section | None) -> None:
        """See what a preview takes off, while it is heard; None goes back to the version."""
        self._previewed = None
        if section is not None and self._seen is not None:
            self._previewed = _placed(section, self._seen.info.duration_ms)
        self._draw_song()

    # over time

    def _draw_song(self) -> None:
        sight, stage = self._sights.find(self._seen), self._stage
        if sight is None or self._seen is None or sight.waveform is None:
            self._note(sight.problem if sight else "", "Reading the song…")
            return
        parts = (sight.waveform, sight.traces, self._previewed or sight.reductions)
        seen = (self._seen.audio_hash, *map(id, parts), sight.problem)
        if seen == self._drawn:
            return
        other = seen[:2] != self._drawn[:2]
        self._drawn = seen
        if other:
            stage.wave.show_song(
                sight.waveform, self._seen.info.sample_rate_hz, TONES[self._seen.kind]
            )
            stage.overview.show_song(sight.waveform)
        made = self._previewed or sight.reductions
        stage.wave.set_traces(sight.traces)
        stage.wave.set_reductions(made)
        of_made = "preview" if self._previewed else ""
        self._meters.show_series(sight.traces, made, name=_number(self._seen), of_made=of_made)
        stage.say_peaks()
        self._note(sight.problem, "" if sight.traces else "Following the loudness…")
        self._explain(sight)

    def _note(self, problem: str, waiting: str) -> None:
        if problem:
            self._stage.note(problem, "err")
        else:
            self._stage.note(waiting)

    def _explain(self, sight: Sight) -> None:
        aims = self._stage.wave.target_lufs is not None
        taken = (self._previewed or sight.reductions) is not None
        self._stage.explain(aims=aims, taken=taken)

    def _read_samples(self, start: int, frames: int) -> None:
        mix = self._seen
        if mix is None:
            return

        def work(studio: Studio, _report: Report) -> Stretch:
            from indieartist.services import mastering_room

            samples = mastering_room.read_samples(studio, mix, start, frames)
            return Stretch(max(start, 0), mix.info.sample_rate_hz, samples)

        def done(stretch: Stretch) -> None:
            if self._seen is mix:
                self._stage.wave.set_samples(stretch)

        self._samples.read("Reading samples", work, done)

    # by frequency

    def lean(self, wishes: Wishes, choices: Choices) -> None:
        """Show where the master goes: its loudness, and the tone it leans towards."""
        lufs, _ = wishes.goal(choices)
        self._stage.wave.set_target(lufs)
        if sight := self._sights.find(self._seen):
            self._explain(sight)
        lead: Path | str = wishes.reference or wishes.curve_name(choices)
        if "tone" in wishes.bypassed:
            lead = ""
        if lead != self._lead:
            self._lead, self._lead_tone = lead, None
            self._read_lead(lead)
        self._draw_tones()

    def _read_lead(self, lead: Path | str) -> None:
        if not lead:
            self._leads.cancel()
            return

        def work(studio: Studio, report: Report) -> Tone:
            from indieartist.services import mastering_room

            return mastering_room.read_reference_tone(studio, lead, report)

        def done(tone: Tone) -> None:
            self._lead_tone = tone
            self._draw_tones()

        self._leads.read("Reading the reference", work, done, failed=self._miss_lead)

    def _miss_lead(self, error: BaseException) -> None:
        """The preview and the render say what is wrong with it; the chart goes without."""
        if isinstance(error, AppError):
            self._tone.note(str(error))
        else:
            raise error

    def _draw_tones(self) -> None:
        lines: list[ToneLine] = []
        for name, mix in zip(("Original", "Master"), self._compared, strict=True):
            sight = self._sights.find(mix)
            if mix is not None and sight is not None and sight.tone is not None:
                tone = TONES[mix.kind] if name == "Original" or lines else "accent"
                lines.append(_line(self._name(name, mix), tone, sight.tone))
        if self._lead_tone is not None:
            lines.append(_line(self._lead_tone.name, "text", self._lead_tone, dashed=True))
        self._tone.show_lines(_told_apart(lines))

    def _name(self, role: str, mix: Mix) -> str:
        """'Original' and 'Master' where they are that; else by number."""
        kinds = [m.kind for m in self._compared if m is not None]
        if len(set(kinds)) == len(kinds):
            return "Original" if mix.kind is MixKind.BOUNCE else "Master"
        return _number(mix)


def _number(mix: Mix) -> str:
    return f"{'Bounce' if mix.kind is MixKind.BOUNCE else 'Master'} {mix.number}"


def _placed(section: Section, duration_ms: float) -> Reductions:
    """What a section takes off, at its place in the song; nothing outside it."""
    import numpy as np

    made = section.reductions
    steps = max(round(duration_ms / made.step_ms), 1)
    start = min(round(section.start_ms / made.step_ms), steps)

    def place(values: NDArray[np.float32]) -> NDArray[np.float32]:
        whole = np.zeros((*values.shape[:-1], steps), np.float32)
        part = values[..., : steps - start]
        whole[..., start : start + part.shape[-1]] = part
        return whole

    limiter_db = place(made.limiter_db)
    return replace(made, bands_db=place(made.bands_db), limiter_db=limiter_db)


def _line(name: str, tone: theme.ColourName, heard: Tone, *, dashed: bool = False) -> ToneLine:
    return ToneLine(name, tone, heard.hz, heard.mid_db, dashed)


def _told_apart(lines: list[ToneLine]) -> list[ToneLine]:
    """Two versions of one kind take two colours."""
    if len(lines) > 1 and lines[0].tone == lines[1].tone:
        first = lines[0]
        lines[0] = ToneLine(first.name, "text3", first.hz, first.level_db, first.dashed)
    return lines
