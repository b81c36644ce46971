"""Plans, forms and reports on the command line."""

import hashlib
from pathlib import Path

import pytest

from desktop.system.paths import resource
from tests.cli.command import ask, sotram, told

ON = ("--today", "2025-01-14")
PLANS = (
    "172-KH/TU-tuyen-quang",
    "200/KH-UBND-bac-ninh",
    "55/KH-UBND-yen-bai",
    "62-NQ/TU-yen-bai",
    "102-KH/TU-hai-duong",
)


def test_the_five_plans_are_known_by_the_contracts_codes():
    assert {plan["code"] for plan in told("plan", "list")} == set(PLANS)


@pytest.mark.parametrize("code", PLANS)
def test_a_symbol_that_is_unique_is_as_good_as_the_code(code):
    symbol = code.rsplit("-", 2)[0]
    for part in ("targets", "tasks", "outline"):
        assert told("plan", part, code) == told("plan", part, symbol)


@pytest.mark.parametrize("words", [("targets",), ("tasks",), ("outline",)])
def test_a_plan_nobody_knows_is_refused(words):
    said = ask("plan", *words, "1/KH-UBND")
    assert (said.code, said.error) == (1, "unknown_plan")


def test_the_list_counts_what_the_plan_holds():
    for plan in told("plan", "list"):
        assert plan["targets"] == len(told("plan", "targets", plan["code"]))
        assert plan["tasks"] == len(told("plan", "tasks", plan["code"]))
        assert plan["sections"] == len(told("plan", "outline", plan["code"])["sections"])


def test_targets_of_one_year_are_those_of_the_year():
    every = told("plan", "targets", "62-NQ/TU")
    one = told("plan", "targets", "62-NQ/TU", "--year", "2030")
    assert one == [target for target in every if target["year"] == 2030]
    assert told("plan", "targets", "62-NQ/TU", "--year", "1999") == []


def test_a_shipped_plan_the_office_has_not_taken_up_can_be_read(office):
    code = "200/KH-UBND-bac-ninh"
    assert code not in {plan["code"] for plan in told("plan", "list", "--db", office)}
    assert told("plan", "targets", code, "--db", office) == told("plan", "targets", code)
    assert told("plan", "status", code, "--db", office, "--period", "2024")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("1/KH-UBND", "--period", "2024"), "unknown_plan"),
        (("62-NQ/TU", "--period", "2024", "--unit", "99999"), "unknown_unit"),
    ],
)
def test_a_status_of_what_is_not_known_is_refused(office, words, code):
    said = ask("plan", "status", *words, "--db", office)
    assert (said.code, said.error) == (1, code)


def test_without_figures_no_target_has_a_verdict(office):
    assert {row["status"] for row in told("plan", "status", "62-NQ/TU", "--period", "2024", "--db", office)} <= {
        "no_data",
        "not_measurable",
    }


# ---- catalogue files ----


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"forms: [", b"format: other/1\n", b"- 1\n", b"elements:\n  - code: x\n"]
)
def test_a_file_with_an_error_installs_nothing(office, tmp_path, content):
    file = tmp_path / "biểu mới.yaml"
    file.write_bytes(content)
    before = told("elements", "--db", office), told("forms", "--db", office)
    for words in (("forms", "install"), ("plan", "install")):
        said = ask(*words, file, "--db", office)
        assert said.code == 1
        assert "error" in said.json or not said.json["changed"]
    assert before == (told("elements", "--db", office), told("forms", "--db", office))


def test_installing_the_shipped_file_again_changes_nothing(office):
    done = told("forms", "install", resource("catalogue", "commune-year.yaml"), "--db", office)
    assert (done["new"], done["renewed"], done["changed"]) == ([], [], False)


def test_a_file_that_is_not_there_is_refused(office):
    for words in (("forms", "install"), ("plan", "install")):
        assert ask(*words, "no.yaml", "--db", office).error == "no_file"


# ---- reports ----


def report(record, out, *words):
    return ("report", *(words or ("targets", "--unit", "137")), "--period", "2024", "--out", out, "--db", record, *ON)


def test_the_report_is_the_same_file_for_the_same_record_and_day(district, tmp_path):
    first, second = (
        told(*report(district, tmp_path / name), "--format", "pdf") for name in ("a.pdf", "thư mục mới/b.pdf")
    )
    assert first["sha256"] == second["sha256"]
    for made in (first, second):
        content = Path(made["file"]).read_bytes()
        assert content.startswith(b"%PDF-")
        assert hashlib.sha256(content).hexdigest() == made["sha256"]
    later = told(*report(district, tmp_path / "c.pdf")[:-2], "--format", "pdf", "--today", "2025-02-14")
    assert later["sha256"] != first["sha256"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("targets", "--unit", "99999", "--format", "pdf"), "unknown_unit"),
        (("targets", "--format", "pdf", "--plan", "1/KH"), "unknown_plan"),
        (("targets", "--format", "docx"), "not_built"),
        (("nutrition", "--format", "xlsx"), "not_built"),
        (("targets", "--format", "pdf", "--layout", "party"), "not_built"),
        (("growth", "--format", "pdf"), "unknown_report"),
    ],
)
def test_a_report_that_cannot_be_made_leaves_no_file(district, tmp_path, words, code):
    said = ask(*report(district, tmp_path / "r.pdf", *words))
    assert said.error == code
    assert said.code in {1, 2}
    assert not (tmp_path / "r.pdf").exists()


def test_a_report_to_a_folder_is_refused(district, tmp_path):
    assert ask(*report(district, tmp_path), "--format", "pdf").code == 1


# ---- for people ----


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "words",
    [
        ("office", "show"),
        ("units", "list", "--as-of", "2024-12-31", "--under", "137"),
        ("plan", "list"),
        ("plan", "targets", "62-NQ/TU"),
        ("plan", "tasks", "200/KH-UBND"),
        ("plan", "outline", "102-KH/TU"),
        ("plan", "status", "62-NQ/TU", "--period", "2024"),
        ("elements",),
        ("indicators",),
        ("forms",),
        ("values", "--period", "2024"),
        ("values", "--period", "2024", "--unit", "137"),
        ("submission", "list", "--period", "2024"),
        ("findings", "--period", "2024"),
        ("history",),
        ("check", "--rules"),
        ("report", "list"),
        ("key", "show"),
        ("key", "list"),
        ("package", "status"),
    ],
    ids=" ".join,
)
def test_people_read_lines_and_no_json(district, words, language):
    said = sotram(*words, "--db", district, "--today", "2024-12-31", "--lang", language)
    assert said.code in {0, 1}
    assert said.out.strip()
    assert not said.out.lstrip().startswith(("{", "[{"))
    for leak in ("Sentence(", "Label(", "State.", "None", "Decimal(", "datetime"):
        assert leak not in said.out


def test_what_a_plan_says_twice_and_differently_is_told():
    named = {found["name"]: found for found in told("plan", "outline", "200/KH-UBND")["contradictions"]}
    assert len(named["annex_symbol_and_date"]["places"]) == 3
    tasks = told("plan", "tasks", "55/KH-UBND")
    twice = [task for task in tasks if task["also"]]
    assert all(task["clause"].endswith(task["also"]["clause"]) for task in twice)
    assert {task["number"] for task in tasks if task["differs"]} <= {task["number"] for task in twice}
