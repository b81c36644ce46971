"""The fast lane for values, which are nearly all rows of a package.

A line as we write it is read by one pattern, and what thousands of lines share (version, post, time, unit, period) is
read and checked once. Every other line, valid or not, goes the common way in `rows`; both ways accept the same and give
the same, which a test claims over all kinds of lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from json.encoder import encode_basestring
from typing import Any, Final

from desktop.domain.values import Kind, State
from desktop.domain.versions import Version
from desktop.exchange.package import strict_json
from desktop.exchange.package.row import Row
from desktop.exchange.package.strict_json import LONGEST_LINE, BadJson
from desktop.exchange.package.tables import is_amount, is_period, is_unit, text

_TEXT: Final = r'"([^"\\\x00-\x1f]*)"'
_LINE: Final = re.compile(
    r'(\{"version":\[[^\]\\\n]*\],"who":"[^"\\\n]*","at":"[^"\\\n]*","unit":\{[^{}\\\n]*\},"period":"[^"\\\n]*")'
    rf',"element":{_TEXT},"category":{_TEXT},"kind":{_TEXT},"state":{_TEXT}(?:,"amount":{_TEXT})?\}}\n'
)
_NUMERIC: Final = frozenset({State.NUMBER.value, State.ZERO.value})
_BARE: Final = frozenset(state.value for state in State) - {State.TEXT.value}
_KINDS: Final = frozenset(kind.value for kind in Kind)
_is_code: Final = text(100)
Shared = tuple[Version, str, str, Mapping[str, Any], str]


def read(chunks: Iterable[bytes], common: Callable[[str, int], Row]) -> Iterator[Row]:
    """The rows of `rows/value.ndjson`; `common` reads one line with its number where the pattern does not."""
    shared: dict[str, Shared | None] = {}
    codes: set[str] = set()
    for block, line in strict_json.blocks(chunks):
        start, size = 0, len(block)
        while start < size:
            found = _LINE.match(block, start)
            row = _row(found.groups(), shared, codes) if found else None
            if row is None or found is None or found.end() - start > LONGEST_LINE // 4:
                end = block.find("\n", start) + 1
                yield common(block[start:end], line)
            else:
                end = found.end()
                yield row
            start = end
            line += 1


def _row(told: tuple[Any, ...], shared: dict[str, Shared | None], codes: set[str]) -> Row | None:
    head, element, category, kind, state, amount = told
    if head not in shared:
        shared[head] = _head(head)
    begin = shared[head]
    if begin is None or kind not in _KINDS or state not in _BARE or (amount is None) == (state in _NUMERIC):
        return None
    for code in (element, category):
        if code not in codes:
            if not _is_code(code):
                return None
            codes.add(code)
    version, who, at, unit, period = begin
    fields = {
        "unit": unit,
        "period": period,
        "element": element,
        "category": category,
        "kind": kind,
        "state": state,
    }
    if amount is not None:
        if not is_amount(amount) or (amount == "0") != (state == "zero"):
            return None
        fields["amount"] = amount
    return Row(version, who, at, fields)


def _head(told: str) -> Shared | None:
    """What a line begins with, read as an object of its own; None sends its lines the common way."""
    try:
        found = strict_json.read_document(f"{told}}}".encode())
    except BadJson:
        return None
    match found:
        case {"version": [str(node), int(release)], "who": str(who), "at": str(at), "unit": unit, "period": period}:
            sizes = 0 < len(node) <= 64 and len(who) <= 300 and len(at) <= 40 and release > 0
            if len(found) == 5 and sizes and not isinstance(release, bool) and is_unit(unit) and is_period(period):
                return Version(node, release), who, at, unit, period
    return None


def write(rows: Iterable[Row], common: Callable[[Row], str]) -> str:
    """The lines of some value rows; `common` writes the rows that are not plain."""
    heads: dict[tuple[object, ...], str] = {}
    lines = []
    for row in rows:
        version, who, at, fields, gone = row
        if gone or fields.get("text") is not None or fields.get("origin") or fields.get("note") is not None:
            lines.append(common(row))
            continue
        unit, amount = fields["unit"], fields.get("amount")
        key = (version, who, at, id(unit), fields["period"])
        head = heads.get(key)
        if head is None:
            told = {"version": list(version), "who": who, "at": at, "unit": _without_none(unit)}
            head = heads[key] = strict_json.encode(told | {"period": fields["period"]})[:-1]
        end = "}\n" if amount is None else f',"amount":"{amount}"}}\n'
        element, category = encode_basestring(fields["element"]), encode_basestring(fields["category"])
        kind, state = fields["kind"], fields["state"]
        lines.append(f'{head},"element":{element},"category":{category},"kind":"{kind}","state":"{state}"{end}')
    return "".join(lines)


def _without_none(unit: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in unit.items() if value is not None}
