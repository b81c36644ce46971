"""Other versions of the program: what they would write where ours writes, played on real files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from tests.application.packages.reworking import Parts


def older(parts: Parts) -> None:
    """One that did not know what came later: fewer members in the manifest, fewer fields in the rows."""
    for name in ("register", "catalogue", "head", "reason", "needs"):
        parts.manifest.pop(name, None)
    if not parts.manifest["erasures"]:
        del parts.manifest["erasures"]
    for row in parts.rows.get("value", []):
        row.pop("origin", None)
    receipt = parts.manifest.get("receipt") or {}
    for name in ("reads", "head"):
        receipt.pop(name, None)


def newer(parts: Parts) -> None:
    """One of the same format that says more: members and fields that nobody here knows."""
    more: Mapping[str, Any] = {"later": {"said": ["a", 1, None]}}
    told = parts.manifest
    told.update(more)
    for name in ("from", "to", "stream", "receipt"):
        if name in told:
            told[name].update(more)
    for one in (*told["forms"], *told["nodes"].values()):
        one.update(more)
    for rows in parts.rows.values():
        for row in rows:
            row.update(more)


def far_newer(parts: Parts) -> None:
    """One of a later format: it must be refused until this one is brought up to date."""
    parts.manifest["format"] = 2
    parts.manifest["needs"] = ["braille"]


PROGRAMS: Final[Mapping[str, Callable[[Parts], None] | None]] = {
    "ours": None,
    "older": older,
    "newer": newer,
    "far newer": far_newer,
}
