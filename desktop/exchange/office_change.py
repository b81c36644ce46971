"""CHANGE.json of `office change`: read strictly and wholly; what is wrong comes back as findings with advice.

One object. Keys of the office: level, unit, name, code (or own_code), parent (or parents, the first is the main one),
basis, communes. Keys of its papers, beside them or within `letterhead` or `settings`: name_lines, parent_line, symbol,
place, signer_post, signer_name, signers, addressees, recipients, drafting_unit. What `office show` answers as `office`
and `settings` is taken back in the same shape. null takes a setting away; lists replace, objects are merged.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from desktop.domain.findings import Finding, Severity
from desktop.domain.letterheads import HEAD, ROLES, Signer
from desktop.domain.office_change import LEVELS, OfficeChange
from desktop.domain.text import nfc, squeeze
from desktop.wording import Sentence, say

_LONGEST: Final = 500
_MOST: Final = 2000
_WORDS: Final = {"code": "code", "own_code": "code", "own-code": "code", "unit": "unit"}
_TEXTS: Final = ("name", "parent", "basis")
_LINES: Final = ("parent_line", "signer_post")
_PAPER_TEXTS: Final = ("symbol", "place", "signer_name", "drafting_unit", "name_line")
_PAPER_LISTS: Final = ("addressees", "recipients", "also_above")
_WRAPPERS: Final = ("office", "settings", "letterhead")
_SHOWN: Final = ("id", "as_of", "unit_name", "dated")
KEYS: Final = (
    *("level", "unit", "name", "code", "own_code", "parent", "parents", "basis", "communes", "letterhead"),
    *("name_lines", *_LINES, *_PAPER_TEXTS, "signers", *_PAPER_LISTS),
)


@dataclass(slots=True)
class _Reading:
    """The change as far as it is read, and what is wrong with it."""

    file: str
    office: str | None
    found: dict[str, Any] = field(default_factory=dict)
    paper: dict[str, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def wrong(self, rule: str, message: Sentence, advice: Sentence | None = None) -> None:
        self.findings.append(Finding(rule, Severity.ERROR, message, advice, file=self.file))


def read_office_change(text: str, file: str, *, office: str | None = None) -> tuple[OfficeChange | None, list[Finding]]:
    """The change a file tells, or None with the reasons; `office` is our office's uid, which the file may repeat."""
    reading = _Reading(file, office)
    try:
        told = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError) as fault:
        line = getattr(fault, "lineno", None)
        advice = say("Write one object: braces, names and texts in double quotes.")
        reading.findings.append(
            Finding("bad_json", Severity.ERROR, say("{file} is not JSON.", file=file), advice, file=file, row=line)
        )
        return None, reading.findings
    if not isinstance(told, dict):
        reading.wrong(
            "bad_json",
            say("{file} is not JSON.", file=file),
            say("Write one object: braces, names and texts in double quotes."),
        )
        return None, reading.findings
    _object(reading, told)
    if reading.findings:
        return None, reading.findings
    change = OfficeChange(**reading.found, letterhead=reading.paper)
    if change.is_empty:
        reading.wrong(
            "nothing_told",
            say("{file} tells nothing to change.", file=file),
            say("It may tell: {keys}.", keys=", ".join(KEYS)),
        )
        return None, reading.findings
    return change, []


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _object(reading: _Reading, told: Mapping[str, Any], within: str = "") -> None:
    for key, value in told.items():
        if key in _WRAPPERS and key != within and isinstance(value, dict) and within in ("", "settings"):
            _object(reading, value, key)
        elif key in _SHOWN and within in ("office", "settings"):
            _same_office(reading, key, value)
        elif key in _READERS:
            _READERS[key](reading, key, value)
        else:
            reading.wrong(
                "unknown_key",
                say("“{key}” is no setting of an office.", key=key),
                say("It may tell: {keys}.", keys=", ".join(KEYS)),
            )


def _same_office(reading: _Reading, key: str, value: object) -> None:
    """What `office show` answers beside the settings: the id must be ours, the rest is not read."""
    if key == "id" and reading.office is not None and value != reading.office:
        reading.wrong(
            "other_office",
            say("This change is of another office ({id}).", id=str(value)[:40]),
            say("A record keeps one office for ever; another office has a record of its own."),
        )


def _not_a(reading: _Reading, key: str, wanted: Sentence) -> None:
    advice = say("Look at how “sotram office show --json” tells it.")
    reading.wrong("bad_value", say("“{key}” must be {wanted}.", key=key, wanted=wanted), advice)


def _text(reading: _Reading, key: str, value: object) -> str | None:
    """A text of one line, composed; null is the empty one."""
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > _LONGEST:
        _not_a(reading, key, say("a text of at most {most} letters", most=_LONGEST))
        return None
    return squeeze(value)


def _texts(reading: _Reading, key: str, value: object) -> tuple[str, ...] | None:
    if value is None:
        return ()
    if isinstance(value, list) and len(value) <= _MOST and all(isinstance(one, str) for one in value):
        read = [_text(reading, key, one) for one in value]
        if None not in read:
            return tuple(one for one in read if one)
        return None
    _not_a(reading, key, say("a list of texts"))
    return None


def _lines(reading: _Reading, key: str, value: object) -> str | None:
    """A text of one or more lines, or a list of lines; kept with line ends."""
    if isinstance(value, str):
        value = value.split("\n")
    read = _texts(reading, key, value)
    return None if read is None else "\n".join(read)


def _put(reading: _Reading, place: dict[str, Any], key: str, value: object, *, needed: bool = False) -> None:
    if value is None:
        return  # said already
    if needed and not value:
        said = say("Leave it out of the file to keep what there is, or write the new one.")
        reading.wrong("bad_value", say("“{key}” cannot be taken away.", key=key), said)
    elif place.setdefault(key, value) != value:
        said = say("Write it once; code and own_code, parent and parents mean the same.")
        reading.wrong("told_twice", say("“{key}” is told twice, differently.", key=key), said)


