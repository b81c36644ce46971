"""`children` and `erase`: the list, who looked, and a child of whom nothing is left."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop.application import access, children, records, weighing
from desktop.application.children import NewChild
from desktop.application.weighing import NewSession
from desktop.cli import child_care
from desktop.domain.child_care import Care, Degree, Outcome, Supplement
from desktop.domain.children import Measurement, Presence, Sex, Status
from tests.cli.command import ask, told
from tests.contract.schemas import faults

JUNE = date(2024, 6, 1)
ON = ("--today", "2024-12-31")
SECRET = "Vàng Mỷ Kín"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    db = tmp_path / "sổ.sotramdb"
    said = ask("office", "create", "--level", "district", "--unit", "137", "--as-of", "2024-12-31", "--db", db, *ON)
    assert said.code == 0, said
    with records.open_record(db, actor="lan") as record:
        first, second = children.meant(record, unit=None, day=JUNE)[:2]
        uids = children.register(
            record,
            new=[
                NewChild(first, SECRET, Sex.FEMALE, date(2022, 12, 24), "bản Mỏ", "Mông", "Lý Thị Mờ Kín"),
                NewChild(first, "Lù Thị Chống", Sex.FEMALE, date(2019, 12, 9)),
                NewChild(second, "Giàng A Ớt", Sex.MALE, date(2020, 10, 9)),
                NewChild(second, "Cứ A Dê", None, None),
            ],
        ).uids
        held, _ = weighing.open_session(record, new=NewSession(None, JUNE))
        weighing.measure(
            record,
            measurements=[
                Measurement(uids[0], JUNE, held.uid, 8800, 783, oedema=True),
                Measurement(uids[1], JUNE, held.uid, 14400, 961),
                Measurement(uids[2], JUNE, held.uid, absent=True),
            ],
        )
        weighing.measure(record, measurements=[Measurement(uids[1], date(2024, 9, 3), None, 15000, 980)])
        children.say_status(record, status=Status(uids[2], date(2024, 9, 1), Presence.MOVED_OUT))
    return db


def listed(db: Path, *words: str) -> list[dict[str, object]]:
    said = ask("children", *words, "--db", db, *ON)
    assert said.code == 0, said
    assert faults("children", said.json) == []
    return said.json


def test_the_list_gives_each_child_with_its_measurements(office: Path) -> None:
    found = {one["name"]: one for one in listed(office)}
    assert list(found) == ["Lù Thị Chống", SECRET, "Cứ A Dê", "Giàng A Ớt"]
    assert found[SECRET] | {"uid": "", "unit": ""} == {
        "uid": "",
        "unit": "",
        "name": SECRET,
        "sex": "f",
        "birth_date": "2022-12-24",
        "status": "present",
        "measurements": [
            {
                "date": "2024-06-01",
                "weight": "8.8",
                "lenhei": "78.3",
                "measure": None,
                "oedema": True,
                "absent": False,
                "age_days": 525,
            }
        ],
    }
    assert found["Lù Thị Chống"]["status"] == "turned_five"
    assert found["Giàng A Ớt"]["status"] == "moved_out"
    assert found["Cứ A Dê"]["birth_date"] is None


def test_a_session_lists_whom_it_found_and_if_asked_whom_it_looked_for(office: Path) -> None:
    found = listed(office, "--session", "2024-06-01")
    assert [one["name"] for one in found] == ["Lù Thị Chống", SECRET, "Giàng A Ớt"]
    assert [len(one["measurements"]) for one in found] == [1, 1, 1]
    assert len(listed(office, "--session", "2024-06-01", "--expected")) == 4
    assert listed(office, "--session", "2024-06-02") == []


def test_a_unit_lists_its_own_and_an_unknown_one_is_refused(office: Path) -> None:
    codes = {one["unit"] for one in listed(office)}
    for code in codes:
        assert {one["unit"] for one in listed(office, "--unit", code)} == {code}
    assert ask("children", "--unit", "99999", "--db", office, *ON).error == "unknown_unit"


def test_every_look_is_noted_without_a_name(office: Path) -> None:
    listed(office)
    listed(office, "--session", "2024-06-01")
    with records.open_record(office) as record:
        assert [(one.what, one.about, one.rows) for one in access.log(record)] == [
            ("session", "2024-06-01", 3),
            ("list", "", 4),
        ]


def test_a_history_that_names_children_is_a_look_too(office: Path) -> None:
    assert ask("history", "--element", "measured", "--db", office, *ON).code == 0
    assert SECRET in ask("history", "--db", office, *ON).out
    with records.open_record(office) as record:
        assert [(one.what, one.about, one.rows) for one in access.log(record)] == [("list", "history", 4)]


def test_an_erased_child_is_nowhere(office: Path, tmp_path: Path) -> None:
    (uid,) = [one["uid"] for one in listed(office) if one["name"] == SECRET]
    refused = ask("erase", "--child", uid, "--reason", "đơn của vang my kin", "--db", office, *ON)
    assert (refused.code, refused.error) == (1, "reason_names")
    assert ask("erase", "--child", "x", "--reason", "đơn số 1", "--db", office, *ON).error == "no_child"
    assert ask("erase", "--child", uid, "--reason", " ", "--db", office, *ON).error == "reason_needed"
    said = ask("erase", "--child", uid, "--reason", "đơn số 12", "--db", office, *ON)
    assert (said.code, faults("erase", said.json)) == (0, [])
    assert said.json["erased"] == uid
    assert (said.json["journal_rows_redacted"], said.json["partners"], said.json["scrubbed"]) == (4, [], True)
    assert SECRET not in {one["name"] for one in listed(office)}
    assert ask("backup", "--to", tmp_path / "b", "--db", office, *ON).code == 0
    for path in tmp_path.rglob("*"):
        if path.is_file():
            for secret in (SECRET, "vang my kin", "Lý Thị Mờ Kín", "2022-12-24", "bản Mỏ"):
                assert secret.encode() not in path.read_bytes(), path.name
    assert ask("check", "--db", office, *ON).json["ok"] is True
    assert ask("history", "--db", office, *ON).code == 0
    again = ask("erase", "--child", uid, "--reason", "đơn số 12", "--db", office, *ON)
    assert (again.code, again.json["changed"]) == (0, False)


def test_a_form_is_fed_from_the_list_after_a_look(office: Path) -> None:
    words = ("children", "feed", "--period", "2024", "--db", office, *ON)
    looked = ask(*words, "--dry-run").json
    assert (looked["changed"], {one["element"] for one in looked["written"]}) == (
        False,
        {"measured", "stunted", "underweight"},
    )
    assert "children_given_zinc" in looked["lacking"]
    done = ask(*words).json
    assert (done["changed"], done["written"]) == (True, looked["written"])
    assert ask(*words).json["changed"] is False
    refused = ask(*words, "--session", "2024-05-01")
    assert (refused.code, refused.error) == (1, "no_session")
    assert ask(*words, "--session", "2024-06-01", "--dry-run").code == 0


def test_supplements_and_treatments_are_written_and_listed(office: Path) -> None:
    uid = next(str(one["uid"]) for one in listed(office) if one["name"] == SECRET)
    child = ("--child", uid, "--db", office, *ON)
    assert ask("children", "give", *child, "--what", "vitamin_a", "--date", "2024-06-01").json == {"changed": True}
    treat = ("children", "treat", *child, "--since", "2024-06-01", "--degree", "severe", "--care", "outpatient")
    assert ask(*treat, "--muac", "112").json == {"changed": True}
    (line,) = ask("children", "register", "--period", "2024", "--db", office, *ON).json
    assert (line["name"], line["muac"], line["oedema"], line["until"]) == (SECRET, 112, True, None)
    refused = ask(*treat, "--until", "2024-08-01")
    assert (refused.code, refused.error) == (1, "bad_treatment")


def test_sessions_are_listed_under_the_commune_of_their_day_whatever_became_of_it(office: Path) -> None:
    with records.open_record(office, actor="lan") as record:
        communes = children.meant(record, unit=None, day=JUNE)
        for unit in reversed(communes[:2]):
            weighing.open_session(record, new=NewSession(unit, date(2024, 7, 1)))
    listed = ask("children", "sessions", "--db", office, "--today", "2026-11-22").json
    assert [(one["first"], one["unit"]) for one in listed] == [
        ("2024-06-01", None),
        ("2024-07-01", "04456"),
        ("2024-07-01", "04459"),
    ]


def test_papers_are_of_one_session_or_one_village(office: Path, tmp_path: Path) -> None:
    paper = ("--period", "2024", "--format", "pdf", "--out", tmp_path / "x.pdf", "--db", office, *ON)
    assert ask("report", "weighing-list", *paper, "--session", "2024-06-01", "--village", "ban mo").code == 0
    assert ask("report", "acute-malnutrition", *paper).code == 0
    refused = ask("report", "weighing-list", *paper, "--session", "2024-06-02")
    assert (refused.code, refused.error) == (1, "no_session")
    assert ask("report", "targets", *paper, "--village", "Mỏ").code == 2


def test_the_words_of_care_are_those_of_the_nouns() -> None:
    for words, noun in (
        (child_care.SUPPLEMENTS, Supplement),
        (child_care.DEGREES, Degree),
        (child_care.CARES, Care),
        (child_care.OUTCOMES, Outcome),
    ):
        assert words == tuple(one.value for one in noun)


def test_a_commune_of_area_three_is_told_and_listed(office):
    area = ("units", "area", "--unit", "04465", "--from", "2021-06-04", "--db", office)
    assert told(*area, "--area", "III", "--basis", "Quyết định 861/QĐ-TTg")["changed"]
    assert not told(*area, "--area", "III")["changed"]
    assert told(*area, "--hard", "yes")["changed"]
    (found,) = told("units", "areas", "--unit", "04465", "--as-of", "2024-12-31", "--db", office)
    assert (found["area"], found["especially_disadvantaged"]) == ("III", True)
    assert ask(*area, "--area", "IV").code == 2


def test_a_damaged_record_is_said_and_tells_nobodys_name(office: Path) -> None:
    told_of, _, rest = SECRET.partition(" ")
    office.write_bytes(
        office.read_bytes().replace(SECRET.encode(), b"\xff" * len(told_of.encode()) + f" {rest}".encode())
    )
    said = ask("children", "--db", office, *ON)
    assert (said.code, said.error) == (1, "damaged")
    checked = ask("check", "--db", office, *ON)
    assert (checked.code, checked.json["ok"]) == (1, False)
    assert rest not in checked.out + checked.err


def test_results_have_rates_with_limits_in_every_group(office: Path) -> None:
    found = told("children", "results", "--period", "2024", "--db", office, *ON)
    assert faults("children-results", found) == []
    assert (found["total"]["listed"], found["total"]["measured"]) == (3, 2)
    wasting = found["total"]["forms"]["wasting"]
    assert (wasting["counted"], wasting["grade_2"], wasting["rate"]) == (2, 1, "50")
    assert (wasting["lower"], wasting["upper"]) == ("9.453121", "90.546879")
    for by in ("communes", "ages", "sexes", "villages", "ethnic"):
        assert sum(one["measured"] for one in found["groups"] if one["by"] == by) == 2, by
    some = told("children", "results", "--period", "2024", "--by", "sexes", "--session", "2024-06-01", "--db", office)
    assert {one["by"] for one in some["groups"]} == {"sexes"}


def test_the_follow_up_list_says_why_and_is_logged(office: Path) -> None:
    found = told("children", "follow", "--as-of", "2024-12-31", "--db", office)
    assert faults("children-follow", found) == []
    assert [(one["name"], one["why"]) for one in found if one["name"] == SECRET] == [(SECRET, ["severe", "overdue"])]
    with records.open_record(office) as record:
        assert SECRET not in repr(access.log(record))
        assert access.log(record)
