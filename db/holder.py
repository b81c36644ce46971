"""Where a record on a stick or a network drive is open: a note beside it, told to whoever finds it taken.

SQLite knows that a file is held, not where; the lock alone decides, the note only tells. It names no person.
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from db import driver
from db.driver import Connection
from db.errors import Locked
from desktop.wording import Sentence, say

ENDING: Final = "-open"


def seize(connection: Connection) -> None:
    """Hold the file from the first moment: two programs that have only read would each keep the other from writing.

    A file that cannot be written is read without it. Raises Locked.
    """
    try:
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
    except driver.OperationalError as fault:
        if "locked" in str(fault) or "busy" in str(fault):
            connection.close()
            raise Locked("") from fault


def note(record: Path, at: str) -> None:
    """Say where it is held; a drive that cannot be written goes without."""
    import socket  # a record on this computer's own disk needs none

    told = json.dumps({"computer": socket.gethostname(), "at": at}, ensure_ascii=False)
    with suppress(OSError):
        _place(record).write_text(told + "\n", encoding="utf-8")


def told(record: Path) -> Sentence | None:
    """What the note says, as advice; None where there is none that can be read."""
    try:
        note = json.loads(_place(record).read_text(encoding="utf-8"))
        at = datetime.fromisoformat(note["at"]).strftime("%H:%M %d/%m/%Y")
        computer = str(note["computer"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return say("It was opened on the computer {computer} at {at}. Close it there.", computer=computer, at=at)


def forget(record: Path) -> None:
    """Nobody holds it any more."""
    with suppress(OSError):
        _place(record).unlink(missing_ok=True)


def _place(record: Path) -> Path:
    return record.with_name(record.name + ENDING)
