"""Where things lie: shipped resources, the user's record, settings, logs.

Works from the source tree and from the frozen program; `SOTRAM_HOME` moves everything of the user.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path


def resource_root() -> Path:
    """Folder of the shipped resources (read only)."""
    return _root(getattr(sys, "_MEIPASS", None))


@cache
def _root(frozen: str | None) -> Path:
    return Path(frozen) / "resources" if frozen else Path(__file__).resolve().parents[2] / "resources"


def resource(*parts: str) -> Path:
    """A shipped file or folder."""
    return resource_root().joinpath(*parts)


def home() -> Path:
    """The user's folder, not created here: `SOTRAM_HOME`, else that of the system for a program's own data."""
    named = os.environ.get("SOTRAM_HOME")
    if named:
        return Path(named)
    local = os.environ.get("LOCALAPPDATA")
    if os.name == "nt" and local:
        return Path(local) / "SoTram"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "sotram"


def default_record() -> Path:
    """The record opened when none is named."""
    return home() / "so-tram.sotramdb"


def backups() -> Path:
    """Where backups go until the office chooses a second place."""
    return home() / "backups"


def half_typed() -> Path:
    """Where a cell lies that was being typed when the program stopped."""
    return home() / "half-typed.json"


def logs() -> Path:
    """Folder of the logs; no personal name is ever written there."""
    return home() / "logs"
