"""What the library knows beside a release is told to the checks: deliveries and other names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from bounces import write_bounce, write_cover

from indieartist.adapters.distributors.folder.adapter import Folder
from indieartist.domain.release import Release
from indieartist.errors import UserError
from indieartist.sdk.capabilities import Capabilities
from indieartist.services import (
    acts,
    checking,
    editing,
    finding,
    importing,
    outbox,
    publishing,
)
from indieartist.services.publishing import Route
from indieartist.services.studio import Studio, open_studio


@pytest.fixture
def studio(library_dir: Path, tmp_path: Path) -> Studio:
    """A library with one release: an approved bounce, a cover and a UPC."""
    studio = open_studio(library_dir)
    importing.import_file(studio, write_bounce(tmp_path / "Night Bus.wav"))
    editing.set_artists(studio, get(studio), ["Jón Birgisson"])
    editing.set_artwork(studio, get(studio), write_cover(tmp_path / "cover.jpg", 300))
    editing.edit_release(studio, get(studio), {"gtin": "036000291452"})
    (track,) = get(studio).tracks
    editing.approve_mix(studio, track, track.bounce)
    return studio


def get(studio: Studio) -> Release:
    return finding.get_release(studio, "R1")


def found(studio: Studio, rule: str) -> list[str]:
    return [f.message for f in checking.check_release(studio, get(studio)).of([rule])]


class ByItself(Folder):
    """A distributor that nobody has to carry anything to."""

    def capabilities(self, account: Any, cache: Any) -> Capabilities:
        return replace(super().capabilities(account, cache), manual=False)


def test_what_was_only_built_is_held_against_nothing(studio: Studio, tmp_path: Path) -> None:
    publishing.deliver(studio, get(studio), Route("folder", out_path=tmp_path / "Out"))
    editing.edit_release(studio, get(studio), {"gtin": "5012345678900"})
    assert found(studio, "ID-04") == []


def test_what_goes_out_by_itself_is_locked(studio: Studio, tmp_path: Path) -> None:
    studio.adapters = SimpleNamespace(get=lambda _: ByItself())
    publishing.deliver(studio, get(studio), Route("folder", out_path=tmp_path / "Out"))
    with pytest.raises(UserError, match="delivered and is locked"):
        editing.edit_release(studio, get(studio), {"gtin": "5012345678900"})


def test_what_went_out_is_held_against_what_is_there_now(studio: Studio, tmp_path: Path) -> None:
    built = publishing.deliver(studio, get(studio), Route("folder", out_path=tmp_path / "Out"))
    outbox.hand_over(studio, built)
    assert found(studio, "ID-04") == []
    one_more = write_bounce(tmp_path / "Day Train.wav", seed=9)
    importing.import_file(studio, one_more, release_id=1)
    message = "A release of 1 track went out (Delivery package); now it is 2."
    assert found(studio, "ID-04") == [message]
    acts.undo(studio)
    assert found(studio, "ID-04") == []


def test_another_length_is_another_recording(studio: Studio, tmp_path: Path) -> None:
    built = publishing.deliver(studio, get(studio), Route("folder", out_path=tmp_path / "Out"))
    outbox.hand_over(studio, built)
    longer = write_bounce(tmp_path / "Night Bus v2.wav", seconds=9.0)
    importing.import_file(studio, longer)
    assert found(studio, "AU-07") == []  # the delivered mix is still the approved one
    (track,) = get(studio).tracks
    editing.approve_mix(studio, track, track.bounce)
    (message,) = found(studio, "AU-07")
    assert "longer than the delivered recording" in message


def test_a_site_of_your_own_holds_you_to_nothing(studio: Studio, tmp_path: Path) -> None:
    publishing.deliver(studio, get(studio), Route("site", out_path=tmp_path / "Site"))
    editing.edit_release(studio, get(studio), {"gtin": "4006381333931"})
    assert found(studio, "ID-04") == []


def test_a_name_is_held_against_the_other_releases(studio: Studio) -> None:
    assert found(studio, "AR-08") == []
    editing.new_release(studio, "Day Train", ["Jon Birgisson"])
    assert found(studio, "AR-08") == [
        "“Jón Birgisson” stands in your catalogue as “Jon Birgisson”."
    ]


def test_a_profile_of_ones_own_lies_in_the_library(studio: Studio) -> None:
    folder = studio.library.folder / checking.OWN_RULES
    folder.mkdir()
    own = (
        '[ours]\ntitle = "Ours"\nlike = "spotify"\n[ours.rules.AW-01]\noptions = { min_px = 200 }\n'
    )
    (folder / "destinations.toml").write_text(own, encoding="utf-8")
    assert checking.check_release(studio, get(studio), ["spotify"]).of(["AW-01"])
    assert not checking.check_release(studio, get(studio), ["ours"]).of(["AW-01"])
    (folder / "destinations.toml").write_text("[ours", encoding="utf-8")
    with pytest.raises(UserError, match=r"destinations\.toml cannot be read"):
        checking.check_release(studio, get(studio))
