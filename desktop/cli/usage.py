"""What `sotram --help` says, in the language in use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.cli.arguments import Command
from desktop.cli.not_built import NOT_BUILT
from desktop.cli.parser import COMMON
from desktop.cli.registry import COMMANDS
from desktop.system.i18n import _, render
from desktop.system.version import VERSION


def help_of(words: Sequence[str]) -> str:
    """The page of one command, of a group (`plan`), or of all."""
    asked = [word for word in words if not word.startswith("-")]
    fitting = [command for command in COMMANDS if command.words == tuple(asked[: len(command.words)])]
    if fitting:
        return "\n".join(_page(max(fitting, key=lambda command: len(command.words))))
    group = [command for command in COMMANDS if asked and command.words[0] == asked[0]]
    return "\n".join(_list(group) if group else _whole())


def version_line() -> str:
    """The program's name and version."""
    return f"Sổ Trạm {VERSION}"


def _page(command: Command) -> Iterator[str]:
    yield f"sotram {command.usage}"
    yield ""
    yield render(command.about)
    yield ""
    yield _common()


def _whole() -> Iterator[str]:
    yield _("Sổ Trạm on the command line: sotram COMMAND; one command in detail: sotram COMMAND --help")
    yield ""
    yield from _list(COMMANDS)
    yield ""
    yield _common()
    yield ""
    yield _("In a later version:")
    yield from _folded([" ".join(words) for words in NOT_BUILT])


def _common() -> str:
    return _("For every command:") + " " + " ".join(option.usage for option in COMMON)


def _list(commands: Sequence[Command]) -> Iterator[str]:
    widest = max(len(command.name) for command in commands)
    for command in commands:
        yield f"  {command.name.ljust(widest)}  {render(command.about)}"


def _folded(names: Sequence[str], width: int = 100) -> Iterator[str]:
    line = ""
    for name in names:
        if line and len(line) + len(name) > width:
            yield line.rstrip()
            line = ""
        line = f"{line or '  '}{name}, "
    yield line.rstrip(", ")
