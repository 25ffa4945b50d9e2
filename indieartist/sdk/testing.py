"""The suites that every adapter must pass: subclass one, give it three fixtures, run pytest.

class TestMine(NetworkConformance[PostView]):
    @pytest.fixture
    def adapter(self): return Mine()
    @pytest.fixture
    def item(self, tmp_path): return sample_post(tmp_path)
    @pytest.fixture
    def destination(self, ...): return Destination(...)
"""

from __future__ import annotations

import logging
import traceback
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

import pytest

from indieartist.errors import AdapterFailure, Cancelled
from indieartist.sdk.adapter import API_VERSION, Adapter, Permission
from indieartist.sdk.bench import (
    Destination,
    no_io,
    publish,
    recover,
    run_step,
    snapshot,
    stop_after,
)
from indieartist.sdk.capabilities import Capabilities, CapCache, Mode
from indieartist.sdk.codec import from_json, to_json
from indieartist.sdk.faults import Fault
from indieartist.sdk.samples import hostile_post, hostile_release
from indieartist.sdk.steps import (
    Found,
    Issue,
    ManualSteps,
    NotFound,
    Plan,
    RemoteRef,
    RemoteState,
    Severity,
)
from indieartist.sdk.views import AccountView, PostView, ReleaseView

ItemT = TypeVar("ItemT", ReleaseView, PostView)


@dataclass(frozen=True)
class Case(Generic[ItemT]):
    """Everything one test needs: who publishes what to where, and the plan of it."""

    adapter: Adapter[ItemT]
    item: ItemT
    destination: Destination
    caps: Capabilities
    plan: Plan

    def plan_for(self, item: ItemT, account: AccountView | None = None) -> Plan:
        """The plan of publishing another item or to another account."""
        return self.adapter.plan(item, self.caps, account or self.destination.account)

    def errors(self, item: ItemT) -> list[Issue]:
        """What the adapter would not send."""
        issues = self.adapter.validate(item, self.caps)
        return [issue for issue in issues if issue.severity is Severity.ERROR]

    def publish(self, plan: Plan) -> RemoteRef:
        """Run a plan as it comes back from the database: after a journey through JSON."""
        return publish(self.adapter, from_json(Plan, to_json(plan)), self.destination)


