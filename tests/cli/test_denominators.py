"""`denominators` and `deadline` at the command line."""

import pytest

from tests.cli.command import SAMPLES, ask, told

KIND = ("--year", "2024", "--population", "average")


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    path = tmp_path_factory.mktemp("cli") / "sổ.sotramdb"
    told("office", "create", "--level", "district", "--unit", "137", "--as-of", "2024-12-31", "--db", path)
    told("import", SAMPLES / "tong-hop-2024.xlsx", "--db", path)
    return path


def test_a_list_is_chosen_and_every_rate_that_moves_is_told(record, tmp_path):
    file = tmp_path / "dân số.csv"
    file.write_text("Mã;Xã;Dân số trung bình\n04456;Thị trấn Mù Căng Chải;11890\n", encoding="utf-8")
    choose = ("denominators", "choose", *KIND, "--from", file, "--source", "Cục Thống kê", "--official", "--db", record)
    dry = ask(*choose, "--dry-run").json
    assert (dry["changed"], dry["chosen"], len(dry["missing"])) == (False, 1, 13)
    moved = {(row["indicator"], row["unit"]): (row["before"], row["after"]) for row in dry["moved"]}
    assert moved["insurance_coverage", "04456"] == ("98.873003", "49.436501")
    done = ask(*choose).json
    assert done["changed"]
    assert done["moved"] == dry["moved"]
    shown = told("denominators", "list", *KIND, "--db", record)
    first = next(row for row in shown if row["unit"] == "04456")
    assert (first["value"], first["typed"], first["source"], first["official"]) == (
        "11890",
        "5945",
        "Cục Thống kê",
        True,
    )
    status = told("plan", "status", "62-NQ/TU", "--period", "2024", "--unit", "04456", "--db", record)
    assert next(row for row in status if row["indicator"] == "insurance_coverage")["value"] == "49.436501"
    assert told("denominators", "clear", *KIND, "--db", record)["changed"]
    assert not told("denominators", "clear", *KIND, "--db", record)["changed"]


def test_a_list_without_source_is_refused(record, tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("Mã;Xã;Dân số trung bình\n04456;Thị trấn Mù Căng Chải;11890\n", encoding="utf-8")
    said = ask("denominators", "choose", *KIND, "--from", file, "--db", record)
    assert (said.code, said.error) == (1, "source_needed")


def test_the_deadline_of_a_form_decides_what_is_on_time(record):
    assert told("deadline", "list", "--period", "2024", "--db", record)[0]["due"] is None
    told("deadline", "set", "--form", "commune", "--working-days", "5", "--db", record)
    told(
        "deadline",
        "set",
        "--form",
        "commune",
        "--unit",
        "04459",
        "--day",
        "20/1",
        "--db",
        record,
        "--today",
        "2024-12-31",
    )
    shown = told("deadline", "list", "--period", "2024", "--db", record, "--today", "2024-12-31")
    assert [(row["unit"], row["due"]) for row in shown] == [(None, "2025-01-08"), ("04459", "2025-01-20")]
    for code in ("04456", "04459"):
        step = ("submission", "complete", "--unit", code, "--form", "commune", "--period", "2024")
        told(*step, "--reason", "chưa có", "--received", "2025-01-15", "--db", record)
    rows = {row["unit"]: row["on_time"] for row in told("submission", "list", "--period", "2024", "--db", record)}
    assert (rows["04456"], rows["04459"], rows["04462"]) == (False, True, None)


@pytest.mark.parametrize(
    "words", [(), ("--none", "--day", "5"), ("--working-days", "0"), ("--day", "31/2"), ("--day", "x")]
)
def test_a_deadline_that_says_nothing_is_a_wrong_use(record, words):
    said = ask("deadline", "set", "--form", "commune", *words, "--db", record)
    assert (said.code, said.error) == (2, "usage")
