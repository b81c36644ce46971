"""Typed reading of JSON members: each function gives the member or says which one is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

Object = Mapping[str, Any]
T = TypeVar("T")
MANY = 1_000_000


class BadMember(ValueError):
    """A member is missing or not what it should be."""


def text(holder: Object, name: str, *, longest: int = 200) -> str:
    """A text that is not empty."""
    found = holder.get(name)
    if not isinstance(found, str) or not 0 < len(found) <= longest:
        raise BadMember(name)
    return found


def text_or_none(holder: Object, name: str, *, longest: int = 200) -> str | None:
    """A text, or None where it is null or missing."""
    return None if holder.get(name) is None else text(holder, name, longest=longest)


def whole(holder: Object, name: str, *, least: int = 0) -> int:
    """A whole number, not below `least`; true and false are none."""
    found = holder.get(name)
    if not isinstance(found, int) or isinstance(found, bool) or found < least:
        raise BadMember(name)
    return found


def sha256(holder: Object, name: str) -> str:
    """A SHA-256 in small hex digits."""
    found = text(holder, name, longest=64)
    if len(found) != 64 or any(sign not in "0123456789abcdef" for sign in found):
        raise BadMember(name)
    return found


def member(holder: Object, name: str) -> Object:
    """An object."""
    found = holder.get(name)
    if not isinstance(found, dict):
        raise BadMember(name)
    return found


def many(holder: Object, name: str, read: Callable[[Object], T]) -> tuple[T, ...]:
    """A list of objects, each read by `read`; missing is empty."""
    found = holder.get(name, [])
    if not isinstance(found, list) or len(found) > MANY or not all(isinstance(item, dict) for item in found):
        raise BadMember(name)
    return tuple(read(item) for item in found)


def texts(holder: Object, name: str) -> tuple[str, ...]:
    """A list of texts; missing is empty."""
    found = holder.get(name, [])
    if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
        raise BadMember(name)
    return tuple(found)


def releases(holder: Object, name: str) -> dict[str, int]:
    """An object of node -> release, as `base` and `seen` are."""
    found = member(holder, name)
    return {node: whole(found, node) for node in found}
