"""The cell that is being typed, kept on this computer: after a crash or a power cut it is offered again.

One small file beside the settings, written while a hand is on a cell and taken away when the cell is settled.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Final

from desktop.system import paths

NAME: Final = paths.half_typed().name
OF_CHILDREN: Final = "half-typed-child.json"
"""Of the weighing list; figures only, never a name."""


@dataclass(frozen=True, slots=True)
class HalfTyped:
    """A text that was typed and not yet taken, and where."""

    record: str
    """The record's file."""
    form: str
    period: str
    kind: str
    unit: str
    """The commune's code in that period."""
    element: str
    text: str
    at: str
    """When, ISO."""


def file(name: str = NAME) -> Path:
    """Where it lies."""
    return paths.home() / name


def keep(cell: HalfTyped, name: str = NAME) -> None:
    """Remember a half-typed cell; a computer that cannot write here only goes without this comfort."""
    target = file(name)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_suffix(f".{os.getpid()}")
        unfinished.write_text(json.dumps(asdict(cell), ensure_ascii=False), encoding="utf-8")
        unfinished.replace(target)
    except OSError:
        return


def forget(name: str = NAME) -> None:
    """The cell was settled."""
    try:
        file(name).unlink(missing_ok=True)
    except OSError:
        return


def recall(record: Path, name: str = NAME) -> HalfTyped | None:
    """What was half typed into this record when the program last stopped."""
    try:
        kept = json.loads(file(name).read_text(encoding="utf-8"))
        found = HalfTyped(**{field.name: str(kept[field.name]) for field in fields(HalfTyped)})
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if found.text.strip() and Path(found.record) == record else None
