"""The command line (`contract/cli.md`): the same functions as the window, for automation, telephone help and tests."""

from __future__ import annotations

from collections.abc import Sequence


def main(argv: Sequence[str]) -> int:
    """Do what the words after the program's name say; the exit code: 0 done, 1 refused, 2 usage, 70 our fault."""
    from desktop.cli.run import run

    return run(list(argv))
