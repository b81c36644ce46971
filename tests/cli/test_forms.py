"""A form's life, findings kept with a reason, history and undo."""

import pytest

from tests.cli.command import SAMPLES, ask, told

FORM = ("--unit", "04486", "--form", "commune", "--period", "2024")


def step(record, name, *words):
    return ask("submission", name, "--db", record, *FORM, *words)


def findings(record, *words):
    return ask("findings", "--db", record, "--period", "2024", *words).json


def test_a_form_goes_from_entry_to_lock_and_back(district):
    assert step(district, "complete").json["state"] == "complete"
    refused = step(district, "check")
    assert (refused.code, refused.error) == (1, "errors_open")
    errors = [row["id"] for row in findings(district, "--unit", "04486") if row["severity"] == "error"]
    assert errors
    kept = told("findings", "keep", "--db", district, *errors, "--reason", "đã đối chiếu với xã", "--user", "Sơn")
    assert {row["kept"]["reason"] for row in kept["findings"]} == {"đã đối chiếu với xã"}
    assert step(district, "check").json["state"] == "checked"
    assert step(district, "lock").json["state"] == "locked"
    locked = ask("value", "set", "--db", district, *FORM[:2], "--period", "2024", "--element", "stunted", "1")
    assert (locked.code, locked.error) == (1, "form_locked")
    assert step(district, "reopen").error == "reason_needed"
    assert step(district, "reopen", "--reason", "gõ nhầm").json["state"] == "in_entry"


def test_a_form_is_returned_with_a_reason(district):
    step(district, "complete")
    assert step(district, "return").error == "reason_needed"
    assert step(district, "return", "--reason", "xem lại cột 9").json["state"] == "returned"


def test_missing_cells_need_a_reason_and_one_serves_all(office):
    refused = step(office, "complete")
    assert (refused.code, refused.error) == (1, "reason_needed")
    done = step(office, "complete", "--reason", "xã chưa gửi", "--received", "2025-01-14")
    assert done.json["changed"]
    row = next(row for row in told("submission", "list", "--db", office, "--period", "2024") if row["unit"] == "04486")
    assert (row["state"], row["received_on"], row["reason"]) == ("complete", "2025-01-14", "xã chưa gửi")


def test_a_step_taken_twice_changes_nothing(district):
    assert step(district, "complete").json["changed"]
    assert not step(district, "complete").json["changed"]


@pytest.mark.parametrize(
    ("name", "words", "code"),
    [
        ("complete", ("--unit", "99999", "--form", "commune", "--period", "2024"), "unknown_unit"),
        ("complete", ("--unit", "04486", "--form", "village", "--period", "2024"), "unknown_form"),
        ("complete", ("--unit", "04486", "--form", "commune", "--period", "2026"), "unknown_unit"),
        ("check", FORM, "form_state"),
        ("lock", FORM, "form_state"),
        ("return", (*FORM, "--reason", "x"), "form_state"),
        ("reopen", (*FORM, "--reason", "x"), "form_state"),
    ],
)
def test_a_step_that_cannot_be_taken_is_refused(district, name, words, code):
    said = ask("submission", name, "--db", district, *words)
    assert (said.code, said.error) == (1, code)


def test_the_list_has_every_commune_in_register_order(district):
    rows = told("submission", "list", "--db", district, "--period", "2024")
    assert [row["unit"] for row in rows] == [
        unit["code"] for unit in told("units", "list", "--as-of", "2024-12-31", "--under", "137")
    ]
    assert {row["state"] for row in rows} == {"in_entry"}
    assert {row["state"] for row in told("submission", "list", "--db", district, "--period", "2020")} == {"not_started"}


def test_an_error_finding_makes_exit_1_until_it_is_kept(district):
    assert ask("findings", "--db", district, "--period", "2024").code == 1
    assert ask("findings", "--db", district, "--period", "2024", "--form", "village").error == "unknown_form"
    errors = [row["id"] for row in findings(district) if row["severity"] == "error"]
    told("findings", "keep", "--db", district, *errors, "--reason", "đúng")
    assert ask("findings", "--db", district, "--period", "2024").code == 0


def test_cells_of_one_broken_rule_share_their_group(district):
    errors = [row for row in findings(district) if row["severity"] == "error"]
    assert len(errors) == 2
    assert len({row["group"] for row in errors}) == 1
    assert len({row["id"] for row in errors}) == 2


def test_keeping_again_with_the_same_reason_changes_nothing_and_another_figure_asks_again(district):
    finding = next(
        row["id"] for row in findings(district) if row["severity"] == "error" and row["element"] == "stunted"
    )
    keep = ("findings", "keep", "--db", district, finding, "--reason", "đúng")
    assert told(*keep)["changed"]
    told("value", "set", "--db", district, "--unit", "04486", "--period", "2024", "--element", "stunted", "287")
    assert next(row for row in findings(district) if row["id"] == finding)["kept"] is None


