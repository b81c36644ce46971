"""What kind of drive a file lies on: a local disk, a stick, or another machine's folder.

SQLite's write-ahead log needs memory that all users of the file share, which a network folder does not have,
and a stick is pulled out; both get the slower, safer journal (`contract/record.md` 1).
"""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Final


class Drive(StrEnum):
    """Where a file lies."""

    LOCAL = "local"
    REMOVABLE = "removable"
    NETWORK = "network"


MOUNTS: Final = Path("/proc/mounts")
BLOCKS: Final = Path("/sys/class/block")
_NETWORK: Final = frozenset(
    "nfs nfs4 cifs smb3 smbfs 9p afs ceph glusterfs ncpfs fuse.sshfs fuse.rclone fuse.davfs fuse.gvfsd-fuse".split()
)
_WINDOWS: Final = {2: Drive.REMOVABLE, 4: Drive.NETWORK}


def drive_of(path: Path) -> Drive:
    """The kind of drive a file or folder (or the folder it will be made in) lies on; local when nobody can tell."""
    place = _standing(path)
    return _windows(place) if sys.platform == "win32" else _mounted(place, _mounts(MOUNTS), BLOCKS)


def _standing(path: Path) -> Path:
    place = Path(os.path.realpath(path))
    while not place.exists() and place.parent != place:
        place = place.parent
    return place


def _windows(place: Path) -> Drive:
    if str(place).startswith("\\\\"):
        return Drive.NETWORK
    import ctypes

    library = getattr(ctypes, "windll")  # noqa: B009 - mypy on Linux does not know it
    return _WINDOWS.get(int(library.kernel32.GetDriveTypeW(place.anchor)), Drive.LOCAL)


def _mounts(listing: Path) -> list[tuple[str, str, str]]:
    """(device, folder, type of file system) of every mount; empty where the system does not say."""
    try:
        lines = listing.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return []
    fields = (line.split(" ") for line in lines)
    return [(_plain(field[0]), _plain(field[1]), field[2]) for field in fields if len(field) > 2]


def _plain(text: str) -> str:
    for code, char in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, char)
    return text


def _mounted(place: Path, mounts: list[tuple[str, str, str]], blocks: Path) -> Drive:
    over = [mount for mount in mounts if place.is_relative_to(mount[1])]
    if not over:
        return Drive.LOCAL
    longest = max(len(mount[1]) for mount in over)
    device, _, system = [mount for mount in over if len(mount[1]) == longest][-1]
    if system in _NETWORK:
        return Drive.NETWORK
    return Drive.REMOVABLE if device.startswith("/dev/") and _is_removable(Path(device).name, blocks) else Drive.LOCAL


def _is_removable(device: str, blocks: Path) -> bool:
    """Whether the disk of a block device says it can be pulled out; a partition asks its disk."""
    here = Path(os.path.realpath(blocks / device))
    for folder in (here, here.parent):
        try:
            return (folder / "removable").read_text(encoding="ascii").strip() == "1"
        except OSError:
            continue
    return False
