"""JSON with one meaning: everything two readers could take differently is bad content."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.package import strict_json
from desktop.exchange.package.strict_json import BadJson

BAD = [
    b'{"a":1,"a":1}',
    b'{"a":{"b":1,"b":2}}',
    b'{"a":NaN}',
    b'{"a":Infinity}',
    b'{"a":-Infinity}',
    b'{"a":1.5}',
    b'{"a":1e3}',
    b'{"a":99999999999999999999}',
    b'{"a":9223372036854775808}',
    b'{"a":' + b"1" * 5000 + b"}",
    b'{"a":"\\ud800"}',
    b'{"a":"\\u0000"}',
    b'{"a":"\\u001b"}',
    b'{"a":"\\b"}',
    b'{"a":"x\x7fy"}',
    b'{"a":"x\x01y"}',
    b'{"a":"e\\u0301"}',
    b'{"e\\u0301":1}',
    '{"a":"e\u0301"}'.encode(),
    b'{"a":"\xff"}',
    b'\xef\xbb\xbf{"a":1}',
    b"[1]",
    b"1",
    b"",
    b"{",
    b"{}x",
    b'{"a":' + b"[" * 8 + b"]" * 8 + b"}",
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b"{'a':1}",
    b'{"a":1,}',
    b'{"a":01}',
]


@pytest.mark.parametrize("data", BAD, ids=[str(item[:24]) for item in BAD])
def test_what_is_not_strict_is_refused_as_document_and_as_line(data):
    with pytest.raises(BadJson):
        strict_json.read_document(data)
    with pytest.raises(BadJson):
        list(strict_json.read_lines([data + b"\n"]))


def test_what_is_strict_is_read():
    told = {"a": [1, {"b": None}], "c": 'ghi chú "x" \\ \n\t', "ệ": -(2**63) + 1, "t": True, "n": {"[": "{[{[{[{[{["}}
    data = json.dumps(told, ensure_ascii=False).encode()
    assert strict_json.read_document(data) == told
    assert list(strict_json.read_lines([data + b"\n"])) == [told]


def test_seven_levels_in_an_object_are_the_deepest():
    assert strict_json.read_document(b'{"a":' + b"[" * 7 + b"]" * 7 + b"}")


@pytest.mark.parametrize(
    "data", [b"{}", b"\n{}\n", b"{}\n\n", b"{}{}\n", b'{"a":\n1}\n', b" {}\n", b"{} \n", b"{}\r\n"]
)
def test_a_file_is_one_object_a_line_and_each_line_ends(data):
    with pytest.raises(BadJson):
        list(strict_json.read_lines([data]))


def test_an_error_names_its_line():
    with pytest.raises(BadJson) as raised:
        list(strict_json.read_lines([b"{}\n{}", b'\n{"a":1,"a":2}\n']))
    assert (raised.value.line, raised.value.why) == (3, "a key stands twice")
    with pytest.raises(BadJson) as raised:
        list(strict_json.read_lines([b"{}\n{}\n\xff\n"]))
    assert raised.value.line == 3


def test_a_line_of_more_than_a_mebibyte_is_refused():
    fits = b'{"a":"' + b"x" * (strict_json.LONGEST_LINE - 8) + b'"}'
    assert len(list(strict_json.read_lines([fits + b"\n"]))) == 1
    with pytest.raises(BadJson):
        list(strict_json.read_lines([fits[:-2] + b'x"}\n']))
    with pytest.raises(BadJson):
        list(strict_json.read_lines([b'{"a":"', b"x" * (strict_json.LONGEST_LINE + 1)]))


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"])).map(lambda text: unicodedata.normalize("NFC", text))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63) + 1, 2**63 - 1) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


def depth(value: object) -> int:
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if items is None else 1 + max(map(depth, items), default=0)


@given(st.lists(st.dictionaries(texts, values, max_size=4).filter(lambda told: depth(told) <= 8)), st.integers(1, 40))
def test_what_is_written_is_read_in_whatever_pieces_it_comes(rows, size):
    data = b"".join(strict_json.encode(row).encode() + b"\n" for row in rows)
    pieces = [data[start : start + size] for start in range(0, len(data), size)]
    assert list(strict_json.read_lines(pieces)) == rows


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data):
    try:
        found = strict_json.read_document(data)
    except BadJson:
        return
    assert found == json.loads(data)


@given(st.dictionaries(texts, values, max_size=4))
def test_canonical_bytes_do_not_depend_on_the_order_of_keys(told):
    turned = dict(reversed(told.items()))
    assert strict_json.canonical(told) == strict_json.canonical(turned)