class AdapterConformance(Generic[ItemT]):
    """What every adapter promises, whatever it sends and wherever to."""

    @pytest.fixture
    def adapter(self) -> Adapter[ItemT]:
        """The adapter under test."""
        raise NotImplementedError

    @pytest.fixture
    def item(self, tmp_path: Path) -> ItemT:
        """Something the destination takes."""
        raise NotImplementedError

    @pytest.fixture
    def destination(self, tmp_path: Path) -> Destination:
        """A working destination, empty."""
        raise NotImplementedError

    @pytest.fixture
    def case(self, adapter: Adapter[ItemT], item: ItemT, destination: Destination) -> Case[ItemT]:
        """The plan, made with the capabilities that the destination was asked for."""
        facts = adapter.fetch_account(destination.context()).facts
        caps = adapter.capabilities(destination.account, CapCache(facts))
        plan = adapter.plan(item, caps, destination.account)
        return Case(adapter, item, destination, caps, plan)

    def test_the_manifest_says_who_it_is(self, adapter: Adapter[ItemT]) -> None:
        """An id in lower case, names, permissions, and this version of the contract."""
        manifest = adapter.manifest
        assert manifest.api_version == API_VERSION
        assert manifest.id.replace("-", "").isalnum() and manifest.id == manifest.id.lower()
        assert manifest.display_name and manifest.publisher and manifest.permissions
        assert from_json(type(manifest), to_json(manifest)) == manifest

    def test_capabilities_are_data(self, case: Case[ItemT]) -> None:
        """They survive JSON, need neither account nor network, and are true to their mode."""
        assert from_json(Capabilities, to_json(case.caps)) == case.caps
        with no_io():
            assert case.adapter.capabilities(None, CapCache()).version == case.caps.version
        assert (case.caps.ttl_s > 0) == (case.caps.idempotency is Mode.KEYED)
        assert case.adapter.auth_methods()

    def test_validate_and_plan_are_pure(self, case: Case[ItemT]) -> None:
        """The same input gives the same output, and no file or socket is touched."""
        issues = case.adapter.validate(case.item, case.caps)
        with no_io():
            assert case.adapter.validate(case.item, case.caps) == issues
            assert case.plan_for(case.item) == case.plan
        assert not case.errors(case.item)

    def test_the_plan_survives_json(self, case: Case[ItemT]) -> None:
        """It comes back equal, and a changed payload is noticed."""
        assert case.plan.steps and from_json(Plan, to_json(case.plan)) == case.plan
        assert all(step.intact for step in case.plan.steps)
        assert not replace(case.plan.steps[0], payload={"else": 1}).intact

    def test_keys_are_stable_and_unique(self, case: Case[ItemT]) -> None:
        """A key belongs to one step of one item in one state for one account."""
        plans = [
            case.plan,
            case.plan_for(case.item, replace(case.destination.account, id="another")),
            case.plan_for(replace(case.item, id="another")),
            case.plan_for(hostile(case.item)),
        ]
        assert case.plan_for(from_json(type(case.item), to_json(case.item))) == case.plan
        keys = [step.key for plan in plans for step in plan.steps]
        assert len(set(keys)) == len(keys)

    def test_the_plan_runs_to_one_published_thing(self, case: Case[ItemT]) -> None:
        """One thing is there, and the adapter can say how it stands."""
        remote = case.publish(case.plan)
        assert case.destination.count() == 1
        state = case.adapter.status(remote, case.destination.context()).state
        assert state not in (RemoteState.REJECTED, RemoteState.TAKEN_DOWN)

    def test_hostile_text_arrives_or_is_named(self, case: Case[ItemT]) -> None:
        """Markup, controls and every script: published, or refused before anything is sent."""
        bad = hostile(case.item)
        plan = case.plan_for(bad)
        assert from_json(Plan, to_json(plan)) == plan
        if not case.errors(bad):
            case.publish(plan)
            assert case.destination.count() == 1

    def test_every_answer_lost_still_makes_one(self, case: Case[ItemT]) -> None:
        """Each step is done, the program dies before it learns so, and the core recovers."""
        for step in case.plan.steps:
            run_step(case.adapter, step, case.destination.context())
            remote = recover(case.adapter, step, case.destination.context())
            case.destination.results[step.index] = remote
        assert case.destination.count() == 1

    def test_reconcile_tells_before_from_after(self, case: Case[ItemT]) -> None:
        """Steps that can be searched for are not found before, and found after their key's life."""
        for step in case.plan.steps:
            searchable = step.mode in (Mode.KEYED, Mode.SEARCHABLE)
            before = case.adapter.reconcile(step, case.destination.context())
            remote = run_step(case.adapter, step, case.destination.context())
            case.destination.ahead_s += step.ttl_s + 1
            after = case.adapter.reconcile(step, case.destination.context())
            assert not searchable or (before, after) == (NotFound(), Found(remote))
            case.destination.results[step.index] = remote

    def test_cancelled_at_once_nothing_is_there(self, case: Case[ItemT]) -> None:
        """`execute` reports before it acts, so that the person can still stop it."""
        with pytest.raises(Cancelled):
            case.adapter.execute(case.plan.steps[0], case.destination.context(stop_after(0)))
        assert case.destination.count() == 0

    def test_an_update_leaves_one(self, case: Case[ItemT]) -> None:
        """What the capabilities say about updates is true, and none makes a second thing."""
        remote = case.publish(case.plan)
        account = case.destination.account
        update = case.adapter.plan_update(remote, case.item, case.caps, account)
        assert case.caps.actions.update == isinstance(update, Plan)
        if isinstance(update, Plan):
            case.publish(update)
        assert case.destination.count() == 1

    def test_a_takedown_leaves_none(self, case: Case[ItemT]) -> None:
        """What the capabilities say about takedowns is true; done twice it is still done."""
        remote = case.publish(case.plan)
        takedown = case.adapter.plan_takedown(remote, case.destination.account)
        assert case.caps.actions.takedown == isinstance(takedown, Plan)
        if isinstance(takedown, ManualSteps):
            assert takedown.steps
            return
        for _twice in range(2):
            case.publish(takedown)
            assert case.destination.count() == 0
        status = case.adapter.status(remote, case.destination.context())
        assert status.state is RemoteState.TAKEN_DOWN


