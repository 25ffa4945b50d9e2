"""The card of what was heard: every figure in words, warnings toned, nothing where nothing is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from domain.preflight_cases import MEASURED
from pytestqt.qtbot import QtBot

from indieartist.domain.measurement import Source
from indieartist.ui.cards.heard import HeardCard
from indieartist.ui.widgets.value import ValueTile

HEARD = replace(
    MEASURED,
    tempo_bpm=104.0,
    tempo_confidence=0.92,
    key="C minor",
    key_camelot="5A",
    key_confidence=0.8,
    noise_floor_dbfs=-71.4,
)


@pytest.fixture
def card(qtbot: QtBot) -> HeardCard:
    card = HeardCard()
    qtbot.addWidget(card)
    return card


def tiles(card: HeardCard, **changed: Any) -> dict[str, ValueTile]:
    """The tiles of a song, by their captions."""
    card.show_figures(replace(HEARD, **changed))
    found = [card._flow.itemAt(place).widget() for place in range(card._flow.count())]
    return {tile._caption: tile for tile in found if isinstance(tile, ValueTile)}


def said(card: HeardCard, **changed: Any) -> list[str]:
    return [tile.accessibleName() for tile in tiles(card, **changed).values()]


def test_it_says_every_figure_with_its_unit(card: HeardCard) -> None:
    assert said(card) == [
        "Tempo: 104.0 BPM",
        "Key: C minor 5A",
        "Range: 6.0 LU",
        "Lost in mono: 0.6 dB",
        "Balance: 0.1 dB left",
        "Noise floor: −71 dBFS",
        "Source: Native",
    ]


def test_hovering_says_how_sure_it_is(card: HeardCard) -> None:
    found = tiles(card)
    assert found["Tempo"].toolTip() == "Or 52.0, or 208.0; 92 % sure"
    assert found["Key"].toolTip() == "80 % sure"


def test_a_song_without_beat_or_key_says_so(card: HeardCard) -> None:
    found = tiles(card, tempo_bpm=None, tempo_confidence=None, key=None, key_camelot=None)
    assert found["Tempo"].accessibleName() == "Tempo: —"
    assert found["Key"].toolTip() == "No key was heard"


@pytest.mark.parametrize(
    ("caption", "changed", "words"),
    [
        ("Lost in mono", {"mono_loss_db": 6.0}, "6.0 dB"),
        ("Balance", {"balance_db": -3.0}, "3.0 dB right"),
        ("Dropouts", {"dropouts": 2}, "2"),
        ("Source", {"source": Source.LOSSY, "shelf_hz": 16_800}, "Lossy to 16.8 kHz"),
        ("Source", {"source": Source.UPSAMPLED, "shelf_hz": 21_700}, "Upsampled to 21.7 kHz"),
    ],
)
def test_what_is_worth_a_look_is_toned(
    card: HeardCard, caption: str, changed: dict[str, Any], words: str
) -> None:
    found = tiles(card, **changed)[caption]
    assert found.accessibleName() == f"{caption}: {words}"
    assert found._tone == "warn"
    assert [tile._tone for name, tile in tiles(card).items() if name == caption] in (["text"], [])


def test_mono_has_no_stereo_figures(card: HeardCard) -> None:
    assert not {"Lost in mono", "Balance"} & set(tiles(card, channels=1))


def test_a_song_measured_for_its_loudness_alone_hides_it(card: HeardCard) -> None:
    assert not tiles(card, fingerprint=None)
    assert card.isHidden()
    card.show_figures(None)
    assert card.isHidden()
    assert tiles(card) and not card.isHidden()
