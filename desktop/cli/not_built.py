"""Commands of `contract/cli.md` that come in a later version: the one list, shown by `sotram --help`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from desktop.cli.arguments import Command
from desktop.errors import AppError
from desktop.wording import say

NOT_BUILT: Final = (
    ("import", "dhis2"),
    ("conflicts",),
    ("conflicts", "resolve"),
    ("user", "add"),
    ("user", "list"),
    ("user", "role"),
    ("user", "passphrase"),
    ("user", "disable"),
    ("export", "dhis2"),
    ("export", "adx"),
    ("export", "csv"),
    ("hub", "load"),
)


def refuse_unbuilt(words: Sequence[str], command: Command | None) -> None:
    """AppError `not_built` where the line means a command of a later version and no built one more closely."""
    fitting = [known for known in NOT_BUILT if tuple(words[: len(known)]) == known]
    if command is None and len(words) == 1:
        fitting += [known for known in NOT_BUILT if known[0] == words[0]]
    longest = max(map(len, fitting), default=0)
    if not longest or (command and len(command.words) >= longest):
        return
    raise later(" ".join(words[: min(longest, len(words))]))


def later(what: str) -> AppError:
    """The refusal of what this version cannot do yet."""
    return AppError(
        "not_built",
        say("“{command}” comes in a later version.", command=what),
        say("What this version can do: sotram --help"),
    )
