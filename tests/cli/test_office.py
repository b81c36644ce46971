"""`office create`, `office show`, `office change`, `units list`."""

import json
import shutil

import pytest

from tests.cli.command import ask, told

DISTRICT = ("--level", "district", "--unit", "137")
ON = ("--as-of", "2024-12-31")


@pytest.fixture
def new(tmp_path):
    return tmp_path / "new.sotramdb"


def create(new, *words):
    return ("office", "create", "--db", new, *words)


def test_a_district_office_serves_the_communes_of_its_district(new):
    made = told(*create(new, *DISTRICT, *ON))
    assert made["office"]["code"] == "137"
    assert made["office"]["as_of"] == "2024-12-31"
    assert len(made["communes"]) == 14
    assert made["communes"][0]["code"] == "04456"
    assert made["plans"] == ["55/KH-UBND-yen-bai", "62-NQ/TU-yen-bai"]


def test_a_district_that_no_longer_exists_is_taken_on_its_last_day(new):
    made = told(*create(new, *DISTRICT, "--today", "2026-07-25"))
    assert made["office"]["as_of"] == "2025-06-30"
    assert any("30/06/2025" in note for note in made["notes"])


def test_an_area_office_is_named_and_serves_what_it_is_told(new):
    words = ("--level", "area", "--unit", "15", "--name", "Trung tâm Y tế khu vực Mù Cang Chải")
    made = told(
        *create(new, *words, "--communes", "04456,04465,04474", "--own-code", "TTKV-01", "--as-of", "2026-01-01")
    )
    assert made["office"]["level"] == "area"
    assert made["office"]["code"] == "TTKV-01"
    assert [commune["code"] for commune in made["communes"]] == ["04456", "04465", "04474"]


def test_a_province_office_serves_all_its_communes(new):
    made = told(*create(new, "--level", "province", "--unit", "15", *ON))
    assert len(made["communes"]) == len(
        [unit for unit in told("units", "list", "--as-of", "2024-12-31", "--under", "15") if unit["kind"] == "commune"]
    )


def test_a_commune_office_serves_itself(new):
    made = told(*create(new, "--level", "commune", "--unit", "04456", *ON))
    assert [commune["code"] for commune in made["communes"]] == ["04456"]


def test_plans_are_chosen_by_code_or_unique_symbol(new):
    made = told(*create(new, *DISTRICT, *ON, "--plan", "62-NQ/TU", "200/KH-UBND-bac-ninh"))
    assert made["plans"] == ["62-NQ/TU-yen-bai", "200/KH-UBND-bac-ninh"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--level", "district", "--unit", "99999"), "unknown_unit"),
        (("--level", "district", "--unit", "04456"), "unknown_unit"),
        (("--level", "commune", "--unit", "137"), "unknown_unit"),
        ((*DISTRICT, "--plan", "1/KH-UBND"), "unknown_plan"),
        (("--level", "area", "--unit", "15", "--name", "x", "--communes", "00000"), "unknown_unit"),
    ],
    ids=lambda part: part if isinstance(part, str) else " ".join(part),
)
def test_what_is_not_known_makes_no_record(new, words, code):
    said = ask(*create(new, *words, *ON))
    assert (said.code, said.error) == (1, code)
    assert list(new.parent.iterdir()) == []


@pytest.mark.parametrize("words", [(), ("--name", "Trung tâm"), ("--communes", "04456")])
def test_an_area_office_needs_a_name_and_communes(new, words):
    assert ask(*create(new, "--level", "area", "--unit", "15", *ON, *words)).code == 2
    assert not new.exists()


def test_a_record_is_never_overwritten(office):
    before = office.read_bytes()
    said = ask("office", "create", "--db", office, *DISTRICT, *ON)
    assert said.code == 1
    assert said.error in {"exists", "record_exists"}
    assert office.read_bytes() == before


def test_a_place_with_spaces_and_vietnamese_letters_is_as_good(tmp_path):
    folder = tmp_path / "Sổ của trạm – năm 2024"
    folder.mkdir()
    told(*create(folder / "sổ trạm.sotramdb", "--level", "commune", "--unit", "04456", *ON))
    assert told("office", "show", "--db", folder / "sổ trạm.sotramdb", "--today", "2024-12-31")["office"]["name"]


def test_the_office_shows_what_it_was_made_with(office):
    shown = told("office", "show", "--db", office, "--today", "2024-12-31")
    assert shown["office"]["level"] == "district"
    assert shown["settings"]["symbol"] == "TTYT"


