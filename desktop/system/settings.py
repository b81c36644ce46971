"""Settings of this person on this computer: one frozen dataclass, kept as JSON in the user's folder.

Nothing of the record is kept here; a damaged or foreign file means the defaults, never a failed start.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Final

from desktop.system import paths

NAME: Final = "settings.json"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the program remembers between two starts; `settings.json` holds exactly these names."""

    language: str = "vi"
    contrast: str = "auto"
    """`auto` follows the system, `high` and `normal` do not."""
    window: tuple[int, int, int, int] | None = None
    """Left, top, width, height in device-independent px."""
    maximised: bool = True
    folded: bool = False
    zoom: int = 0
    """Page preview, percent; 0 fits the width."""
    period: str | None = None
    place: str = "entry"
    """The page shown last."""
    record: str | None = None
    """The record to open instead of that at home."""
    package_folder: str | None = None
    backup_folder: str | None = None
    form: str | None = None
    """The form shown last where figures are typed."""
    dash: dict[str, str] | None = None
    """What "-" typed alone means in each form: state by form code."""
    enter: str = "down"
    """Where Enter goes in the tables one types into: `down` or `right`."""
    table_zoom: int = 100
    """Size of the tables one types into, percent."""
    findings: dict[str, str] | None = None
    """Whether the list of findings stands open beside each way: `open` or `closed`."""
    hidden: dict[str, str] | None = None
    """Elements not shown in the matrix: codes joined by spaces, by form code."""


def file() -> Path:
    """Where the settings lie."""
    return paths.home() / NAME


def load() -> Settings:
    """The kept settings, each wrong or missing one at its default."""
    try:
        kept = json.loads(file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(kept, dict):
        return Settings()
    made = Settings()
    for field in fields(Settings):
        if field.name in kept and _fits(field.name, kept[field.name]):
            value = kept[field.name]
            change: dict[str, Any] = {field.name: tuple(value) if isinstance(value, list) else value}
            made = replace(made, **change)
    return made


def record_path(kept: Settings) -> Path:
    """The record to open: what `SOTRAM_RECORD` names, else the one chosen here while it is there, else that at home."""
    named = os.environ.get("SOTRAM_RECORD")
    if named:
        return Path(named)
    chosen = Path(kept.record) if kept.record else None
    return chosen if chosen and chosen.is_file() else paths.default_record()


def save(settings: Settings) -> None:
    """Write whole or not at all; a full disk here must not stop anybody's work, so the caller may ignore OSError."""
    target = file()
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(f".{os.getpid()}")
    unfinished.write_text(json.dumps(asdict(settings), ensure_ascii=False, indent=1), encoding="utf-8")
    unfinished.replace(target)


def _fits(name: str, value: Any) -> bool:
    if name == "window":
        return value is None or (
            isinstance(value, list) and len(value) == 4 and all(type(part) is int for part in value)
        )
    if name in ("dash", "hidden", "findings"):
        return value is None or (
            isinstance(value, dict) and all(isinstance(part, str) for pair in value.items() for part in pair)
        )
    if name in ("maximised", "folded"):
        return isinstance(value, bool)
    if name == "zoom":
        return type(value) is int and 0 <= value <= 400
    if name == "table_zoom":
        return type(value) is int and 50 <= value <= 200
    if name == "enter":
        return value in ("down", "right")
    return value is None or isinstance(value, str)
