"""From the words of the command line to a command and its arguments.

Not argparse: its messages are English from inside, and options that hold for all commands may stand anywhere here.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from desktop.cli.arguments import Arguments, Command, Option, Word, a_day, a_path, one_of, wrong
from desktop.errors import UsageError
from desktop.system import settings
from desktop.system.i18n import LANGUAGES
from desktop.wording import Sentence, say

COMMON: Final = (
    Option("db", a_path, "FILE"),
    Option("json", flag=True),
    Option("lang", one_of(*LANGUAGES), "vi|en"),
    Option("today", a_day, "DATE"),
    Option("user", shown="NAME"),
    Option("passphrase-file", a_path, "FILE"),
    Option("help", flag=True),
    Option("version", flag=True),
)
_SHORT: Final = {"-h": "--help"}


@dataclass(frozen=True, slots=True)
class Common:
    """What holds for every command; `db` is None where no record is named."""

    db: Path | None = None
    json: bool = False
    today: date = date.min
    user: str = ""
    passphrase_file: Path | None = None
    help: bool = False
    version: bool = False


@dataclass(slots=True)
class _Told:
    """Words read so far; texts are not yet values."""

    options: dict[str, list[str]] = field(default_factory=dict)
    places: list[str] = field(default_factory=list)


def peek(words: Sequence[str]) -> tuple[str, bool]:
    """Language and whether JSON is asked for, of a line that may be all wrong otherwise.

    The language is what the line says, else what this person chose in the window.
    """
    language = settings.load().language
    for place, word in enumerate(words):
        said = words[place + 1] if word == "--lang" and place + 1 < len(words) else word.removeprefix("--lang=")
        if word.startswith("--lang") and said in LANGUAGES:
            language = said
    return language, "--json" in words


def take_common(words: Sequence[str]) -> tuple[Common, list[str]]:
    """The options that hold for all commands, wherever they stand, and the other words in their order."""
    known = {f"--{option.name}": option for option in COMMON}
    told, rest, left = _Told(), [], [_SHORT.get(word, word) for word in words]
    while left:
        word = left.pop(0)
        if word == "--":
            rest += [word, *left]
            break
        option = known.get(word.split("=", 1)[0])
        if option is None:
            rest.append(word)
        else:
            _take(option, word, left, told)
    values = Arguments(_values(COMMON, told))
    today = values.maybe("today", date) or _today()
    return (
        Common(
            values.maybe("db", Path),
            values.flag("json"),
            today,
            values.maybe("user", str) or "",
            values.maybe("passphrase-file", Path),
            values.flag("help"),
            values.flag("version"),
        ),
        rest,
    )


def _today() -> date:
    said = os.environ.get("SOTRAM_TODAY")
    return a_day(said.strip()) if said and said.strip() else date.today()  # noqa: DTZ011 - the office's own day


def find_command(rest: Sequence[str], commands: Sequence[Command]) -> tuple[Command | None, list[str]]:
    """The command whose words begin the line (the longest counts) and what follows; None where there is none."""
    fitting = [command for command in commands if tuple(rest[: len(command.words)]) == command.words]
    if not fitting:
        return None, list(rest)
    command = max(fitting, key=lambda command: len(command.words))
    return command, list(rest[len(command.words) :])


def read_arguments(command: Command, words: Sequence[str]) -> Arguments:
    """The words after a command as values; UsageError for what is unknown, missing, repeated or too much."""
    known = {f"--{option.name}": option for option in command.options}
    told, left = _Told(), list(words)
    while left:
        word = left.pop(0)
        if word == "--":
            told.places += left
            break
        if not word.startswith("--"):
            told.places.append(word)
            continue
        option = known.get(word.split("=", 1)[0])
        if option is None:
            raise _unknown_option(word, command)
        _take(option, word, left, told)
    missing = [option.usage for option in command.options if option.required and option.name not in told.options]
    if missing:
        raise wrong(
            say("“{command}” needs {options}.", command=command.name, options=", ".join(missing)), _usage(command)
        )
    return Arguments({**_values(command.options, told), **_placed(command, told.places)})


def _take(option: Option, word: str, left: list[str], told: _Told) -> None:
    """Put the value of an option into what was told, taking it from the following words."""
    name, equals, value = word.partition("=")
    if option.flag:
        if equals:
            raise wrong(say("{option} takes no value.", option=name))
        told.options[option.name] = []
        return
    if option.name in told.options and not option.many:
        raise wrong(say("{option} is given twice.", option=name))
    values = [value] if equals else _following(left, option)
    if not values:
        raise wrong(say("{option} needs a value.", option=f"{name} {option.shown}"))
    told.options.setdefault(option.name, []).extend(values)


def _following(left: list[str], option: Option) -> list[str]:
    values: list[str] = []
    while left and not left[0].startswith("--") and (option.many or not values):
        values.append(left.pop(0))
    return values


def _values(options: Sequence[Option], told: _Told) -> dict[str, object]:
    found: dict[str, object] = {}
    for option in options:
        texts = told.options.get(option.name)
        if texts is None:
            continue
        if option.flag:
            found[option.name] = True
        elif option.many:
            found[option.name] = tuple(option.read(text) for text in texts)
        else:
            found[option.name] = option.read(texts[0])
    return found


def _placed(command: Command, told: list[str]) -> dict[str, object]:
    found: dict[str, object] = {}
    left = list(told)
    for word in command.places:
        if not left:
            raise wrong(say("“{command}” needs {word}.", command=command.name, word=_shown(word)), _usage(command))
        if word.many:
            found[word.name] = tuple(word.read(text) for text in left)
            left = []
        else:
            found[word.name] = word.read(left.pop(0))
    if left:
        raise wrong(
            say("“{command}” does not know what to do with “{word}”.", command=command.name, word=left[0]),
            _usage(command),
        )
    return found


def _shown(word: Word) -> str:
    return word.shown or word.name.upper()


def _unknown_option(word: str, command: Command) -> UsageError:
    name = word.split("=", 1)[0]
    near = difflib.get_close_matches(name, [f"--{option.name}" for option in (*command.options, *COMMON)], 1)
    title = say("“{command}” knows no option {option}.", command=command.name, option=name)
    return wrong(title, say("Is {option} meant?", option=near[0]) if near else _usage(command))


def _usage(command: Command) -> Sentence:
    return say("Usage: {usage}", usage=f"sotram {command.usage}")