def test_an_office_whose_district_is_gone_shows_as_on_its_last_day(office):
    shown = told("office", "show", "--db", office, "--today", "2026-07-25")
    assert shown["office"]["as_of"] == "2025-06-30"
    assert len(shown["communes"]) == 14


AREA = {
    "level": "area",
    "unit": "15",
    "name": "Trung tâm Y tế khu vực Mù Cang Chải",
    "own_code": "TTKV-01",
    "communes": ["04456", "04465", "04462", "04474", "04489", "04492", "04630"],
    "settings": {"place": "Mù Cang Chải", "signers": [{"post": "GIÁM ĐỐC", "name": "Hoàng Văn Sơn"}]},
}


@pytest.fixture
def own(office, tmp_path):
    return shutil.copyfile(office, tmp_path / "own.sotramdb")


def change(own, told, *, day="2025-07-01"):
    file = own.with_name("change.json")
    file.write_text(told if isinstance(told, str) else json.dumps(told), encoding="utf-8")
    return ("office", "change", "--db", own, "--from", day, file)


def test_a_district_office_becomes_an_area_office_and_keeps_its_past(own):
    before = told("office", "show", "--db", own, "--as-of", "2025-06-30")
    changed = told(*change(own, AREA))
    assert changed["changed"] is True
    assert (changed["office"]["level"], changed["office"]["code"]) == ("area", "TTKV-01")
    assert changed["office"]["id"] == before["office"]["id"]
    assert [one["code"] for one in changed["communes"]] == sorted(AREA["communes"])
    assert changed["settings"]["signer_name"] == "Hoàng Văn Sơn"
    assert [one["from"] for one in changed["settings"]["dated"]] == [None, "2025-07-01"]
    after = told("office", "show", "--db", own, "--as-of", "2025-06-30")
    assert (after["office"], after["communes"]) == (before["office"], before["communes"])
    assert told("office", "show", "--db", own, "--today", "2026-07-25")["office"]["name"] == AREA["name"]
    told("undo", "--db", own)
    assert told("office", "show", "--db", own, "--as-of", "2025-06-30") == before


def test_what_show_answers_can_be_changed_and_given_back(own):
    shown = told("office", "show", "--db", own, "--as-of", "2024-12-31")
    shown["settings"]["place"] = "Bản Thái"
    changed = told(*change(own, shown, day="2024-06-01"))
    assert changed["changed"] is True
    assert changed["settings"]["place"] == "Bản Thái"
    assert len(changed["communes"]) == 14


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"colour": "red"}, "unknown_key"),
        ({**AREA, "communes": ["04456", "04459"]}, "unknown_unit"),
        ({**AREA, "unit": "99"}, "unknown_unit"),
        ({"level": "area", "unit": "15"}, "area_needs"),
        ("nothing", "bad_json"),
        ({}, "nothing_told"),
    ],
)
def test_a_change_that_cannot_be_changes_nothing(own, wrong, code):
    before = told("office", "show", "--db", own)
    said = ask(*change(own, wrong))
    assert (said.code, said.error) == (1, code)
    assert said.json["changed"] is False
    assert said.json["findings"][0]["advice"]
    assert told("office", "show", "--db", own) == before


def test_a_change_needs_a_day_and_a_file(own):
    assert ask("office", "change", "--db", own, "x.json").code == 2
    assert ask("office", "change", "--db", own, "--from", "2025-07-01").code == 2
    assert ask("office", "change", "--db", own, "--from", "2025-07-01", own.with_name("none.json")).code == 1


def test_units_are_those_of_the_day():
    before = told("units", "list", "--as-of", "2024-12-31", "--under", "137")
    assert [unit["code"] for unit in before][:2] == ["04456", "04459"]
    assert {unit["parent"] for unit in before} == {"137"}
    assert {unit["valid_to"] for unit in before} == {"2025-06-30"}
    assert ask("units", "list", "--as-of", "2026-01-01", "--under", "137").error == "unknown_unit"


def test_a_unit_is_also_found_by_its_uid():
    uid = told("units", "list", "--as-of", "2024-12-31", "--under", "15")[0]["uid"]
    assert told("units", "list", "--as-of", "2024-12-31", "--under", f"uid:{uid}")
    assert ask("units", "list", "--under", "uid:none").error == "unknown_unit"


def test_a_record_knows_the_units_of_its_provinces(office):
    assert told("units", "list", "--db", office, "--as-of", "2024-12-31", "--under", "137") == told(
        "units", "list", "--as-of", "2024-12-31", "--under", "137"
    )
