"""What went wrong, said so that a person can act: refusals, faults of files, and faults of the program itself."""

from __future__ import annotations

import errno
import platform
import secrets
from datetime import datetime
from pathlib import Path
from typing import Final

from desktop.cli.output import tell, write_json
from desktop.errors import AppError, UsageError
from desktop.system import paths
from desktop.system.fault_log import lines_of
from desktop.system.i18n import render
from desktop.wording import say

REFUSED: Final = 1
USAGE: Final = 2
FAULT: Final = 70
_FULL: Final = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))


def error_json(error: AppError) -> dict[str, object]:
    """Code, title and advice of a refusal."""
    advice = render(error.advice) if error.advice else None
    return {"code": error.code, "title": render(error.title), "advice": advice}


def refusal_lines(error: AppError) -> list[str]:
    """Title and advice, for people."""
    return [render(part) for part in (error.title, error.advice) if part]


def refuse(error: AppError, *, as_json: bool) -> int:
    """Say a refusal, on standard error and with --json on standard output; the exit code."""
    if as_json:
        write_json({"error": error_json(error)})
    for line in refusal_lines(error):
        tell(line)
    return USAGE if isinstance(error, UsageError) else REFUSED


def of_file(fault: OSError) -> AppError:
    """A fault of disk, stick or folder as a refusal; only the file's own name is told."""
    name = Path(str(fault.filename)).name if fault.filename else ""
    if isinstance(fault, FileNotFoundError):
        return AppError(
            "no_file",
            say("There is no file or folder {file}.", file=name),
            say("Look at its spelling and at the folder you are in."),
        )
    if isinstance(fault, FileExistsError):
        return AppError(
            "exists", say("{file} already exists.", file=name), say("Choose another name, or move that file away.")
        )
    if fault.errno in _FULL:
        return _disk_full()
    return AppError(
        "no_access",
        say(
            "{file} could not be read or written ({reason}).", file=name, reason=fault.strerror or type(fault).__name__
        ),
        say("Check whether the folder may be written to, and whether another program holds the file open."),
    )


def of_database(fault: Exception, path: Path) -> AppError | None:
    """A fault of the record's file as a refusal, None where it is none (the names are SQLite's own words)."""
    if type(fault).__module__.split(".", 1)[0] not in ("sqlcipher3", "sqlite3"):
        return None
    text = str(fault).lower()
    if "full" in text:
        return _disk_full()
    if "locked" in text or "busy" in text:
        return AppError(
            "locked",
            say("{file} is in use by another program.", file=path.name),
            say("Close Sổ Trạm elsewhere, or wait a moment and try again."),
        )
    if any(words in text for words in ("malformed", "not a database", "could not decode")):
        return AppError(
            "damaged",
            say("{file} is not a readable record.", file=path.name),
            say("Restore the last verified backup: sotram restore, or Backup in the window."),
        )
    if any(words in text for words in ("disk i/o", "unable to open", "readonly")):
        return AppError(
            "no_access",
            say("{file} could not be read or written ({reason}).", file=path.name, reason=str(fault)),
            say("Check whether the folder may be written to, and whether another program holds the file open."),
        )
    return None


def _disk_full() -> AppError:
    return AppError(
        "disk_full", say("The disk is full."), say("Nothing was changed. Make room, or choose another disk.")
    )


def log_fault(fault: BaseException, command: str, *, as_json: bool) -> int:
    """Keep what happened for whoever mends it, say where it lies, and give the exit code 70.

    Neither values nor folders are written: they may name people.
    """
    place = _write_log(fault, command)
    title = say("The program has a fault. Nothing half done was kept.")
    advice = (
        say("Send this file to whoever looks after the program: {file}", file=str(place))
        if place
        else say("The log could not be written to {folder}.", folder=str(paths.logs()))
    )
    refuse(AppError("fault", title, advice), as_json=as_json)
    return FAULT


def _write_log(fault: BaseException, command: str) -> Path | None:
    now = datetime.now().astimezone()
    place = paths.logs() / f"sotram-{now:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}.log"
    lines = [
        now.isoformat(timespec="seconds"),
        f"command: {command}",
        f"python {platform.python_version()} on {platform.system()} {platform.release()}",
        *lines_of(fault),
    ]
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError:
        return None
    return place
