"""Sentences as they are kept: the message id and its values, so that history speaks the reader's language."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Final

from desktop.wording import Label, Sentence


def dump(sentence: Sentence) -> str:
    """A sentence as JSON: `["message {name}", {"name": value}]`; dates, decimals and sentences carry their type."""
    values = sentence.values
    if all(type(value) is str for _, value in values):  # most are, and a typed cell should not wait for an encoder
        msgid = encode_basestring(sentence.msgid)
        told = ", ".join([f"{encode_basestring(name)}: {encode_basestring(str(value))}" for name, value in values])
        return f"[{msgid}, {{{told}}}]" if told else f"[{msgid}]"
    return _WRITER.encode(_parts(sentence))


_WRITER: Final = json.JSONEncoder(ensure_ascii=False)


def _parts(sentence: Sentence) -> list[object]:
    values = {name: _packed(value) for name, value in sentence.values}
    return [sentence.msgid, values] if values else [sentence.msgid]


def load(text: str) -> Sentence:
    """The sentence of such a JSON; anything else is shown as it is."""
    try:
        parts = json.loads(text)
        return _sentence(parts)
    except (ValueError, TypeError, IndexError, KeyError):
        return Sentence("{text}", (("text", text),))


def _sentence(parts: list[object]) -> Sentence:
    if not parts or not isinstance(parts[0], str):
        raise ValueError("no message id")
    values = parts[1] if len(parts) > 1 else {}
    if not isinstance(values, dict):
        raise TypeError("no values")
    return Sentence(parts[0], tuple((name, _unpacked(value)) for name, value in values.items()))


def _packed(value: object) -> object:
    if isinstance(value, Sentence):
        return {"s": _parts(value)}
    if isinstance(value, Label):
        return {"l": [value.vi, value.en]}
    if isinstance(value, Decimal):
        return {"n": str(value)}
    if isinstance(value, datetime):
        return {"t": value.isoformat()}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    return value if isinstance(value, int | bool) or value is None else str(value)


def _unpacked(value: object) -> object:
    if not isinstance(value, dict):
        return value
    ((kind, told),) = value.items()
    if kind == "s":
        return _sentence(told)
    if kind == "l":
        return Label(*told)
    if kind == "n":
        return Decimal(told)
    return datetime.fromisoformat(told) if kind == "t" else date.fromisoformat(told)
