"""JSON read strictly: one meaning for one text, whoever reads it.

UTF-8 and NFC, no duplicate keys, no NaN or other floats (amounts travel as decimal text), no lone surrogates or control
characters, at most eight levels deep, lines of at most 1 MiB (`contract/package.md`, `bad_content`).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from json.decoder import JSONDecoder
from typing import Any, Final, Never

DEEPEST: Final = 8
LONGEST_LINE: Final = 1024 * 1024
LARGEST: Final = 2**63 - 1
_STRINGS: Final = re.compile(r'"(?:[^"\\]|\\.)*"')
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class BadJson(ValueError):
    """A text that is not the JSON we exchange; `line` counts from 1."""

    def __init__(self, why: str, line: int = 1) -> None:
        super().__init__(f"line {line}: {why}")
        self.why = why
        self.line = line


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadJson("a key stands twice")
    return found


def _no_float(text: str) -> Never:
    raise BadJson(f"{text[:20]} is not a whole number")


def _whole(text: str) -> int:
    if len(text) > 20 or abs(int(text)) > LARGEST:
        raise BadJson("a number is too large")
    return int(text)


_DECODER: Final = JSONDecoder(
    object_pairs_hook=_object, parse_float=_no_float, parse_constant=_no_float, parse_int=_whole
)
# The scanner of one value is not in the type stubs; it saves a copy of every line.
_SCAN: Final[Callable[[str, int], tuple[Any, int]]] = _DECODER.scan_once  # type: ignore[attr-defined]
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False, allow_nan=False)
encode: Final = _ENCODER.encode
_CANONICAL: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)


def canonical(value: object) -> bytes:
    """The one way we write a value whose bytes are signed or hashed: keys in order, no spaces, NFC."""
    return unicodedata.normalize("NFC", _CANONICAL.encode(value)).encode()


def read_document(data: bytes) -> dict[str, Any]:
    """One JSON object that fills the whole text; BadJson otherwise."""
    text = _decoded(data, 1)
    _check_depth(text, 1)
    try:
        found = _DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        raise error if isinstance(error, BadJson) else BadJson("not JSON") from error
    if not isinstance(found, dict):
        raise BadJson("not an object")
    if "\\" in text:
        _check_strings(found, 1)
    return found


def read_lines(chunks: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """The objects of an ndjson file given in pieces: one a line, each line ended; BadJson with its line otherwise."""
    for text, line in blocks(chunks):
        yield from _objects(text, line)


def read_line(text: str, line: int) -> dict[str, Any]:
    """The object of one line of a block, its end included."""
    return next(_objects(text, line))


def blocks(chunks: Iterable[bytes]) -> Iterator[tuple[str, int]]:
    """The text of an ndjson file in blocks of whole lines, each with the number of its first line."""
    line, rest = 1, b""
    for chunk in chunks:
        rest += chunk
        end = rest.rfind(b"\n") + 1
        if end:
            text, rest = _decoded(rest[:end], line), rest[end:]
            yield text, line
            line += text.count("\n")
        if len(rest) > LONGEST_LINE:
            raise BadJson("a line is too long", line)
    if rest:
        raise BadJson("the last line is cut", line)


def _objects(text: str, line: int) -> Iterator[dict[str, Any]]:
    scan, start, size = _SCAN, 0, len(text)
    has_escapes = "\\" in text
    while start < size:
        end = text.find("\n", start)
        if end - start > LONGEST_LINE // 4 and len(text[start:end].encode()) > LONGEST_LINE:
            raise BadJson("a line is too long", line)
        if text.count("{", start, end) + text.count("[", start, end) > DEEPEST:
            _check_depth(text[start:end], line)
        try:
            found, stop = scan(text, start)
        except (ValueError, StopIteration, RecursionError) as error:
            raise BadJson(error.why if isinstance(error, BadJson) else "not JSON", line) from error
        if stop != end or not isinstance(found, dict):
            raise BadJson("not one object a line", line)
        if has_escapes and text.find("\\", start, end) >= 0:
            _check_strings(found, line)
        yield found
        start = end + 1
        line += 1


def _decoded(data: bytes, line: int) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadJson("not UTF-8", line + data.count(b"\n", 0, error.start)) from error
    if not unicodedata.is_normalized("NFC", text):
        raise BadJson("not NFC", line)
    if "\x7f" in text:
        raise BadJson("a control character", line)
    return text


def _check_depth(text: str, line: int) -> None:
    depth = 0
    for sign in re.findall(r"[{}\[\]]", _STRINGS.sub("", text)):
        depth += 1 if sign in "{[" else -1
        if depth > DEEPEST:
            raise BadJson("nested too deep", line)


def _check_strings(value: object, line: int) -> None:
    """What escapes may have hidden from the check of the text."""
    if isinstance(value, str):
        if _CONTROLS.search(value) or not unicodedata.is_normalized("NFC", value):
            raise BadJson("a control character or a text that is not NFC", line)
    elif isinstance(value, dict):
        for key, item in value.items():
            _check_strings(key, line)
            _check_strings(item, line)
    elif isinstance(value, list):
        for item in value:
            _check_strings(item, line)
