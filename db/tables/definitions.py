"""Definitions as JSON: a frozen dataclass of the domain written field by field and read back by its types."""

from __future__ import annotations

import json
import types
import typing
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")


def dump(thing: object) -> str:
    """A dataclass as JSON; fields that hold their default are left out, so that a new field does not rewrite rows."""
    return json.dumps(_plain(thing), ensure_ascii=False, separators=(",", ":"))


def load(cls: type[T], text: str) -> T:
    """The dataclass of such a JSON; fields it does not know are ignored (a newer program wrote them)."""
    made: T = _made(cls, json.loads(text))
    return made


def _plain(thing: Any) -> Any:
    if is_dataclass(thing) and not isinstance(thing, type):
        return {
            field.name: _plain(value)
            for field in fields(thing)
            if (value := getattr(thing, field.name)) != field.default or field.default is MISSING
        }
    if isinstance(thing, Enum):
        return thing.value
    if isinstance(thing, date | Decimal | Fraction):
        return str(thing)
    if isinstance(thing, tuple | list | frozenset):
        return [_plain(part) for part in thing]
    if isinstance(thing, dict):
        return {str(name): _plain(value) for name, value in thing.items()}
    return thing


@cache
def _types(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def _made(kind: Any, told: Any) -> Any:
    if told is None:
        return None
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return _chosen([part for part in typing.get_args(kind) if part is not type(None)], told)
    if origin is tuple:
        parts = typing.get_args(kind)
        if len(parts) == 2 and parts[1] is ...:
            return tuple(_made(parts[0], part) for part in told)
        return tuple(_made(part, value) for part, value in zip(parts, told, strict=True))
    if origin is dict:
        inner = typing.get_args(kind)[1]
        return {name: _made(inner, value) for name, value in told.items()}
    if isinstance(kind, type):
        return _of_class(kind, told)
    return told


def _of_class(kind: type, told: Any) -> Any:
    if is_dataclass(kind):
        hints = _types(kind)
        return kind(**{name: _made(hints[name], value) for name, value in told.items() if name in hints})
    if issubclass(kind, Enum):
        return kind(told)
    if kind is date:
        return date.fromisoformat(told)
    return kind(told) if kind in (Decimal, Fraction) else told


def _chosen(kinds: list[Any], told: Any) -> Any:
    """A union is told apart by its shape: a date is text, a dataclass an object."""
    if len(kinds) == 1:
        return _made(kinds[0], told)
    for kind in kinds:
        if is_dataclass(kind) == isinstance(told, dict):
            return _made(kind, told)
    return told
