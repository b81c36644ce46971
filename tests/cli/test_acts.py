"""`units act`, `undo`, `proposals` on a district's record."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.command import ask, sotram, told

ON = ("--today", "2026-11-22")


def entered(record, folder, *words, **act):
    file = folder / "act.json"
    file.write_text(json.dumps({"date": "2025-07-01", "basis": "NQ 1"} | act), encoding="utf-8")
    return ask("units", "act", file, "--db", record, *ON, *words)


def listed(record, day):
    return {row["code"]: row for row in told("units", "list", "--db", record, "--as-of", day)}


TU_LE = {
    "act": "merge",
    "from": ["04480", "04630"],
    "to": [{"code": "04630", "name": "Xã Tú Lệ", "kind": "commune", "parent": "15"}],
}
FAR = {
    "act": "merge",
    "date": "2027-01-01",
    "from": ["04462", "04456"],
    "to": [{"code": "04456", "name": "Xã Mù Cang Chải", "kind": "commune", "parent": "15"}],
}


def test_a_dry_run_writes_nothing(office, tmp_path):
    said = entered(office, tmp_path, "--dry-run", **FAR)
    assert (said.code, said.json["changed"]) == (0, False)
    assert {row["effect"] for row in said.json["preview"]["units"]} == {"begins", "ends"}
    assert [row["code"] for row in said.json["preview"]["codes"] if row["effect"] == "reused"] == ["04456"]
    assert listed(office, "2027-01-01")["04462"]


def test_an_act_changes_the_register_from_its_day_on_and_undo_restores_it(office, tmp_path):
    days = ("2026-12-31", "2027-01-01")
    before = [listed(office, day) for day in days]
    said = entered(office, tmp_path, **FAR)
    assert (said.code, said.json["changed"]) == (0, True)
    assert listed(office, days[0]) | {"04462": 0, "04456": 0} == before[0] | {"04462": 0, "04456": 0}
    after = listed(office, days[1])
    assert "04462" not in after
    assert after["04456"]["uid"] != before[1]["04456"]["uid"]
    assert (after["04456"]["valid_from"], listed(office, days[0])["04456"]["valid_to"]) == (days[1], days[0])
    undone = ask("units", "undo", said.json["id"], "--db", office)
    assert (undone.code, undone.json["changed"]) == (0, True)
    assert [listed(office, day) for day in days] == before
    assert not ask("units", "undo", said.json["id"], "--db", office).json["changed"]
    assert entered(office, tmp_path, **FAR).json["changed"], "an undone act may be entered again"


def test_the_new_commune_is_served_and_holds_figures_and_then_the_act_stays(office, tmp_path):
    act = {
        "act": "merge",
        "date": "2025-03-10",
        "from": ["04468", "04471"],
        "to": [{"code": "04468", "name": "Xã Mồ Dề"}],
    }
    said = entered(office, tmp_path, **act)
    assert said.code == 0, said
    assert listed(office, "2025-06-30")["04468"]["valid_to"] == "2025-06-30", "its district ends that day"
    told("value", "set", "--unit", "04468", "--element", "population", "--db", office, "--period", "2025Q1", "900")
    undo = ask("units", "undo", said.json["id"], "--db", office)
    assert (undo.code, undo.error) == (1, "act_used")


def test_a_unit_that_the_lists_still_have_later_does_not_end(office, tmp_path):
    act = {"act": "merge", "date": "2025-03-10", "from": ["04462", "04468"], "to": [{"code": "04468"}]}
    said = entered(office, tmp_path, **act)
    assert (said.code, said.json["changed"]) == (1, False)
    assert said.json["findings"][0]["rule"] == "act_depends"


def test_the_map_proposes_and_all_sure_ones_are_confirmed_at_once(office, tmp_path):
    offered = told("units", "proposals", "--db", office)
    assert len(offered) > 80
    assert not any(row["confirmed"] or row["changed"] for row in offered)
    (tu_le,) = [row for row in offered if row["act"]["to"][0]["name"] == "Xã Tú Lệ"]
    assert [(part["code"], part["whole"], part["second_source"]) for part in tu_le["parts"]] == [
        ("04480", True, "agrees"),
        ("04630", True, "agrees"),
    ]
    assert (tu_le["sure"], tu_le["mine"]) == (True, True)
    assert told("units", "proposals", "--confirm", tu_le["id"], "--basis", "NQ 1673", "--db", office)["changed"]
    same = entered(office, tmp_path, **TU_LE)
    assert (same.code, same.json["changed"], same.json["id"]) == (0, False, tu_le["id"])
    done = told("units", "proposals", "--confirm-sure", "--db", office)
    assert done["changed"]
    left = [row for row in told("units", "proposals", "--db", office) if not row["confirmed"]]
    assert left
    assert not any(row["sure"] for row in left)
    assert not told("units", "proposals", "--confirm-sure", "--db", office)["changed"]


def test_what_is_proposed_can_be_entered_as_it_is_told(office, tmp_path):
    offered = [row for row in told("units", "proposals", "--db", office) if row["mine"]]
    file = tmp_path / "acts.json"
    file.write_text(json.dumps(offered, ensure_ascii=False), encoding="utf-8")
    said = ask("units", "act", file, "--db", office)
    assert (said.code, said.json["changed"]) == (0, True)
    assert said.json["id"] == [row["id"] for row in offered]


def test_one_refused_act_of_a_file_keeps_all_out(office, tmp_path):
    file = tmp_path / "acts.json"
    file.write_text(json.dumps([TU_LE | {"date": "2025-07-01", "basis": "b"}, FAR | {"basis": ""}]), encoding="utf-8")
    said = ask("units", "act", file, "--db", office)
    assert (said.code, said.json["changed"]) == (1, False)
    assert not any(row["confirmed"] for row in told("units", "proposals", "--db", office))


def test_plain_undo_passes_an_act_by(office, tmp_path):
    assert entered(office, tmp_path, **FAR).code == 0
    assert ask("undo", "--db", office).code == 1
    assert "04462" not in listed(office, "2027-01-01")


def test_history_before_the_lists_is_entered_with_names(office, tmp_path):
    olds = [{"code": "04479", "name": "Xã Khao Mang Cũ", "kind": "commune", "parent": "137"}, "04462"]
    act = {"act": "merge", "date": "2020-02-01", "from": olds, "to": [{"code": "04462", "name": "Xã Nậm Có"}]}
    said = entered(office, tmp_path, **act)
    assert (said.code, said.json["changed"]) == (0, True), said
    before = listed(office, "2020-01-31")
    assert (before["04479"]["name"], before["04479"]["valid_to"]) == ("Xã Khao Mang Cũ", "2020-01-31")
    assert before["04462"]["uid"] != listed(office, "2020-02-01")["04462"]["uid"]


@pytest.mark.parametrize(
    ("act", "rule"),
    [
        ({"act": "melt"}, "act_kind"),
        ({"act": "merge", "date": "2025-02-30"}, "act_date"),
        ({"act": "merge", "date": 7}, "act_date"),
        ({"act": "merge", "date": "0001-01-01"}, "act_date"),
        ({"act": "merge", "from": "04480"}, "act_shape"),
        ({"act": "merge", "from": [7]}, "act_shape"),
        ({"act": "merge", "from": [{"code": ["x"]}]}, "act_shape"),
        ({"act": "merge", "to": [None]}, "act_shape"),
        ({"act": "merge", "to": [{"code": "1", "kind": "planet"}]}, "act_unit_kind"),
        (TU_LE | {"shares": [{"from": "04480", "to": "04630", "share": 1.5}]}, "act_share"),
        (TU_LE | {"shares": [{"from": "04480", "to": "04630", "share": "1e999999999"}]}, "act_share"),
        (TU_LE | {"shares": [{"from": "04480", "to": "04630", "share": float("nan")}]}, "act_share"),
        (TU_LE | {"shares": [{"from": "99", "to": "04630", "share": 1}]}, "act_share_place"),
        (TU_LE | {"from": ["99999"]}, "act_unknown"),
        (TU_LE | {"from": ["\ud800"]}, "act_shape"),
        (TU_LE | {"basis": ""}, "act_basis"),
        ({"act": "move", "date": "2026-01-01", "from": ["15"], "to": [{"parent": "04630"}]}, "act_rank"),
    ],
)
def test_what_is_wrong_in_an_act_is_a_finding(office, tmp_path, act, rule):
    said = entered(office, tmp_path, **act)
    assert (said.code, said.json["changed"]) == (1, False)
    assert rule in {finding["rule"] for finding in said.json["findings"]}


@pytest.mark.parametrize("data", [b"", b"{", b"7", b"[]", b"[[]]", b"\xff", b"[" * 5000, b'"x"'])
def test_a_file_that_is_no_act_is_refused(office, tmp_path, data):
    (tmp_path / "x.json").write_bytes(data)
    said = ask("units", "act", tmp_path / "x.json", "--db", office)
    assert (said.code, said.error) == (1, "bad_act")


def test_unknown_ids_are_refused(office):
    assert ask("units", "undo", "x", "--db", office).error == "unknown_act"
    assert ask("units", "proposals", "--confirm", "x", "--db", office).error == "unknown_proposal"
    assert ask("units", "act", "no.json", "--db", office).error == "no_file"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(["04480", "04630"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["code", "name", "share"]), inner),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.fixed_dictionaries(
        {"act": st.sampled_from(["merge", "split", "rename", "establish", "move"]) | json_values},
        optional={
            "date": st.sampled_from(["2025-07-01", "2020-01-01"]) | json_values,
            "basis": st.just("NQ") | json_values,
            "from": st.lists(json_values, max_size=3) | json_values,
            "to": st.lists(json_values, max_size=3) | json_values,
            "shares": json_values,
        },
    )
)
def test_no_act_is_a_fault_of_the_program(made_office, tmp_path, act):
    file = tmp_path / "act.json"
    file.write_text(json.dumps(act), encoding="utf-8")
    assert sotram("units", "act", file, "--dry-run", "--json", "--db", made_office).code in (0, 1)


def test_people_read_what_an_act_does(office, tmp_path):
    (tmp_path / "a.json").write_text(json.dumps(FAR | {"basis": "NQ 1"}), encoding="utf-8")
    said = sotram("units", "act", tmp_path / "a.json", "--db", office, "--lang", "vi")
    assert "Xã Nậm Có" in said.out
    assert sotram("units", "proposals", "--db", office, "--lang", "vi").code == 0


def test_a_refused_act_says_so_as_every_refusal(office, tmp_path):
    said = entered(office, tmp_path, **(FAR | {"basis": ""}))
    assert (said.code, said.error, said.json["changed"]) == (1, "act_basis", False)
    assert set(said.json["error"]) == {"code", "title", "advice"}
    assert said.json["findings"][0]["rule"] == "act_basis"


def test_units_are_listed_as_the_official_lists_have_them(office):
    before = [row["code"] for row in told("units", "list", "--as-of", "2025-06-30", "--under", "15", "--db", office)]
    assert before[:4] == ["132", "04249", "04252", "04255"], "a district stands before its communes"
    after = [row["code"] for row in told("units", "list", "--as-of", "2025-07-01", "--under", "15", "--db", office)]
    assert after == sorted(after), "communes that went on stand among the new ones"
    assert after[0] == "02647"
