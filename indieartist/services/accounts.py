"""Accounts: connect a destination, prove that it works, and disconnect it again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import update

from indieartist.domain.publishing import Account
from indieartist.errors import UserError
from indieartist.library import outbox
from indieartist.library import tables as t
from indieartist.library.database import insert_row
from indieartist.services.studio import Studio

if TYPE_CHECKING:
    from indieartist.sdk.adapter import AccountFacts
    from indieartist.sdk.capabilities import Capabilities
    from indieartist.sdk.context import Ctx
    from indieartist.sdk.views import AccountView


@dataclass(frozen=True, slots=True)
class Destination:
    """A place where releases or posts can go, as screens and `--help` name it."""

    key: str
    name: str
    kind: str  # distributor or social
    needs_account: bool


def list_destinations(studio: Studio) -> list[Destination]:
    """Everything the installed adapters reach."""
    from indieartist.sdk.auth import NoAuth

    found = [studio.adapters.get(key) for key in studio.adapters.list_keys()]
    return [
        Destination(
            a.manifest.id,
            a.manifest.display_name,
            a.manifest.kind.value,
            not any(isinstance(method, NoAuth) for method in a.auth_methods()),
        )
        for a in found
    ]


def list_accounts(studio: Studio, adapter: str | None = None) -> list[Account]:
    """The connected accounts, all or one adapter's."""
    with studio.library.read() as connection:
        return outbox.list_accounts(connection, adapter)


def connect_account(studio: Studio, adapter: str, base_url: str, token: str, label: str) -> Account:
    """Keep an account and its token after the destination itself said that they work.

    Raises an AdapterFailure when it does not let us in; then nothing is kept.
    """
    trial = Account(0, adapter, "", base_url.rstrip("/"))
    names = secret_names(studio, adapter)
    if names and not token:
        raise UserError(f"{adapter} needs a token.", "See `indieartist account --help`.")
    for name in names[:1]:
        studio.secrets.keep(f"{trial.secret_prefix}/{name}", token)
    try:
        facts = studio.adapters.get(adapter).fetch_account(context_of(studio, trial, Path()))
        stored = _store(studio, replace(trial, label=label or facts.label), facts)
        for name in names[:1]:
            studio.secrets.keep(f"{stored.secret_prefix}/{name}", token)
    finally:
        _forget(studio, trial)
    return stored


def disconnect_account(studio: Studio, account: Account) -> None:
    """Forget an account's secret; what was published through it stays in the history."""
    _forget(studio, account)
    with studio.library.act(f"Disconnect {account.label}", final=True) as act:
        act.connection.execute(
            update(t.publication)
            .where(t.publication.c.account_id == account.id)
            .values(account_id=None)
        )
        act.connection.execute(t.account.delete().where(t.account.c.id == account.id))


def get_account(studio: Studio, adapter: str, label: str | None = None) -> Account:
    """The adapter's account, by label where there are several; UserError when there is none."""
    accounts = list_accounts(studio, adapter)
    matching = [a for a in accounts if label in (None, a.label, f"A{a.id}")]
    if not matching:
        raise UserError(
            f"There is no account for {adapter}.",
            f"Connect one: indieartist account add {adapter} --url https://… --token …",
        )
    if len(matching) > 1:
        names = ", ".join(a.label for a in matching)
        raise UserError(f"There are several {adapter} accounts: {names}.", "Name one: --account.")
    return matching[0]


def capabilities_of(studio: Studio, account: Account) -> Capabilities:
    """What the destination takes, by what it last said of itself."""
    from indieartist.sdk.capabilities import CapCache

    adapter = studio.adapters.get(account.adapter)
    if not account.id:
        return adapter.capabilities(view_of(account), CapCache())
    with studio.library.read() as connection:
        facts, fetched_at = outbox.facts_of(connection, account.id)
    return adapter.capabilities(view_of(account), CapCache(facts, fetched_at))


def is_by_hand(studio: Studio, adapter: str) -> bool:
    """Whether a distributor's adapter only builds what a person carries to the store."""
    from indieartist.sdk.adapter import Kind

    try:
        kind = studio.adapters.get(adapter).manifest.kind
    except UserError:  # it is installed no more
        return False
    own = Account(0, adapter, "", "")
    return kind is Kind.DISTRIBUTOR and capabilities_of(studio, own).manual


def context_of(studio: Studio, account: Account, out_path: Path, **more: Any) -> Ctx:
    """What an adapter is handed: the account, its secrets by name, the network and a folder."""
    from indieartist.sdk.context import make_context
    from indieartist.sdk.secrets import Secrets

    secrets = Secrets(lambda name: studio.secrets.find(f"{account.secret_prefix}/{name}"))
    return make_context(view_of(account), studio.session, secrets, out_path, now=studio.now, **more)


def view_of(account: Account) -> AccountView:
    """The account as adapters see it; where there is no sign-in, its number is 0."""
    from indieartist.sdk.views import AccountView

    return AccountView(f"{account.adapter}:{account.id}", account.label, account.base_url)


def secret_names(studio: Studio, adapter: str) -> list[str]:
    """The names of the secrets an adapter asks for."""
    methods = studio.adapters.get(adapter).auth_methods()
    return list(dict.fromkeys(m.secret for m in methods if hasattr(m, "secret")))


def _store(studio: Studio, account: Account, facts: AccountFacts) -> Account:
    """Remember an account, or what its destination says of it now where it is connected already."""
    row = {"facts": dict(facts.facts), "fetched_at": studio.now()}
    known = [
        one
        for one in list_accounts(studio, account.adapter)
        if (one.label, one.base_url) == (account.label, account.base_url)
    ]
    with studio.library.act(f"Connect {account.adapter} as {account.label}", final=True) as act:
        if known:
            same = t.account.c.id == known[0].id
            act.connection.execute(update(t.account).where(same).values(**row))
            return known[0]
        row |= {"adapter": account.adapter, "label": account.label}
        row |= {"base_url": account.base_url, "added_at": studio.now()}
        account_id = insert_row(act.connection, t.account, **row)
    return replace(account, id=account_id)


def _forget(studio: Studio, account: Account) -> None:
    for name in secret_names(studio, account.adapter):
        studio.secrets.forget(f"{account.secret_prefix}/{name}")
