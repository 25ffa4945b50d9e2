"""A record that never was, to show widgets with."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QRadialGradient

from indieartist.ui.models.tracks import TrackRow
from indieartist.ui.widgets.chip import Fact
from indieartist.ui.widgets.hero import HeroView, Value
from indieartist.ui.widgets.readiness import ReadinessView, Task
from indieartist.ui.widgets.wave_layers import Columns

SONG_MS = 247_000.0


@dataclass(frozen=True)
class SampleWave:
    """A song of verses and choruses, drawn by formula."""

    duration_ms: float = SONG_MS

    def _shape(self, start_ms: float, end_ms: float, width: int) -> Any:
        at = np.linspace(start_ms, end_ms, width) / max(self.duration_ms, 1)
        loud = np.interp(
            at,
            [0, 0.05, 0.12, 0.35, 0.4, 0.5, 0.53, 0.63, 0.66, 0.74, 0.77, 0.95, 0.97, 1],
            [0.1, 0.3, 0.55, 0.7, 0.35, 0.35, 0.85, 0.85, 0.4, 0.4, 0.75, 0.85, 0.3, 0.0],
        )
        return loud, at

    def columns(self, start_ms: float, end_ms: float, width: int) -> Columns:
        loud, at = self._shape(start_ms, end_ms, width)
        rough = 0.85 + 0.15 * np.sin(at * 900) * np.sin(at * 3100)
        high = np.clip(loud * rough, 0, 1).astype(np.float32)
        return Columns(-high * 0.94, high, high * 0.5)

    def loudness(self, start_ms: float, end_ms: float, width: int) -> Any:
        loud, _ = self._shape(start_ms, end_ms, width)
        return np.where(loud < 0.15, np.nan, -24 + 16 * loud)


def draw_sunset(sky: str, glow: str, sun: str, sea: str, side: int = 640) -> QImage:
    """A cover: a sun over the sea, in the colours given."""
    image = QImage(side, side, QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fall = QLinearGradient(0, 0, 0, side * 0.62)
        for at, tone in ((0, QColor(sky).darker(190)), (0.55, sky), (1, glow)):
            fall.setColorAt(at, QColor(tone))
        painter.fillRect(0, 0, side, side, fall)
        halo = QRadialGradient(QPointF(side / 2, side * 0.5), side * 0.5)
        halo.setColorAt(0, QColor(255, 220, 180, 110))
        halo.setColorAt(1, QColor(255, 220, 180, 0))
        painter.fillRect(0, 0, side, side, halo)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(sun))
        painter.drawEllipse(QPointF(side / 2, side * 0.52), side * 0.17, side * 0.17)
        water = QLinearGradient(0, side * 0.6, 0, side)
        water.setColorAt(0, QColor(sea))
        water.setColorAt(1, QColor(sky).darker(240))
        painter.fillRect(QRectF(0, side * 0.6, side, side * 0.4), water)
        glint = QColor(sun)
        for line in range(26):
            y = side * (0.61 + line * 0.015)
            wide = side * (0.08 + 0.09 * abs(math.sin(line * 2.3)))
            glint.setAlphaF(0.75 - line * 0.024)
            painter.setBrush(glint)
            painter.drawRect(QRectF(side / 2 - wide, y, 2 * wide, side * 0.005))
    return image


def sample_rows() -> list[TrackRow]:
    facts = (
        ("Low Water", "", "3:34", -9.6, -1.1, -4.4, "ok"),
        ("Harbour Lights", "", "4:07", -9.2, -0.3, -4.8, "err"),
        ("Paper Boats", "feat. Ines Okafor", "3:18", -10.8, -1.0, -3.2, "ok"),
        ("Signal Fires", "", "4:21", -8.7, -1.2, -5.3, "ok"),
        ("Undertow", "", "3:52", -11.4, -1.4, -2.6, "warn"),
        ("Salt", "Interlude", "1:14", -16.2, -3.8, 2.2, "ok"),
        ("All the Way Out", "feat. Tomas Reyes", "5:05", -10.1, -1.0, -3.9, "ok"),
    )
    words = {"ok": "Ready", "err": "Peak over −1 dBTP", "warn": "ISRC missing"}
    return [
        TrackRow(
            key=place,
            number=place,
            title=title,
            detail=detail,
            levels=_levels(place, 1.0 if lufs > -14 else 0.45),
            length_ms=(int(length[0]) * 60 + int(length[2:])) * 1000,
            loudness_lufs=lufs,
            peak_dbtp=peak,
            peak_over=peak > -0.95,
            service_db=turned,
            isrc="" if state == "warn" else f"GBX7K26001{place:02}",
            status=words[state],
            state=state,  # type: ignore[arg-type]
        )
        for place, (title, detail, length, lufs, peak, turned, state) in enumerate(facts, 1)
    ]


def _levels(seed: int, loud: float) -> tuple[float, ...]:
    shape = SampleWave().columns(0, SONG_MS, 120).high
    return tuple(float(v) * loud for v in np.roll(shape, seed * 13))


def hero_view(cover: QImage | None) -> HeroView:
    return HeroView(
        title="Harbour Lights",
        line="Album  ·  Mara Vale  ·  7 tracks, 25 min",
        cover=cover,
        facts=(Fact("Out 14 Nov 2026", "calendar"), Fact("UPC 5 063 412 907 718")),
        issues=Fact("2 issues", "alert-triangle", "warn"),
        values=(
            Value("Album loudness", "−9.9", "LUFS"),
            Value("Loudest peak", "−0.3", "dBTP"),
            Value("Spotify", "−4.1", "dB", apart=True),
            Value("Apple Music", "−6.1", "dB"),
            Value("YouTube", "−4.1", "dB"),
        ),
    )


def readiness_view() -> ReadinessView:
    return ReadinessView(
        done=9,
        total=12,
        headline="Release day in 12 days",
        when="Saturday 14 November, 00:00",
        remark="On track for playlist pitching",
        tasks=(
            Task("isrc", "Assign ISRC to Undertow", "Today", urgent=True),
            Task("ceiling", "Lower ceiling, track 2", "Today", urgent=True),
            Task("pitch", "Pitch to editors", f"by {date(2026, 11, 7).day} Nov"),
        ),
    )
