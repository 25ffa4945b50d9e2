"""The conformance suites catch what they promise to catch: each sabotage must be seen to fail."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

HEAD = """
import pathlib, random
import pytest
from indieartist.adapters.distributors.folder import Folder
from indieartist.sdk.bench import Destination
from indieartist.sdk.failures import Temporary
from indieartist.sdk.samples import sample_release
from indieartist.sdk.steps import *
from indieartist.sdk.testing import FilesConformance
from indieartist.sdk.views import AccountView, ReleaseView
from dataclasses import replace
"""

CASE = """
class Bad{number}(Folder):
{sabotage}

class Test{number}(FilesConformance[ReleaseView]):
    @pytest.fixture
    def adapter(self): return Bad{number}()
    @pytest.fixture
    def item(self, tmp_path): return sample_release(tmp_path)
    @pytest.fixture
    def destination(self, tmp_path):
        out = tmp_path / "out"
        count = lambda: len(list(out.glob("*"))) if out.exists() else 0
        return Destination(AccountView("1", "x"), out, count)
"""

SABOTAGES = {
    "test_validate_and_plan_are_pure": """
    def validate(self, item, caps):
        pathlib.Path("/etc/hostname").read_bytes()
        return ()""",
    "test_keys_are_stable_and_unique": """
    def plan(self, item, caps, account):
        plan = super().plan(item, caps, account)
        return replace(plan, steps=tuple(replace(s, key="k") for s in plan.steps))""",
    "test_the_plan_survives_json": """
    def plan(self, item, caps, account):
        plan = super().plan(item, caps, account)
        return replace(plan, steps=tuple(replace(s, payload_hash="") for s in plan.steps))""",
    "test_every_answer_lost_still_makes_one": """
    def execute(self, step, ctx):
        done = super().execute(step, ctx)
        (ctx.out_dir / str(random.random())).mkdir()
        return done""",
    "test_built_twice_it_is_the_same": """
    def execute(self, step, ctx):
        done = super().execute(step, ctx)
        (ctx.out_dir / done.remote.id / "stamp").write_text(str(random.random()))
        return done""",
    "test_cancelled_anywhere_it_leaves_no_part": """
    def execute(self, step, ctx):
        ctx.out_dir.mkdir(exist_ok=True)
        (ctx.out_dir / "part").touch()
        return super().execute(step, ctx)""",
    "test_a_takedown_leaves_none": """
    def plan_takedown(self, remote, account):
        return ManualSteps(())""",
}


@pytest.mark.real
def test_each_broken_promise_is_seen(tmp_path: Path) -> None:
    cases = [CASE.format(number=n, sabotage=text) for n, text in enumerate(SABOTAGES.values())]
    module = tmp_path / "test_bad.py"
    module.write_text(HEAD + "\n".join(cases))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(module)]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    failed = re.findall(r"^FAILED .*::Test(\d+)::(\w+)", result.stdout, re.MULTILINE)
    for number, test in enumerate(SABOTAGES):
        tests = [name for where, name in failed if where == str(number)]
        assert test in tests and len(tests) < 9, (test, tests, result.stdout)
