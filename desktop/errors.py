"""The world's faults, each with a title a person can read and advice on what to do.

Faults of the program itself are ordinary Python exceptions; the edges (cli, ui) log them and say where.
"""

from __future__ import annotations

from desktop.wording import Sentence, say


class AppError(Exception):
    """Something the user can understand and act on; `code` is stable and spoken by the command line."""

    def __init__(self, code: str, title: Sentence, advice: Sentence | None = None) -> None:
        super().__init__(f"{code}: {title}")
        self.code = code
        self.title = title
        self.advice = advice


class UsageError(AppError):
    """The command or its arguments are wrong (exit 2)."""


class Cancelled(AppError):
    """A person stopped a long job; nothing was kept of it."""

    def __init__(self) -> None:
        super().__init__("cancelled", say("Stopped. Nothing was changed."))