class NetworkConformance(AdapterConformance[ItemT]):
    """What an adapter promises that speaks to a server; `destination.transport` is in between."""

    def test_it_declares_the_network(self, adapter: Adapter[ItemT]) -> None:
        """The person is told before the first word is sent."""
        assert Permission.NETWORK in adapter.manifest.permissions

    @pytest.mark.parametrize("fault", Fault)
    def test_each_fault_is_typed_silent_and_survived(
        self, fault: Fault, case: Case[ItemT], caplog: pytest.LogCaptureFixture
    ) -> None:
        """At every step in turn: the right failure, no secret in it, and one thing in the end."""
        caplog.set_level(logging.DEBUG)
        for step in case.plan.steps:
            case.destination.transport.fault = fault
            with pytest.raises(AdapterFailure) as caught:
                case.adapter.execute(step, case.destination.context())
            assert type(caught.value) is fault.failure
            shown = "".join(traceback.format_exception(caught.value)) + repr(vars(caught.value))
            assert case.destination.secrets
            assert not [s for s in case.destination.secrets.values() if s in shown + caplog.text]
            remote = recover(case.adapter, step, case.destination.context())
            case.destination.results[step.index] = remote
        assert case.destination.count() == 1

    def test_every_change_is_sent_once(self, case: Case[ItemT]) -> None:
        """One step is one changing request."""
        case.publish(case.plan)
        assert case.destination.transport.changes == len(case.plan.steps)


class FilesConformance(AdapterConformance[ItemT]):
    """What an adapter promises that writes folders: the same bytes, all of them or none."""

    def test_it_declares_files_alone(self, adapter: Adapter[ItemT]) -> None:
        """The person is told that nothing leaves the machine."""
        assert adapter.manifest.permissions == (Permission.FILES,)

    def test_built_twice_it_is_the_same(self, case: Case[ItemT], tmp_path: Path) -> None:
        """Over itself and elsewhere: the same names and the same bytes."""
        case.publish(case.plan)
        first = snapshot(case.destination.out_dir)
        case.publish(case.plan)
        elsewhere = replace(case.destination, out_dir=tmp_path / "elsewhere", results={})
        publish(case.adapter, case.plan, elsewhere)
        assert first and first == snapshot(case.destination.out_dir)
        assert first == snapshot(elsewhere.out_dir)

    def test_cancelled_anywhere_it_leaves_no_part(self, case: Case[ItemT], tmp_path: Path) -> None:
        """Stopped at any report of any step, the folder is as it was before."""
        rehearsal = replace(case.destination, out_dir=tmp_path / "rehearsal", results={})
        for step in case.plan.steps:
            before, reports = snapshot(case.destination.out_dir), list[float]()
            remote = run_step(case.adapter, step, rehearsal.context(reports.append))
            rehearsal.results[step.index] = remote
            for allowed in range(len(reports)):
                with pytest.raises(Cancelled):
                    case.adapter.execute(step, case.destination.context(stop_after(allowed)))
                assert snapshot(case.destination.out_dir) == before
            remote = run_step(case.adapter, step, case.destination.context())
            case.destination.results[step.index] = remote


def hostile(item: ItemT) -> ItemT:
    """The item with hostile text in every free field."""
    return hostile_release(item) if isinstance(item, ReleaseView) else hostile_post(item)