def _level(reading: _Reading, key: str, value: object) -> None:
    if value in LEVELS:
        _put(reading, reading.found, key, value)
    else:
        reading.wrong(
            "bad_level",
            say("The level {level} is not known.", level=str(value)[:40]),
            say("Choose one of: {words}.", words=", ".join(LEVELS)),
        )


def _word(reading: _Reading, key: str, value: object) -> None:
    """A code: a text without spaces at its ends, never a number: codes begin with zeros; null is not told."""
    if value is None:
        return
    if not isinstance(value, str) or len(value) > 64:
        _not_a(reading, key, say("a code in double quotes"))
        return
    _put(reading, reading.found, _WORDS[key], nfc(value).strip(), needed=True)


def _office_text(reading: _Reading, key: str, value: object) -> None:
    _put(reading, reading.found, key, _text(reading, key, value), needed=key == "name")


def _parents(reading: _Reading, key: str, value: object) -> None:
    read = _texts(reading, key, value)
    if read is not None:
        _put(reading, reading.found, "parent", read[0] if read else "")
        _put(reading, reading.paper, "also_above", read[1:])


def _communes(reading: _Reading, key: str, value: object) -> None:
    """Codes (a text with commas too), or objects with a code as `office show` lists them."""
    if isinstance(value, str):
        value = value.split(",")
    if isinstance(value, list):
        value = [one.get("code") if isinstance(one, dict) else one for one in value]
    read = _texts(reading, key, value)
    if read is not None:
        _put(reading, reading.found, key, tuple(dict.fromkeys(read)), needed=True)


def _paper_text(reading: _Reading, key: str, value: object) -> None:
    _put(reading, reading.paper, key, _text(reading, key, value))


def _paper_lines(reading: _Reading, key: str, value: object) -> None:
    _put(reading, reading.paper, key, _lines(reading, key, value))


def _paper_list(reading: _Reading, key: str, value: object) -> None:
    _put(reading, reading.paper, key, _texts(reading, key, value))


def _name_lines(reading: _Reading, key: str, value: object) -> None:
    """All lines over the number of a paper: the last is the office's own name, those before it its superior."""
    read = _texts(reading, key, value.split("\n") if isinstance(value, str) else value)
    if read:
        _put(reading, reading.paper, "name_line", read[-1])
        if len(read) > 1:
            _put(reading, reading.paper, "parent_line", "\n".join(read[:-1]))
    elif read is not None:
        _put(reading, reading.paper, "name_line", "")


def _signers(reading: _Reading, key: str, value: object) -> None:
    if value is None:
        value = []
    if not isinstance(value, list) or len(value) > 100:
        _not_a(reading, key, say("a list of signers"))
        return
    read = [signer for one in value for signer in _signer(reading, one)]
    if len(read) == len(value):
        _put(reading, reading.paper, key, tuple(read))


def _signer(reading: _Reading, told: object) -> Iterator[Signer]:
    if not isinstance(told, dict):
        _not_a(reading, "signers", say("a list of signers"))
        return
    for key in told.keys() - _SIGNER.keys():
        reading.wrong(
            "unknown_key",
            say("“{key}” is nothing that is told of a signer.", key=key),
            say("It may tell: {keys}.", keys="role, post, name, from, to"),
        )
    read = {_SIGNER[key]: value for key, value in told.items() if key in _SIGNER and value is not None}
    role = read.get("role", HEAD)
    if isinstance(role, str) and role not in ROLES and "post" not in read:
        read, role = read | {"post": role}, HEAD  # a post told as the role
    if role not in ROLES:
        reading.wrong(
            "bad_value",
            say("“{word}” is not possible here.", word=str(role)[:40]),
            say("Choose one of: {words}.", words=", ".join(ROLES)),
        )
        return
    post, name = _lines(reading, "post", read.get("post", "")), _text(reading, "name", read.get("name"))
    days = [_day(reading, str(read.get(which, ""))) for which in ("valid_from", "valid_to")]
    begin, end = days
    if post == "":
        reading.wrong("bad_value", say("A signer needs a post."), say("Write for example “GIÁM ĐỐC”."))
    elif begin and end and end < begin:
        said = say("Put the earlier day under “from”, the later one under “to”.")
        reading.wrong("bad_value", say("A signer's last day lies before the first."), said)
    elif post is not None and name is not None and begin is not None and end is not None:
        yield Signer(post, name, role, begin, end)


_SIGNER: Final = {
    **{key: key for key in ("role", "post", "name", "valid_from", "valid_to")},
    "title": "post",
    "from": "valid_from",
    "to": "valid_to",
}


def _day(reading: _Reading, told: str) -> str | None:
    if not told:
        return ""
    try:
        return date.fromisoformat(told).isoformat()
    except ValueError:
        reading.wrong(
            "bad_value",
            say("“{word}” is not a date.", word=told[:40]),
            say("Write year, month and day: 2026-07-01."),
        )
        return None


_READERS: Final[dict[str, Callable[[_Reading, str, object], None]]] = {
    "level": _level,
    **dict.fromkeys(_WORDS, _word),
    **dict.fromkeys(_TEXTS, _office_text),
    "parents": _parents,
    "communes": _communes,
    "name_lines": _name_lines,
    "signers": _signers,
    **dict.fromkeys(_LINES, _paper_lines),
    **dict.fromkeys(_PAPER_TEXTS, _paper_text),
    **dict.fromkeys(_PAPER_LISTS, _paper_list),
}
