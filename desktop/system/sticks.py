"""The sticks that are plugged in: where they are, what they are called, how much room they have."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from desktop.system.drives import MOUNTS, Drive, drive_of


@dataclass(frozen=True, slots=True)
class Stick:
    """A removable drive: its root, its label, its file system and the free bytes."""

    root: Path
    name: str
    system: str
    free: int


def sticks() -> list[Stick]:
    """Every removable drive, in order of its place; one that cannot be asked is left out."""
    return _windows() if sys.platform == "win32" else _mounted(MOUNTS)


def _mounted(listing: Path) -> list[Stick]:
    try:
        lines = listing.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return []
    found = {}
    for line in lines:
        fields = line.split(" ")
        if len(fields) < 3 or not fields[0].startswith("/dev/"):
            continue
        root = Path(fields[1].replace("\\040", " "))
        if drive_of(root) is Drive.REMOVABLE:
            stick = _asked(root, root.name, fields[2])
            if stick:
                found[root] = stick
    return [found[root] for root in sorted(found)]


def _asked(root: Path, name: str, system: str) -> Stick | None:
    try:
        return Stick(root, name, system, shutil.disk_usage(root).free)
    except OSError:
        return None


def _windows() -> list[Stick]:
    import ctypes

    library = getattr(ctypes, "windll").kernel32  # noqa: B009 - mypy on Linux does not know it
    removable, found = 2, []
    drives = int(library.GetLogicalDrives())
    for at in range(26):
        root = f"{chr(ord('A') + at)}:\\"
        if not drives >> at & 1 or library.GetDriveTypeW(root) != removable:
            continue
        name, system = ctypes.create_unicode_buffer(261), ctypes.create_unicode_buffer(261)
        if not library.GetVolumeInformationW(root, name, 261, None, None, None, system, 261):
            continue
        stick = _asked(Path(root), name.value or root[:2], system.value)
        if stick:
            found.append(stick)
    return found
