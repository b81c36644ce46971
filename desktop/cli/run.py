"""One run from words to exit code; nothing that happens here ends in a traceback."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from desktop.cli.arguments import wrong
from desktop.cli.faults import REFUSED, log_fault, of_database, of_file, refuse
from desktop.cli.not_built import refuse_unbuilt
from desktop.cli.output import Answer, write_json
from desktop.cli.parser import Common, find_command, peek, read_arguments, take_common
from desktop.cli.registry import COMMANDS
from desktop.cli.session import Session
from desktop.cli.usage import help_of, version_line
from desktop.errors import AppError, Cancelled
from desktop.system import i18n, settings
from desktop.wording import Sentence, say

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEFT: Final = (errno.EPIPE, errno.EINVAL)  # whoever read our output has gone; Windows says the second


def run(words: Sequence[str]) -> int:
    """Do what the words say; whoever reads our output may leave early, and a full disk under it is refused."""
    try:
        code = _run([_decoded(word) for word in words])
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as fault:
        _silence()
        return 0 if fault.errno in _LEFT else REFUSED
    return code


def _run(words: Sequence[str]) -> int:
    """Parse, do, print; every refusal and fault becomes its exit code."""
    language, as_json = peek(words)
    i18n.use(language)
    name, place = "", settings.record_path(settings.load())
    try:
        common, rest = take_common(words)
        place = common.db or place
        asked = _before_any_command(common, rest)
        if asked is not None:
            return asked
        command, after = find_command(rest, COMMANDS)
        refuse_unbuilt(rest, command)
        if command is None:
            raise _unknown(rest)
        name = command.name
        answer = command.run(Session(common, read_arguments(command, after)))
        _print(answer, as_json=common.json)
        return answer.code
    except AppError as error:
        return refuse(error, as_json=as_json)
    except KeyboardInterrupt:
        return refuse(Cancelled(), as_json=as_json)
    except OSError as fault:
        if fault.errno in _LEFT and fault.filename is None:
            raise
        return refuse(of_file(fault), as_json=as_json)
    except Exception as fault:  # noqa: BLE001 - the edge: whatever it is, a person gets a sentence and a log
        refusal = of_database(fault, place)
        return refuse(refusal, as_json=as_json) if refusal else log_fault(fault, name, as_json=as_json)


def _decoded(word: str) -> str:
    """The word in UTF-8, whatever the system took its bytes for (a console without a language says ASCII)."""
    try:
        return os.fsencode(word).decode("utf-8")
    except UnicodeError:
        return word


def _before_any_command(common: Common, rest: Sequence[str]) -> int | None:
    if common.version:
        print(version_line())
        return 0
    if common.help or rest[:1] == ["help"]:
        print(help_of(rest[1:] if rest[:1] == ["help"] else rest))
        return 0
    return None


def _unknown(rest: Sequence[str]) -> AppError:
    if not rest:
        return wrong(say("No command is given."), say("All commands: sotram --help"))
    group = [command.name for command in COMMANDS if command.words[0] == rest[0]]
    if group:
        return wrong(say("“{word}” is only the beginning of a command.", word=rest[0]), _choose(group))
    return wrong(say("There is no command “{word}”.", word=rest[0]), say("All commands: sotram --help"))


def _choose(names: Sequence[str]) -> Sentence:
    return say("Choose one of: {words}.", words=", ".join(names))


def _print(answer: Answer, *, as_json: bool) -> None:
    if as_json:
        write_json(answer.data)
    else:
        for line in answer.lines():
            print(line)


def _silence() -> None:
    """The reader of our output has gone (`| head`): let Python's own last flush go nowhere."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
