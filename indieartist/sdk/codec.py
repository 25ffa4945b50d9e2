"""Frozen dataclasses to plain JSON and back, and the one canonical hash of such data."""

from __future__ import annotations

import hashlib
import json
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from indieartist.errors import UserError

T = TypeVar("T")


def to_json(value: Any) -> Any:
    """Plain JSON values of a view: dataclasses as objects, tuples as lists, dates as ISO 8601."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    if isinstance(value, date):  # a datetime too
        return value.isoformat()
    return value


def from_json(kind: type[T], data: Any) -> T:
    """Rebuild a `kind` from what `to_json` made of it; raises `UserError` for anything else."""
    try:
        value: T = _decode(kind, data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UserError(f"The stored {kind.__name__} cannot be read: {error}.") from error
    return value


def canonical(value: Any) -> str:
    """The one JSON spelling of a value: sorted keys, no spaces, no escapes beyond JSON's own."""
    return json.dumps(to_json(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_hash(value: Any) -> str:
    """SHA-256 of the canonical JSON, in hex; lone surrogates count as themselves."""
    return hashlib.sha256(canonical(value).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _decode(kind: Any, data: Any) -> Any:
    if kind is Any:
        return data
    if is_dataclass(kind):
        return _decode_object(kind, data)
    if get_origin(kind) in (Union, types.UnionType):
        return _decode_optional(kind, data)
    if get_origin(kind) is tuple:
        return _decode_tuple(get_args(kind), data)
    if get_origin(kind) is Mapping:
        return dict(data)
    return _decode_scalar(kind, data)


def _decode_object(kind: Any, data: Any) -> Any:
    if not isinstance(data, Mapping):
        raise TypeError(f"{kind.__name__} must be an object")
    known = {field.name: field for field in fields(kind)}
    if unknown := sorted(set(data) - set(known)):
        raise ValueError(f"unknown field {unknown[0]!r}")
    missing = [n for n, f in known.items() if n not in data and _is_required(f)]
    if missing:
        raise ValueError(f"{kind.__name__} lacks {missing[0]!r}")
    return kind(**{name: _decode(_hints(kind)[name], item) for name, item in data.items()})


def _is_required(field: Any) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _decode_optional(kind: Any, data: Any) -> Any:
    if data is None and type(None) in get_args(kind):
        return None
    return _decode(next(arm for arm in get_args(kind) if arm is not type(None)), data)


def _decode_tuple(arms: tuple[Any, ...], data: Any) -> tuple[Any, ...]:
    if not isinstance(data, list | tuple):
        raise TypeError("a list was expected")
    if len(arms) == 2 and arms[1] is Ellipsis:
        return tuple(_decode(arms[0], item) for item in data)
    if len(arms) != len(data):
        raise ValueError(f"{len(arms)} items were expected")
    return tuple(_decode(arm, item) for arm, item in zip(arms, data, strict=True))


def _decode_scalar(kind: Any, data: Any) -> Any:
    if issubclass(kind, datetime | date):
        return kind.fromisoformat(data)
    if issubclass(kind, StrEnum):
        return kind(data)
    if kind is float and type(data) is int:
        return float(data)
    if not isinstance(data, kind) or (kind is int and isinstance(data, bool)):
        raise TypeError(f"{data!r} is no {kind.__name__}")
    return data
