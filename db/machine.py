"""What this computer remembers of a record, outside the record: its node, how far it had come, where it lay.

A file that knows less than the computer remembers was restored, one in another place was copied: both go on as a
new node, so that a node never issues a number twice (`contract/record.md` 2). One small file a record, written
after each change without waiting for the disk: an older memory forgets a restore at worst after a power cut.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self


@dataclass(frozen=True, slots=True)
class Remembered:
    """The newest known state of a record on this computer."""

    node: str
    change: int
    sequence: int
    chain: str
    path: str


def place(path: Path) -> str:
    """A file's place in one spelling."""
    return os.path.normcase(os.path.realpath(path))


_ROOM: Final = 1024


class Memory:
    """The memory of one record; `folder` lies beside the settings."""

    __slots__ = ("_file", "_path", "path")

    def __init__(self, folder: Path, record: str) -> None:
        self.path = folder / f"{record}.json"
        self._file: int | None = None
        self._path = ("", '""')

    def recall(self) -> Remembered | None:
        """What is remembered, or None: never seen here, or not readable."""
        try:
            told = json.loads(self.path.read_text(encoding="utf-8"))
            return Remembered(**told)
        except (OSError, ValueError, TypeError):
            return None

    def keep(self, state: Remembered) -> None:
        """Remember a state; a computer that cannot write here merely gives new nodes more often."""
        # Written out, because it is written after every typed cell; ids and chain are hexadecimal.
        text = (
            f'{{"node": "{state.node}", "change": {state.change}, "sequence": {state.sequence}, '
            f'"chain": "{state.chain}", "path": {self._quoted(state.path)}}}'
        ).encode()
        try:
            if self._file is None:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
                os.ftruncate(self._file, 0)
            os.lseek(self._file, 0, os.SEEK_SET)
            os.write(self._file, text.ljust(_ROOM))  # spaces cover what was longer; JSON does not mind them
        except OSError:
            self.close()

    def _quoted(self, path: str) -> str:
        if path != self._path[0]:
            self._path = (path, json.dumps(path))
        return self._path[1]

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
