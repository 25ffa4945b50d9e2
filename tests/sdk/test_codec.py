"""Views survive JSON unchanged, and nothing but what was written is read."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indieartist.errors import UserError
from indieartist.sdk.codec import canonical, content_hash, from_json, to_json
from indieartist.sdk.samples import sample_post, sample_release
from indieartist.sdk.steps import Issue, Plan
from indieartist.sdk.views import AccountView, PostView, ReleaseView, TrackView, item_revision

texts = st.text()


@given(
    st.builds(
        PostView,
        id=texts,
        text=texts,
        release=st.none() | st.builds(ReleaseView, tracks=st.tuples(st.from_type(TrackView))),
        scheduled_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    )
)
def test_every_post_comes_back_equal(post: PostView) -> None:
    assert from_json(PostView, json.loads(canonical(post))) == post


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"id": "1"},
        {"id": 1, "label": "x"},
        {"id": "1", "label": "x", "extra": 1},
        {"id": True, "label": "x"},
    ],
)
def test_anything_else_is_refused_in_one_sentence(data: object) -> None:
    with pytest.raises(UserError, match="The stored AccountView cannot be read"):
        from_json(AccountView, data)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (Issue, {"code": "a", "severity": "loud", "field": "b", "message": "c"}),
        (Plan, {"steps": "none"}),
        (PostView, {"id": "1", "text": "", "scheduled_at": "yesterday"}),
        (PostView, {"id": "1", "text": "", "media": [[]]}),
    ],
)
def test_wrong_values_inside_are_refused(kind: type, data: object) -> None:
    with pytest.raises(UserError):
        from_json(kind, data)


def test_one_spelling_one_hash() -> None:
    assert canonical({"b": (1, 2), "a": "ü"}) == '{"a":"ü","b":[1,2]}'
    assert content_hash({"a": 1, "b": 2}) == content_hash({"b": 2, "a": 1})
    assert content_hash("\ud800") != content_hash("?")


def test_the_revision_is_the_content_not_the_place(tmp_path: Path) -> None:
    release = sample_release(tmp_path)
    (tmp_path / "moved").mkdir()
    moved = sample_release(tmp_path / "moved")
    assert release != moved and item_revision(release) == item_revision(moved)
    assert item_revision(release) != item_revision(replace(release, label="Another"))
    post = sample_post(tmp_path)
    later = replace(post, scheduled_at=datetime(2026, 12, 1, tzinfo=UTC))
    assert item_revision(post) != item_revision(later)
    assert from_json(PostView, to_json(later)) == later
