"""What the column `definition` of an act holds: the units it speaks of, and their versions before and after.

A version is a list (first day, last day, code, name, parent), so that thousands of acts are read in a moment. What came
with a package may be of any shape: of what cannot be read the parts alone count.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any, Final

from desktop.domain.acts import Act, UnitChange
from desktop.domain.units import UnitKind, UnitVersion

Told = tuple[tuple[str, ...], tuple[str, ...], tuple[UnitChange, ...]]
NOTHING: Final[Told] = ((), (), ())
_TEXTS: Final = (str, type(None))


def dump(act: Act) -> str:
    """The units of an act as JSON."""
    changes = [
        [change.uid, change.kind.value, [_told(one) for one in change.before], [_told(one) for one in change.after]]
        for change in act.changes
    ]
    told = {"froms": act.froms, "tos": act.tos, "changes": changes}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _told(version: UnitVersion) -> list[str | None]:
    begin, end = version.valid_from, version.valid_to
    days = (begin.isoformat() if begin else None, end.isoformat() if end else None)
    return [*days, version.code, version.name, version.parent]


def load(text: str, day: Callable[[str], date] = date.fromisoformat) -> Told:
    """Uids before, uids after and changes of such a JSON; nothing where it is of another shape."""
    try:
        told = json.loads(text)
        changes = tuple(
            UnitChange(_text(uid), UnitKind(kind), _versions(before, day), _versions(after, day))
            for uid, kind, before, after in told.get("changes", ())
        )
        return _uids(told.get("froms", ())), _uids(told.get("tos", ())), changes
    except (ValueError, TypeError, AttributeError, RecursionError):
        return NOTHING


def _uids(told: Any) -> tuple[str, ...]:
    return tuple(_text(uid) for uid in told)


def _text(told: Any) -> str:
    if not isinstance(told, str):
        raise TypeError(told)
    return told


def _versions(told: Any, day: Callable[[str], date]) -> tuple[UnitVersion, ...]:
    found = []
    for begin, end, code, name, parent in told:
        if not (isinstance(name, str) and isinstance(code, _TEXTS) and isinstance(parent, _TEXTS)):
            raise TypeError(name)
        found.append(UnitVersion(day(begin) if begin else None, day(end) if end else None, code, name, parent))
    return tuple(found)
