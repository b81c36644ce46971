"""Rows of every table are written and read back, and nothing else is read."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.values import LARGEST, NOT_APPLICABLE, NOT_REPORTED, YES, ZERO, State, Value, amount_value, plain
from desktop.domain.versions import Version
from desktop.exchange.package import rows, tables
from desktop.exchange.package.row import Row
from desktop.exchange.package.strict_json import BadJson
from desktop.exchange.package.tables import TABLES
from tests.exchange.package import office

UNIT = {"uid": "0e984725", "code": "04294", "name": "Xã Yên Thịnh"}
FORM = {"unit": UNIT, "form": "commune", "period": "2025"}
GOOD = {
    "unit": {"unit": "u1", "kind": "station", "position": 3},
    "unit_version": {"unit": "u1", "valid_from": "", "name": "Trạm Y tế", "parent": "u2", "code": "04294"},
    "unit_attribute": {"unit": "u1", "name": "zone", "valid_from": "2025-07-01", "value": "2"},
    "unit_alias": {"uid": "u1", "stands_for": "u2"},
    "unit_act": {"uid": "a1", "act": "merge", "date": "2025-07-01", "basis": "NQ 1673", "provisional": False},
    "unit_part": {"act": "a1", "old": "u1", "new": "u2", "whole": True, "share": "0.25"},
    "element": {"code": "dan_so", "definition": {"name_vi": "Dân số"}},
    "category": {"code": "female", "definition": {}},
    "form": {"code": "commune", "definition": {"sections": [{"elements": ["dan_so"]}]}},
    "indicator": {"code": "stunting", "definition": {}},
    "rule": {"code": "r1", "definition": {}},
    "value": {"unit": UNIT, "period": "2025", "element": "dan_so", "category": "default", "kind": "actual",
              "state": "number", "amount": "12.5", "origin": "typed", "note": "theo sổ"},
    "submission": FORM | {"state": "returned", "holder": "office-1", "correction": 0, "received_on": "2026-01-14"},
    "judgement": FORM | {"office": "office-1", "verdict": "checked", "reason": ""},
    "finding_reason": {"unit": UNIT, "period": "2025Q3", "element": "dan_so", "rule": "jump", "reason": "đúng"},
    "denominator": {"unit": UNIT, "year": 2025, "population": "under5", "amount": "812", "source": "CTK", "official": True},
    "assignment": {"office": "o1", "form": "commune", "year": 2026, "number": "12/QĐ-SYT", "decided_on": "2026-01-15"},
    "criteria_set": {"code": "1300/2025", "definition": {"name": "Bộ tiêu chí"}},
    "criteria_score": {"unit": UNIT, "year": 2025, "criteria_set": "1300", "line": "2", "scorer": "self", "points": "4.5",
                       "reason": "Bác sĩ nghỉ", "how": "typed"},
    "criteria_evidence": {"unit": UNIT, "year": 2025, "criteria_set": "1300", "line": "2", "scorer": "self",
                          "file": "a" * 64, "name": "qd.pdf", "size": 812, "media": "application/pdf",
                          "added": "2026-01-15"},
    "recognition": {"unit": UNIT, "date": "2026-01-15", "decision": "1626/QĐ-UBND", "year": 2025},
    "station_item": {"code": "equipment:can", "definition": {"name_vi": "Cân", "asked": "count"}},
    "station_fact": {"unit": "u1", "item": "doctors", "since": "2025-01-01", "state": "number", "amount": "2",
                     "way": "typed"},
    "plan": {"code": "55/KH-UBND-yen-bai", "title": "Kế hoạch", "issuer": "UBND", "date": "2022-03-01", "kind": "plan",
             "definition": {}},
    "target": {"plan": "p", "position": 0, "indicator": "stunting", "year": 2030, "definition": {"value": "15"}},
    "task": {"uid": "t1", "plan": "p", "position": 1, "definition": {"text": "Xây dựng trạm"}},
    "task_progress": {"task": "t1", "occurrence": "", "state": "done", "evidence": "a" * 64},
    "resolution": {"uid": "c1", "table": "value", "key": FORM, "resolution": "holder", "reason": "đã gọi điện"},
    "child": {"uid": "ch1", "unit": UNIT, "name": "Vàng A Đào", "sex": "m", "birth_date": "2022-06-01"},
    "child_alias": {"uid": "ch2", "stands_for": "ch1"},
    "child_status": {"child": "ch1", "valid_from": "2024-01-01", "what": "moved_in"},
    "weighing_session": {"uid": "w1", "first": "2024-06-10", "kind": "campaign"},
    "measurement": {"child": "ch1", "date": "2024-06-10", "weight": 9400, "lenhei": 780},
    "child_supplement": {"child": "ch1", "date": "2024-06-10", "what": "vitamin_a", "doses": 1},
    "child_treatment": {"child": "ch1", "since": "2024-06-10", "degree": "severe", "care": "outpatient"},
    "unnamed_visit": {"child": "ch1", "age_days": 740, "unit": UNIT, "month": "2024-06"},
    "office_version": {"office": "o1", "valid_from": "2025-07-01", "level": "area", "name": "TTYT", "letterhead": {}},
    "setting": {"office": "o1", "name": "symbol", "value": "TTYT"},
    "deadline": {"code": "d1", "definition": {}},
    "key": {"office": "o1", "serial": 1, "file": "{}"},
}  # fmt: skip
VERSION = Version("9f2c", 41)


def line(table: str, /, **members: object) -> bytes:
    told = {"version": list(VERSION), "who": "Thống kê", "at": office.MADE} | GOOD[table] | members
    told = {name: value for name, value in told.items() if value is not ...}
    return json.dumps(told, ensure_ascii=False).encode() + b"\n"


def read(table: str, data: bytes) -> list[Row]:
    return list(rows.read_rows(table, [data]))


def test_every_table_has_an_example():
    assert GOOD.keys() == TABLES.keys()


@pytest.mark.parametrize("shape", TABLES.values())
def test_no_field_bears_a_name_that_every_row_has(shape):
    assert not {"version", "who", "at", "gone"} & {*shape.key, *shape.needed, *shape.optional}


@pytest.mark.parametrize("table", GOOD)
def test_a_row_arrives_as_it_left(table):
    row = Row(VERSION, "Thống kê", office.MADE, GOOD[table])
    assert read(table, b"".join(rows.write_rows(table, [row, row]))) == [row, row]
    assert read(table, line(table)) == [row]


@pytest.mark.parametrize("table", GOOD)
def test_a_gone_row_needs_only_its_key(table):
    row = Row(VERSION, "", office.MADE, {name: GOOD[table][name] for name in TABLES[table].key}, gone=True)
    written = b"".join(rows.write_rows(table, [row]))
    assert b'"gone":true' in written
    assert read(table, written) == [row]


@pytest.mark.parametrize("table", GOOD)
def test_a_field_that_is_missing_or_of_another_kind_is_refused(table):
    shape = TABLES[table]
    for name in (*shape.key, *shape.needed):
        for wrong in (..., None, [], {"a": []}, True, -1, "\u0000" * 30_000):
            if wrong != {"a": []} or name not in {"definition", "key", "letterhead"}:
                if wrong is True and name in {"whole", "official"}:
                    continue
                with pytest.raises(BadJson):
                    read(table, line(table, **{name: wrong}))
    for name in shape.optional:
        assert read(table, line(table, **{name: None}) if table not in {"value", "station_fact"} else line(table))
        with pytest.raises(BadJson):
            read(table, line(table, **{name: [1]}))


@pytest.mark.parametrize(
    "members",
    [
        {"version": ...},
        {"version": ["9f2c"]},
        {"version": ["9f2c", 0]},
        {"version": ["9f2c", True]},
        {"version": ["", 1]},
        {"version": [1, "9f2c"]},
        {"version": "9f2c 1"},
        {"who": ...},
        {"who": None},
        {"at": 5},
        {"gone": False},
        {"gone": 1},
        {"unit": {"uid": "x"}},
        {"unit": {"uid": "x y\n", "name": "n"}},
        {"unit": {"uid": "x", "name": "n", "valid_from": "soon"}},
        {"unit": "x"},
        {"period": "2025Q5"},
        {"period": "202501-202512"},
        {"kind": "forecast"},
        {"state": "unknown"},
        {"state": "zero"},
        {"state": "number", "amount": "0"},
        {"amount": "01"},
        {"amount": "1.50"},
        {"amount": "1.23456"},
        {"amount": "1,5"},
        {"amount": "+1"},
        {"amount": "1e3"},
        {"amount": ".5"},
        {"amount": "5."},
        {"amount": "-0"},
        {"amount": "9223372036854775807"},
        {"amount": 12},
        {"amount": None},
        {"state": "yes"},
        {"state": "text"},
        {"text": "abc"},
        {"origin": "guessed"},
    ],
)
def test_a_value_that_contradicts_itself_is_refused(members):
    with pytest.raises(BadJson):
        read("value", line("value", **members))


def test_unknown_fields_are_for_newer_programs():
    assert read("value", line("value", colour="red"))[0].fields["amount"] == "12.5"


def test_an_error_names_line_and_field():
    with pytest.raises(BadJson, match="line 3: value: amount"):
        read("value", line("value") + line("value", note=None) + line("value", amount="x"))


amounts = st.integers(-LARGEST, LARGEST).map(amount_value) | st.integers(-50_000, 50_000).map(amount_value)
plain_values = st.one_of(amounts, st.sampled_from([ZERO, YES, NOT_REPORTED, NOT_APPLICABLE]))
note_text = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)
texts = note_text.filter(bool).map(lambda text: Value(State.TEXT, None, unicodedata.normalize("NFC", text)))


@given(
    st.lists(
        st.tuples(
            plain_values | texts,
            st.sampled_from(["dan_so", 'với "nháy"', "x\\y"]),
            st.none() | st.just("ghi chú"),
            st.sampled_from([1, 2]),
            st.booleans(),
        )
    )
)
def test_any_values_arrive_as_they_left_on_the_fast_lane_too(told):
    sent = []
    for value, element, note, release, gone in told:
        fields = rows.value_fields(
            unit=UNIT, period="2025", element=element, category="default", kind="actual", value=value, note=note
        )
        if gone:
            fields = {name: fields[name] for name in TABLES["value"].key}
        sent.append(Row(Version("9f2c", release), "Thống kê", office.MADE, fields, gone))
    came = read("value", b"".join(rows.write_rows("value", sent)))
    assert [(*row[:3], row.gone) for row in came] == [(*row[:3], row.gone) for row in sent]
    for one, other in zip(came, sent, strict=True):
        assert dict(one.fields) == {name: value for name, value in other.fields.items() if value is not None}


@given(
    st.integers(0, 10**6), st.sampled_from(['"', "\\", "{", "}", ",", ":", "\x01", "0", "e\u0301", "[", "\u007f", "\n"])
)
def test_both_lanes_read_and_refuse_the_same(place, sign):
    """The common way is forced by a blank that the pattern of the fast lane does not know."""
    value = rows.value_fields(
        unit=UNIT, period="2025", element="e", category="c", kind="actual", value=amount_value(15)
    )
    text = b"".join(rows.write_rows("value", [Row(VERSION, "w", "t", value)])).decode()
    place %= len(text) - 1
    for changed in (text[:place] + sign + text[place:], text[:place] + sign + text[place + 1 :]):
        slow = changed[:-1].rstrip("}") + " " + "}" * (len(changed[:-1]) - len(changed[:-1].rstrip("}"))) + "\n"
        assert outcome(changed) == outcome(slow)


def outcome(text: str) -> object:
    try:
        return read("value", text.encode())
    except BadJson:
        return "refused"


@given(st.integers(-LARGEST, LARGEST))
def test_amounts_are_written_as_the_command_line_writes_them(amount):
    text = tables.plain_amount(amount)
    assert text == plain(amount_value(amount))
    assert tables.is_amount(text)
    assert tables.scaled(text) == amount


def test_the_digest_of_a_form_does_not_ask_who_wrote_it_or_in_which_order():
    one = rows.value_fields(unit=UNIT, period="2025", element="a", category="c", kind="actual", value=YES)
    two = rows.value_fields(unit=UNIT, period="2025", element="b", category="c", kind="actual", value=ZERO)
    came = [row.fields for row in read("value", line("value"))]
    assert rows.form_digest([one, two]) == rows.form_digest([two | {"origin": "received"}, one])
    assert rows.form_digest([one]) != rows.form_digest([two])
    assert rows.form_digest([one]) != rows.form_digest([one | {"note": "x"}])
    assert rows.form_digest(came) == rows.form_digest([GOOD["value"]])
