"""CHANGE.json is read strictly and wholly: what is not understood is said, and then nothing of it is taken."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.letterheads import Signer
from desktop.domain.office_change import OfficeChange
from desktop.exchange.office_change import KEYS, read_office_change


def read(told, office=None):
    return read_office_change(told if isinstance(told, str) else json.dumps(told), "đổi.json", office=office)


def test_what_is_told_is_taken_and_the_rest_is_left():
    change, findings = read(
        {"level": "area", "own_code": "TTKV", "communes": ["04456", "04456"], "place": "Mù Cang Chải"}
    )
    assert findings == []
    assert change == OfficeChange(level="area", code="TTKV", communes=("04456",), letterhead={"place": "Mù Cang Chải"})


def test_a_code_keeps_its_zeros_and_is_never_a_number():
    assert read({"unit": "04456"})[0].unit == "04456"
    assert read({"unit": 4456})[0] is None


def test_the_papers_may_stand_beside_or_within():
    beside, within = read({"symbol": "TTYT"})[0], read({"letterhead": {"symbol": "TTYT"}})[0]
    assert beside == within == read({"settings": {"symbol": "TTYT"}})[0]


def test_name_lines_are_the_superior_office_and_the_own_name():
    change, _ = read({"name_lines": ["ỦY BAN NHÂN DÂN TỈNH", "SỞ Y TẾ", "TRUNG TÂM Y TẾ"]})
    assert change.letterhead == {"parent_line": "ỦY BAN NHÂN DÂN TỈNH\nSỞ Y TẾ", "name_line": "TRUNG TÂM Y TẾ"}


def test_signers_have_roles_and_days():
    told = {
        "signers": [
            {"post": "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", "name": "Lò Thị Mai", "role": "deputy", "from": "2025-08-01"}
        ]
    }
    change, _ = read(told)
    assert change.letterhead["signers"] == (Signer("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", "Lò Thị Mai", "deputy", "2025-08-01"),)


def test_what_can_be_meant_in_one_way_only_is_taken():
    assert read({"communes": "04456, 04465"})[0].communes == ("04456", "04465")
    assert read({"signers": [{"role": "GIÁM ĐỐC", "name": "Sơn"}]})[0].letterhead["signers"] == (
        Signer("GIÁM ĐỐC", "Sơn"),
    )


def test_the_first_parent_is_the_main_one():
    change, _ = read({"parents": ["15", "CDC-LC"]})
    assert (change.parent, change.letterhead["also_above"]) == ("15", ("CDC-LC",))


def test_null_takes_away_what_may_be_empty():
    change, _ = read({"parent": None, "signers": None, "addressees": None})
    assert (change.parent, change.letterhead) == ("", {"signers": (), "addressees": ()})


@pytest.mark.parametrize(
    ("told", "rule"),
    [
        ("{", "bad_json"),
        ("[]", "bad_json"),
        ('{"level": "area", "level": "commune"}', "bad_json"),
        ("{}", "nothing_told"),
        ({"nme": "x"}, "unknown_key"),
        ({"letterhead": {"communes": ["04456"], "colour": "red"}}, "unknown_key"),
        ({"level": "village"}, "bad_level"),
        ({"level": ["area"]}, "bad_level"),
        ({"communes": 4456}, "bad_value"),
        ({"communes": []}, "bad_value"),
        ({"name": ""}, "bad_value"),
        ({"name": None}, "bad_value"),
        ({"name": 5}, "bad_value"),
        ({"code": " "}, "bad_value"),
        ({"code": "A", "own_code": "B"}, "told_twice"),
        ({"signers": [{"name": "không chức vụ"}]}, "bad_value"),
        ({"signers": [{"post": "GIÁM ĐỐC", "from": "2025-13-01"}]}, "bad_value"),
        ({"signers": [{"post": "GIÁM ĐỐC", "from": "2025-07-02", "to": "2025-07-01"}]}, "bad_value"),
        ({"signers": [{"post": "GIÁM ĐỐC", "role": "king"}]}, "bad_value"),
        ({"signers": [{"role": ["head"], "post": "GIÁM ĐỐC"}]}, "bad_value"),
        ({"signers": [{"post": "GIÁM ĐỐC", "age": 3}]}, "unknown_key"),
        ({"signers": ["GIÁM ĐỐC"]}, "bad_value"),
        ({"office": {"id": "another"}, "place": "x"}, "other_office"),
    ],
    ids=str,
)
def test_what_is_not_understood_takes_nothing(told, rule):
    change, findings = read(told, office="ours")
    assert change is None
    assert {finding.rule for finding in findings} == {rule}
    assert all(finding.file == "đổi.json" for finding in findings)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["post", "from", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*KEYS, "office", "settings", "nonsense"]), anything, max_size=4))
def test_no_content_breaks_the_reader(told):
    change, findings = read(told)
    assert (change is None) == bool(findings)
