"""Writing on sticks that may be pulled out at any moment, and looking for packages on them.

NAME.part, flush, fsync, close, rename, reopen, compare the hash: a name without `.part` is a whole file. An existing
file is never written over: on FAT32 that is not one step, and it might be the package nobody has taken yet.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desktop.errors import AppError
from desktop.exchange.package.names import PART, free_name, is_package_name, is_receipt_name
from desktop.wording import say

CHUNK: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Found:
    """A file in a folder that looks like a package by its name."""

    path: Path
    size: int
    is_receipt: bool


def write_safely(folder: Path, name: str, data: bytes) -> Path:
    """Write a file so that it is whole or not there, and read it back; the path under which it stands.

    AppError `cannot_write`, `stick_full` or `stick_damaged`; then nothing is left of it.
    """
    part: Path | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / free_name(name, (path.name for path in folder.iterdir()))
        part = target.with_name(target.name + PART)
        _write_through(part, data)
        part.rename(target)
        part = target
        _flush_folder(folder)
        if _hash_on_disk(target) != hashlib.sha256(data).digest():
            raise AppError(
                "stick_damaged",
                say("{file} was written but reads back differently: the stick is not sound.", file=target.name),
                say("Use another stick."),
            )
    except (OSError, AppError) as error:
        if part is not None:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
        raise error if isinstance(error, AppError) else _unwritable(error, folder) from error
    return target


def _write_through(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        for start in range(0, len(data), CHUNK):
            file.write(data[start : start + CHUNK])
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """The name is on the disk too; Windows has no such call and needs none."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            with contextlib.suppress(OSError):  # some network drives refuse
                os.fsync(handle)
        finally:
            os.close(handle)


def _hash_on_disk(path: Path) -> bytes:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        if hasattr(os, "posix_fadvise"):  # ask for what lies on the stick, not for what memory still holds
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.digest()


def _unwritable(error: OSError, folder: Path) -> AppError:
    if error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
        return AppError(
            "stick_full",
            say("There is not enough space in {folder}.", folder=str(folder)),
            say("Free some space or use another stick."),
        )
    return AppError(
        "cannot_write",
        say("{folder} cannot be written to: {reason}.", folder=str(folder), reason=error.strerror or str(error)),
        say("Check that the stick is plugged in and not locked, or choose a folder."),
    )


def packages_in(folder: Path) -> tuple[Found, ...]:
    """The packages in a folder by their names, in order of name; nothing of an unreadable folder."""
    try:
        entries = [
            path for path in folder.iterdir() if is_package_name(path.name) and path.is_file() and not path.is_symlink()
        ]
        found = [Found(path, path.stat().st_size, is_receipt_name(path.name)) for path in entries]
    except OSError:
        return ()
    return tuple(sorted(found, key=lambda one: one.path.name.casefold()))
