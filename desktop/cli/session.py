"""One run of a command: what was told, the day, and the record it speaks of."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.arguments import Arguments
from desktop.cli.output import tell
from desktop.cli.parser import Common
from desktop.domain.text import nfc
from desktop.errors import AppError
from desktop.system import settings
from desktop.system.i18n import render
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.application.records import Record


@dataclass(frozen=True, slots=True)
class Session:
    """The common options and the command's own arguments."""

    common: Common
    arguments: Arguments

    @property
    def today(self) -> date:
        """The day everything is judged on."""
        return self.common.today

    @property
    def path(self) -> Path:
        """The record named, else the one the window opens."""
        return self.common.db or settings.record_path(settings.load())

    def passphrase(self) -> str | None:
        """The passphrase from a file or the environment; never from the line itself."""
        if self.common.passphrase_file is None:
            return nfc(os.environ.get("SOTRAM_PASSPHRASE", "")) or None
        text = read_text(self.common.passphrase_file)
        return nfc(text.strip("\r\n")) or None

    @contextmanager
    def record(self) -> Iterator[Record]:
        """The record, opened; AppError where there is none or it does not open."""
        from desktop.application.records import open_record

        opened = open_record(self.path, actor=self.common.user, passphrase=self.passphrase(), today=self.today)
        try:
            for warning in opened.warnings:
                tell(render(warning))
            yield opened
        finally:
            opened.close()

    @contextmanager
    def record_or_shipped(self) -> Iterator[Record | None]:
        """The record, or None where none is named and the user has none: then the shipped catalogue speaks."""
        if self.common.db is None and not self.path.is_file():
            yield None
            return
        with self.record() as opened:
            yield opened

    def step(self, done: int, total: int) -> None:
        """Progress of a long job, where somebody looks at it."""
        if sys.stderr is not None and sys.stderr.isatty():
            print(f"\r{done}/{total}", end="\n" if done >= total else "", file=sys.stderr, flush=True)


def existing_file(path: Path) -> Path:
    """The path, if a file stands there; AppError `no_file` otherwise."""
    if not path.is_file():
        raise AppError(
            "no_file",
            say("There is no file {file}.", file=path.name or str(path)),
            say("Check the name and the folder; on a stick, whether it is plugged in."),
        )
    return path


def read_text(file: Path) -> str:
    """The text of a file people write; AppError where it is missing or not UTF-8."""
    try:
        return existing_file(file).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise AppError(
            "not_text",
            say("{file} is not a text file in UTF-8.", file=file.name),
            say("Save it as UTF-8 and try again."),
        ) from None