def test_findings_that_are_not_there_are_not_kept(district):
    assert ask("findings", "keep", "--db", district, "0123456789ab", "--reason", "x").error == "unknown_finding"
    finding = findings(district)[0]["id"]
    assert ask("findings", "keep", "--db", district, finding, "--reason", " ").error == "reason_needed"
    assert ask("findings", "--db", district, "--period", "2024", "--unit", "99999").error == "unknown_unit"


# ---- history ----

CELL = ("--unit", "04456", "--period", "2024", "--element", "population")


def test_history_says_who_wrote_what_newest_first(office):
    told("value", "set", "--db", office, *CELL, "10", "--user", "Sơn")
    told("value", "set", "--db", office, *CELL, "12", "--user", "Hà")
    rows = [row for row in told("history", "--db", office, *CELL) if row["table"] == "value"]
    assert [row["who"] for row in rows] == ["Hà", "Sơn"]
    assert (rows[0]["before"]["value"], rows[0]["after"]["value"]) == ("10", "12")
    assert (rows[1]["before"], rows[1]["after"]["state"]) == ({}, "number")
    assert rows[0]["sequence"] > rows[1]["sequence"]
    assert {(row["unit"], row["period"], row["element"]) for row in rows} == {("04456", "2024", "population")}


def test_history_asks_for_what_is_known(office):
    assert ask("history", "--db", office, "--unit", "99999", "--period", "2024").error == "unknown_unit"
    assert ask("history", "--db", office, "--element", "nothing").error == "unknown_element"
    assert told("history", "--db", office, "--period", "1999") == []
    assert len(told("history", "--db", office, "--limit", "3")) == 3


def test_history_of_a_commune_that_is_gone_is_asked_for_by_the_code_it_had(office):
    told("value", "set", "--db", office, *CELL, "10")
    for day in ("2024-12-31", "2026-07-25"):
        rows = told("history", "--db", office, "--unit", "04456", "--element", "population", "--today", day)
        assert [row["after"]["value"] for row in rows] == ["10"]


def test_undo_takes_back_and_redo_does_again(office):
    told("value", "set", "--db", office, *CELL, "10")
    told("value", "set", "--db", office, *CELL, "12")
    shown = ("values", "--db", office, "--period", "2024")
    assert told("undo", "--db", office)["changed"]
    assert told(*shown)[0]["value"] == "10"
    assert told("redo", "--db", office)["changed"]
    assert told(*shown)[0]["value"] == "12"
    told("undo", "--db", office)
    told("undo", "--db", office)
    assert ask("undo", "--db", office).error == "nothing_to_undo"
    assert ask("undo", "--db", office, "--user", "somebody else").error == "nothing_to_undo"


def test_an_import_is_undone_as_one(office):
    told("import", "--db", office, SAMPLES / "tong-hop-2022.xlsx")
    told("undo", "--db", office)
    assert told("values", "--db", office, "--period", "2022") == []
    assert ask("redo", "--db", office, "--user", "nobody").error == "nothing_to_redo"


TWO_FORMS = """
format: sotram-catalogue/1
elements:
  - {code: visits, name_vi: Số lượt khám bệnh, type: count, behaviour: flow, level: commune}
  - {code: beds, name_vi: Số giường lưu, type: count, behaviour: stock, level: commune}
forms:
  - {code: monthly, name_vi: Báo cáo tháng, level: commune, periods: month,
     sections: [{number: I, name_vi: Khám, elements: [visits]}]}
  - {code: quarterly, name_vi: Báo cáo quý, level: commune, periods: quarter,
     sections: [{number: I, name_vi: Khám, elements: [visits, beds]}]}
"""


@pytest.mark.parametrize(("period", "form"), [("202408", "monthly"), ("2024Q3", "quarterly")])
def test_a_figure_of_two_forms_begins_the_one_of_its_period(office, tmp_path, period, form):
    file = tmp_path / "biểu.yaml"
    file.write_text(TWO_FORMS, encoding="utf-8")
    told("forms", "install", "--db", office, file)
    told("value", "set", "--db", office, "--unit", "04456", "--period", period, "--element", "visits", "5")
    rows = [row for row in told("submission", "list", "--db", office, "--period", period) if row["unit"] == "04456"]
    assert [(row["form"], row["state"]) for row in rows] == [(form, "in_entry")]


def test_a_figure_of_a_period_no_form_is_for_begins_its_form(office):
    told("value", "set", "--db", office, "--unit", "04456", "--period", "2024Q1", "--element", "population", "5")
    rows = told("submission", "list", "--db", office, "--period", "2024Q1")
    assert [(row["form"], row["state"]) for row in rows] == [("commune", "in_entry")]
