"""`values`, `value set`, `import`: figures in and out as plain text."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.values import plain
from tests.cli.command import SAMPLES, ask, told

CELL = ("--unit", "04456", "--period", "2024", "--element", "population")
EXPECTED = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))


def write(record, *words):
    return told("value", "set", "--db", record, *words)["changed"]


def stored(record, *words, period="2024"):
    return {(row["unit"], row["element"]): row for row in told("values", "--db", record, "--period", period, *words)}


@pytest.mark.parametrize(
    ("element", "text", "state", "value"),
    [
        ("population", "5689", "number", "5689"),
        ("population", "0", "zero", "0"),
        ("population", "0.0", "zero", "0"),
        ("population", "-3", "number", "-3"),
        ("population", "12.50", "number", "12.5"),
        ("population", "", "not_reported", None),
        ("population", "na", "not_applicable", None),
        ("family_medicine", "yes", "yes", None),
        ("family_medicine", "no", "no", None),
        ("family_medicine", "na", "not_applicable", None),
        ("family_medicine", "", "not_reported", None),
    ],
)
def test_a_value_reads_back_as_it_was_set(office, element, text, state, value):
    assert write(office, "--unit", "04456", "--period", "2024", "--element", element, text)
    row = stored(office)["04456", element]
    assert (row["state"], row["value"], row["category"], row["kind"]) == (state, value, "default", "actual")


@pytest.mark.parametrize(
    "text",
    ["yes", "1,5", "1.234,5", "1 234", "một", "1e3", "1E99999999", "NaN", "Infinity", "0x10", "1_000", "٣", "0.00001"],
)
def test_a_number_is_told_in_plain_notation(office, text):
    said = ask("value", "set", "--db", office, *CELL, text)
    assert said.error == "bad_value"
    assert said.code in {1, 2}
    assert stored(office) == {}


def test_yes_and_no_are_for_elements_that_ask_so(office):
    said = ask("value", "set", "--db", office, "--unit", "04456", "--period", "2024", "--element", "ncd_managed", "7")
    assert said.error == "bad_value"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"--unit": "99999"}, "unknown_unit"),
        ({"--unit": "137"}, "communes_report"),
        ({"--unit": "4456"}, "unknown_unit"),
        ({"--unit": "uid:nobody"}, "unknown_unit"),
        ({"--period": "2025"}, "unit_ended"),
        ({"--element": "nothing"}, "unknown_element"),
        ({"--category": "boys"}, "unknown_category"),
    ],
    ids=str,
)
def test_what_is_not_known_is_refused(office, change, code):
    words = {"--unit": "04456", "--period": "2024", "--element": "population"} | change
    said = ask("value", "set", "--db", office, *(part for pair in words.items() for part in pair), "1")
    assert (said.code, said.error) == (1, code)


def test_saying_the_same_again_changes_nothing(office):
    assert write(office, *CELL, "5689")
    assert not write(office, *CELL, "5689")
    assert not write(office, *CELL, "5689.0")
    assert write(office, *CELL, "5690")


def test_kinds_stand_apart(office):
    write(office, *CELL, "10")
    write(office, *CELL, "--kind", "estimate", "11")
    assert stored(office)["04456", "population"]["value"] == "10"
    assert stored(office, "--kind", "estimate")["04456", "population"]["value"] == "11"
    assert stored(office, "--kind", "assigned") == {}


def test_a_note_stays_with_its_value(office):
    write(office, *CELL, "10", "--note", "theo sổ hộ tịch")
    assert stored(office)["04456", "population"]["note"] == "theo sổ hộ tịch"


def test_a_unit_may_be_named_by_its_uid(office):
    uid = told("units", "list", "--db", office, "--as-of", "2024-12-31", "--under", "137")[0]["uid"]
    assert write(office, "--unit", f"uid:{uid}", "--period", "2024", "--element", "population", "10")
    assert stored(office)["04456", "population"]["value"] == "10"


def test_the_sum_says_how_many_reported(office):
    write(office, *CELL, "10")
    write(office, "--unit", "04459", "--period", "2024", "--element", "population", "na")
    row = stored(office, "--unit", "137")["137", "population"]
    assert (row["state"], row["value"], row["reported"], row["expected"]) == ("number", "10", 1, 13)


def test_empty_cells_are_shown_when_asked_for(office):
    assert stored(office) == {}
    rows = stored(office, "--all")
    assert len(rows) == 14 * 17
    assert {row["state"] for row in rows.values()} == {"not_reported"}
    assert len(stored(office, "--all", "--unit", "04456", "--element", "insured")) == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--unit", "99999"), "unknown_unit"),
        (("--element", "nothing"), "unknown_element"),
    ],
)
def test_values_of_what_is_not_known_are_refused(office, words, code):
    said = ask("values", "--db", office, "--period", "2024", *words)
    assert (said.code, said.error) == (1, code)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(-(10**14), 10**14))
def test_every_amount_reads_back_in_plain_decimals(office, amount):
    from desktop.domain.values import amount_value

    text = plain(amount_value(amount))
    write(office, *CELL, text)
    assert stored(office)["04456", "population"]["value"] == text


# ---- import ----


def test_the_sample_years_read_back_as_they_were_typed(district):
    for name, year in EXPECTED["periods"].items():
        period = year["period"]
        if period not in {"2021", "2022", "2023", "2024"}:
            continue
        rows = stored(district, "--all", period=period)
        for unit, cells in year["values"].items():
            for element, typed in cells.items():
                row = rows[unit, element]
                if isinstance(typed, bool):
                    assert row["state"] == ("yes" if typed else "no"), (name, unit, element)
                elif typed is None:
                    assert row["state"] == "not_reported", (name, unit, element)
                else:
                    assert row["value"] == str(typed), (name, unit, element)


def test_importing_again_changes_nothing(district):
    again = told("import", "--db", district, SAMPLES / "tong-hop-2023.xlsx")
    assert (again["written"], again["changed"]) == (0, False)
    assert again["files"][0]["sheets"][0]["accepted"] == 14


def test_a_dry_run_shows_what_would_change_and_changes_nothing(office):
    words = ("import", "--db", office, SAMPLES / "tong-hop-2022.xlsx")
    before = office.read_bytes()
    shown = told(*words, "--dry-run")
    assert not shown["changed"]
    assert office.read_bytes() == before
    done = told(*words)
    assert done["changed"]
    assert (done["written"], done["writes"]) == (shown["written"], shown["writes"])


def test_a_typed_value_is_replaced_only_when_asked(district):
    cell = ("--unit", "04459", "--period", "2023", "--element", "population")
    write(district, *cell, "1")
    kept = told("import", "--db", district, SAMPLES / "tong-hop-2023.xlsx")
    assert (kept["written"], kept["changed"]) == (0, False)
    assert stored(district, period="2023")["04459", "population"]["value"] == "1"
    assert told("import", "--db", district, SAMPLES / "tong-hop-2023.xlsx", "--replace")["written"] == 1


def test_a_title_that_says_another_year_stops_its_sheet(office):
    said = ask("import", "--db", office, SAMPLES / "tong-hop-2022.xlsx", "--period", "2023")
    assert said.code == 1
    assert (said.json["written"], said.json["changed"]) == (0, False)
    assert "error" in {finding["severity"] for finding in said.json["findings"]}


def test_a_missing_file_imports_nothing(office, tmp_path):
    said = ask("import", "--db", office, SAMPLES / "tong-hop-2022.xlsx", tmp_path / "no.xlsx")
    assert (said.code, said.error) == (1, "no_file")
    assert stored(office, period="2022") == {}


@pytest.mark.parametrize("name", ["x.xlsx", "x.xls", "x.ods", "x.csv", "x.docx", "x"])
@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", "không phải bảng".encode()])
def test_a_file_that_is_no_table_is_a_finding_or_a_refusal(office, tmp_path, name, content):
    file = tmp_path / name
    file.write_bytes(content)
    said = ask("import", "--db", office, file)
    assert said.code in {0, 1}
    if "error" not in said.json:
        assert said.json["written"] == 0


def test_what_import_cannot_do_says_so(office):
    words = ("import", "--db", office, SAMPLES / "tong-hop-2022.xlsx")
    assert ask(*words, "--layout", "hospital").code == 2
    assert ask(*words, "--encoding", "latin1").code == 2
