"""One record across the reform of 1 July 2025: every figure on the old and on the new boundaries, and both on paper."""

import json
import shutil
from datetime import date
from fractions import Fraction

import pytest

from desktop.application.entry import matrix
from desktop.application.records import open_record
from desktop.domain.periods import Period
from tests.cli.command import SAMPLES, ask, told
from tests.contract.schemas import faults

OLD, NEW = "2025-06-30", "2025-07-01"
AREA = {
    "level": "area",
    "unit": "15",
    "name": "Trung tâm Y tế khu vực Mù Cang Chải",
    "code": "KVMCC",
    "communes": ["04456", "04465", "04462", "04474", "04489", "04492", "04630"],
}
PARTS = {
    "04456": ("04456", "04468", "04471", "04477"),
    "04462": ("04462",),
    "04465": ("04459", "04465"),
    "04474": ("04474",),
    "04489": ("04489",),
    "04492": ("04483", "04486", "04492", "04495"),
    "04630": ("04480", "04630"),
}
EXPECTED = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))["periods"]
ON = ("--today", "2025-12-31")


@pytest.fixture(scope="module")
def across(tmp_path_factory):
    """The district's office with its years, made an area centre on 1 July 2025 with its nine months."""
    folder = tmp_path_factory.mktemp("across")
    record = folder / "sổ.sotramdb"
    told("office", "create", "--db", record, "--level", "district", "--unit", "137", "--as-of", OLD)
    years = [SAMPLES / f"tong-hop-{year}.xlsx" for year in ("2022", "2023", "2024")]
    told("import", *years, *(SAMPLES / f"luy-ke-2025-{months}-thang.xlsx" for months in (3, 6)), "--db", record, *ON)
    change = folder / "change.json"
    change.write_text(json.dumps(AREA), encoding="utf-8")
    told("office", "change", "--from", NEW, change, "--db", record, *ON)
    told("import", SAMPLES / "luy-ke-2025-9-thang-xa-moi.xlsx", "--db", record, *ON)
    return record


@pytest.fixture
def own(across, tmp_path):
    return shutil.copyfile(across, tmp_path / "own.sotramdb")


def values(record, period, *words):
    said = told("values", "--db", record, "--period", period, *words, *ON)
    assert faults("values", said) == []
    return said


def by_unit(rows):
    return {row["unit"]: row for row in rows}


def of_sample(period, unit, element):
    [sheet] = [one for name, one in EXPECTED.items() if name.startswith(f"{period}|")]
    return sheet["values"][unit].get(element)


@pytest.mark.parametrize("element", ["live_births", "insured", "population", "deaths_under1"])
def test_counts_of_the_old_communes_add_up_to_the_new(across, element):
    found = by_unit(values(across, "2024", "--boundaries", NEW, "--element", element))
    for new, olds in PARTS.items():
        if new != "04630":
            known = [of_sample("2024", old, element) for old in olds]
            reported = [each for each in known if each is not None]
            assert (found[new]["value"], found[new]["reported"]) == (str(sum(reported)), len(reported)), new
            assert found[new]["expected"] == len(olds)


def test_a_part_of_another_district_is_named_as_missing(across):
    tu_le = by_unit(values(across, "2024", "--boundaries", NEW, "--element", "live_births"))["04630"]
    assert (tu_le["state"], tu_le["reason"], tu_le["value"]) == ("not_computable", "outside_record", None)
    assert tu_le["missing"] == [{"unit": "04630", "name": "Xã Tú Lệ"}]
    assert (tu_le["reported"], tu_le["expected"]) == (1, 2)
    [whole] = values(across, "2024", "--boundaries", NEW, "--element", "live_births", "--unit", "KVMCC")
    assert (whole["state"], whole["reason"], whole["expected"]) == ("not_computable", "outside_record", 15)


def test_the_missing_part_is_brought_in_as_history_and_belongs_to_no_old_total(own):
    before = values(own, "2024", "--unit", "137", "--element", "live_births")
    refused = ask("value", "set", "--db", own, "--unit", "04630", "--period", "2024", "--element", "live_births", "40")
    assert refused.error == "unknown_unit"
    kept = told("units", "history", "--db", own, "--unit", "04630", "--as-of", OLD, "--basis", "NQ 1673/NQ-UBTVQH15")
    assert kept["units"] == [{"code": "04630", "name": "Xã Tú Lệ"}]
    told("value", "set", "--db", own, "--unit", "04630", "--period", "2024", "--element", "live_births", "40")
    found = by_unit(values(own, "2024", "--boundaries", NEW, "--element", "live_births"))["04630"]
    assert (found["value"], found["reported"]) == (str(of_sample("2024", "04480", "live_births") + 40), 2)
    assert values(own, "2024", "--unit", "137", "--element", "live_births") == before
    [whole] = values(own, "2024", "--boundaries", NEW, "--element", "live_births", "--unit", "KVMCC")
    assert int(whole["value"]) == int(before[0]["value"]) + 40
    told("units", "history", "--db", own, "--unit", "04630", "--as-of", OLD, "--remove")
    told("undo", "--db", own)
    assert told("units", "history", "--db", own)["units"]


def test_a_centre_made_after_the_reform_names_what_nobody_brought_in(tmp_path):
    record = tmp_path / "khu-vực.sotramdb"
    seat = ("--unit", "15", "--name", AREA["name"], "--own-code", "KVMCC", "--communes", ",".join(AREA["communes"]))
    told("office", "create", "--db", record, "--level", "area", *seat, "--as-of", NEW)
    told("import", SAMPLES / "tong-hop-2024.xlsx", "--db", record, *ON)
    cell = ("--boundaries", NEW, "--element", "live_births")
    found = by_unit(values(record, "2024", *cell))
    assert found["04456"]["reported"] == 4
    assert (found["04630"]["reason"], found["04630"]["missing"][0]["unit"]) == ("outside_record", "04630")
    told("value", "set", "--db", record, "--unit", "04630", "--period", "2023", "--element", "live_births", "30")
    partly = by_unit(values(record, "2024", *cell))["04630"]
    assert (partly["reported"], partly["expected"]) == (1, 2)


def test_history_is_imported_from_a_workbook_of_the_other_district(own, tmp_path):
    told("units", "history", "--db", own, "--unit", "04630", "--as-of", OLD)
    file = tmp_path / "van-chan.csv"
    file.write_text(
        "Huyện Văn Chấn: tổng hợp năm 2024\nMã;Xã;Trẻ đẻ sống;Dân số trung bình\n"
        "04630;Xã Tú Lệ;40;3500\n04633;Xã Nậm Búng;44;4100\n",
        encoding="utf-8",
    )
    done = told("import", file, "--db", own, "--period", "2024", *ON)
    assert done["written"] == 2
    assert [one["rule"] for one in done["findings"] if one["severity"] == "error"] == ["import.unknown_unit"]
    assert by_unit(values(own, "2024", "--boundaries", NEW, "--element", "population"))["04630"]["reported"] == 2


def test_answers_become_so_many_of_those_that_reported(across):
    found = by_unit(values(across, "2024", "--boundaries", NEW, "--element", "ncd_managed"))
    yes = [of_sample("2024", old, "ncd_managed") for old in PARTS["04456"]]
    assert found["04456"]["state"] == "number"
    assert (found["04456"]["value"], found["04456"]["reported"]) == (str(sum(yes)), 4)
    assert found["04462"]["state"] in ("yes", "no")


def test_a_merged_figure_is_never_divided_onto_the_old_communes(across):
    found = by_unit(values(across, "2025NineMonths", "--boundaries", OLD, "--element", "live_births"))
    assert len(found) == 14
    known = {unit for unit, row in found.items() if row["state"] != "not_computable"}
    assert known == {"04462", "04474", "04489"}
    assert {row["reason"] for unit, row in found.items() if unit not in known} == {"split_without_shares"}
    assert found["04459"]["missing"] == [{"unit": "04465", "name": "Xã Khao Mang"}]


def test_a_quarter_across_the_reform_is_the_difference_of_its_two_sides(across):
    found = by_unit(values(across, "2025Q3", "--element", "live_births"))
    first_half = sum(of_sample("2025S1", old, "live_births") for old in PARTS["04456"])
    nine_months = of_sample("2025NineMonths", "04456", "live_births")
    assert found["04456"]["value"] == str(nine_months - first_half)
    assert found["04456"]["derived"] is True


def test_a_quarter_whose_other_side_lies_outside_says_so_and_is_not_left_out(across):
    """Tú Lệ's nine months are typed, its first half belongs to another district: its third quarter cannot be had."""
    found = by_unit(values(across, "2025Q3", "--element", "live_births"))
    assert len(found) == 7
    assert (found["04630"]["state"], found["04630"]["reason"]) == ("not_computable", "outside_record")
    assert [one["name"] for one in found["04630"]["missing"]] == ["Xã Tú Lệ"]


def test_a_year_across_the_reform_is_built_from_both_sides(own):
    cell = ("--db", own, "--element", "live_births", "--unit", "04456")
    told("value", "set", *cell, "--period", "2025S2", "300")
    told("value", "set", "--db", own, "--element", "insured", "--unit", "04456", "--period", "2025S2", "19000")
    first_half = sum(of_sample("2025S1", old, "live_births") for old in PARTS["04456"])
    [year] = values(own, "2025", "--unit", "04456", "--element", "live_births")
    assert (year["value"], year["derived"]) == (str(first_half + 300), True)
    [stock] = values(own, "2025", "--unit", "04456", "--element", "insured")
    assert stock["value"] == "19000"
    [old] = values(own, "2025", "--unit", "04468", "--element", "live_births", "--boundaries", OLD)
    assert (old["state"], old["reason"]) == ("not_computable", "split_without_shares")


def test_a_whole_year_on_a_commune_that_ended_in_it_is_refused_with_advice(own, tmp_path):
    said = ask("value", "set", "--db", own, "--unit", "04468", "--period", "2025", "--element", "live_births", "40")
    assert (said.code, said.error) == (1, "unit_ended")
    assert "Xã Mù Cang Chải" in said.json["error"]["advice"]
    file = tmp_path / "ca-nam.csv"
    file.write_text(
        "Tổng hợp năm 2025\nXã;Trẻ đẻ sống\nXã Hồ Bốn;50\nXã Khao Mang;90\nXã Nậm Có;100\n", encoding="utf-8"
    )
    done = told("import", file, "--db", own, "--period", "2025", *ON)
    ended = [one for one in done["findings"] if one["rule"] == "import.unit_ended"]
    assert len(ended) == 2
    assert all(one["severity"] == "error" and one["advice"] for one in ended)
    assert done["written"] == 1
    rows = by_unit(values(own, "2025", "--element", "live_births"))
    assert rows["04462"]["value"] == "100"
    assert "derived" not in rows["04462"]
    assert "04465" not in rows


def test_a_period_of_which_nothing_is_known_yet_has_no_rows(across):
    assert values(across, "2025") == []
    assert values(across, "2025", "--unit", "KVMCC") == []
    for day in ("2025-12-31", NEW, OLD):
        assert values(across, "2025", "--boundaries", day) == [], day
    assert len(values(across, "2025", "--unit", "KVMCC", "--all")) > 10
    quarter = {row["element"] for row in values(across, "2025Q2", "--unit", "04456", "--boundaries", NEW)}
    assert {"live_births", "insured", "population"} <= quarter


def test_what_does_not_follow_says_why_whether_its_element_is_named_or_not(across):
    """The third quarter is nine months less six; half of new Tú Lệ's six months lie in another record."""
    for words in ((), ("--element", "live_births")):
        rows = [row for row in values(across, "2025Q3", *words) if row["element"] == "live_births"]
        found = by_unit(rows)
        assert (found["04456"]["state"], found["04630"]["reason"]) == ("number", "outside_record"), words
        [whole] = [
            row for row in values(across, "2025Q3", "--unit", "KVMCC", *words) if row["element"] == "live_births"
        ]
        assert (whole["reason"], [one["unit"] for one in whole["missing"]]) == ("outside_record", ["04630"]), words
        old = by_unit(
            row for row in values(across, "2025Q3", "--boundaries", OLD, *words) if row["element"] == "live_births"
        )
        assert (old["04462"]["state"], old["04456"]["reason"]) == ("number", "split_without_shares"), words


def test_the_window_works_out_the_same_figures_across_the_act(across):
    """The grid's third quarter of a merged commune is its nine months less what its parts had in six."""
    with open_record(across, today=date(2025, 12, 31)) as record:
        shown = matrix(record, form="commune", period=Period.parse("2025Q3"), checked=False)
    place = next(column.number - 1 for column in shown.columns if column.element.code == "live_births")
    figures = {row.commune.code: row.cells[place].counted for row in shown.rows}
    told_so = by_unit(values(across, "2025Q3", "--element", "live_births"))
    for code, row in told_so.items():
        amount = figures[code].number
        assert (None if amount is None else str(amount)) == row["value"], code
    assert (shown.totals[place].reported, shown.totals[place].expected) == (6, 7)


# ---- divided by shares ----

SPLIT = {
    "act": "split",
    "date": "2026-01-01",
    "basis": "Nghị quyết thử",
    "from": ["04456"],
    "to": [{"code": code, "name": f"Xã {code}", "kind": "commune", "parent": "15"} for code in ("90001", "90002")],
    "shares": [
        {"from": "04456", "to": "90001", "share": "0.4", "basis": "dân số 2025"},
        {"from": "04456", "to": "90002", "share": "0.6", "basis": "dân số 2025"},
    ],
}


def act(record, told_act):
    file = record.with_suffix(".json")
    file.write_text(json.dumps(told_act, ensure_ascii=False), encoding="utf-8")
    return told("units", "act", file, "--db", record, "--today", "2026-12-31")


def test_a_divided_commune_is_estimated_by_shares_marked_and_judged_nowhere(own):
    before = values(own, "2024", "--boundaries", NEW)
    done = act(own, SPLIT)
    found = by_unit(values(own, "2025NineMonths", "--boundaries", "2026-01-01", "--element", "live_births"))
    count = of_sample("2025NineMonths", "04456", "live_births")
    for code, share in (("90001", Fraction(2, 5)), ("90002", Fraction(3, 5))):
        assert Fraction(found[code]["value"]) == count * share
        assert found[code]["estimated"] is True
        assert found[code]["note"] == "ước tính theo tỷ lệ dân số"
    whole = ("--element", "live_births", "--unit", "KVMCC")
    [on_new], [on_own] = (
        values(own, "2025NineMonths", *whole, "--boundaries", "2026-01-01"),
        values(own, "2025NineMonths", *whole),
    )
    assert on_new["value"] == on_own["value"]
    assert "estimated" not in on_new
    status = told(
        *("plan", "status", "62-NQ/TU", "--db", own, "--period", "2024", "--unit", "90001"),
        *("--boundaries", "2026-01-01", *ON),
    )
    judged = [row for row in status if row["estimated"]]
    assert judged
    assert {row["status"] for row in judged} <= {"not_measurable", "no_data"}
    told("units", "undo", done["id"], "--db", own, "--today", "2026-12-31")
    assert values(own, "2024", "--boundaries", NEW) == before


def test_without_shares_a_divided_commune_is_not_computable_and_its_parts_together_are(own):
    act(own, {**SPLIT, "shares": []})
    for words in ((), ("--element", "live_births")):
        rows = values(own, "2024", "--boundaries", "2026-01-01", *words)
        found = by_unit(row for row in rows if row["element"] == "live_births")
        assert {found[code]["reason"] for code in ("90001", "90002")} == {"split_without_shares"}, words
    [whole] = values(own, "2025NineMonths", "--unit", "KVMCC", "--element", "live_births", "--boundaries", "2026-01-01")
    assert whole["reported"] == whole["expected"] == 7


# ---- targets and paper ----


def status(record, period, *words):
    said = told("plan", "status", "62-NQ/TU", "--db", record, "--period", period, *words, *ON)
    assert faults("plan-status", said) == []
    return {(row["indicator"], row["year"]): row for row in said}


def test_rates_are_made_anew_from_added_parts(across):
    row = status(across, "2024", "--boundaries", NEW, "--unit", "04456")["insurance_coverage", 2025]
    tops, bottoms = (
        [of_sample("2024", old, element) for old in PARTS["04456"]] for element in ("insured", "population")
    )
    assert (row["numerator"], row["denominator"]) == (str(sum(tops)), str(sum(bottoms)))
    assert row["start"]["year"] == 2022
    assert (row["reported"], row["expected"]) == (4, 4)


def test_a_target_that_rests_on_a_part_outside_the_record_has_no_verdict_and_says_which(across):
    row = status(across, "2024", "--boundaries", NEW)["insurance_coverage", 2025]
    assert (row["status"], row["value"], row["reason"]) == ("no_data", None, "outside_record")
    assert row["missing"] == [{"unit": "04630", "name": "Xã Tú Lệ"}]
    assert (row["reported"], row["expected"]) == (14, 15)


def test_a_part_year_rate_is_never_the_sum_of_the_parts_that_are_known(across):
    row = status(across, "2025S1", "--boundaries", NEW)["stunting_rate", 2025]
    assert (row["value"], row["reason"]) == (None, "outside_record")
    one = status(across, "2025S1", "--boundaries", NEW, "--unit", "04456")["stunting_rate", 2025]
    assert one["numerator"] == str(sum(of_sample("2025S1", old, "stunted") for old in PARTS["04456"]))
    for row in status(across, "2025NineMonths", "--boundaries", OLD).values():
        assert row["value"] is None or row["expected"] == 14
        assert row["reason"] in {"split_without_shares", "no_data", "part_of_year", None}


@pytest.mark.parametrize("period", ["2024", "2025NineMonths"])
@pytest.mark.parametrize("day", [OLD, NEW])
def test_the_report_of_targets_is_printed_on_both_boundaries(across, tmp_path, period, day):
    import pypdfium2

    out = tmp_path / "báo cáo.pdf"
    words = ("report", "targets", "--db", across, "--period", period, "--boundaries", day, "--format", "pdf", *ON)
    made = told(*words, "--out", out)
    again = tmp_path / "again.pdf"
    assert told(*words, "--out", again)["sha256"] == made["sha256"]
    document = pypdfium2.PdfDocument(out)
    text = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    assert len(document) == made["pages"] > 3
    is_own = (period == "2024") == (day == OLD)
    said = f"theo địa giới hành chính ngày {day[8:]}/{day[5:7]}/{day[:4]}"
    assert said in text
    named = ["Xã Hồ Bốn", "Xã Kim Nọi"] if day == OLD else ["Xã Mù Cang Chải"]
    assert all(name in text for name in named)
    assert ("không tính được theo địa giới này" in text.casefold()) is not is_own
    if (period, day) == ("2024", NEW):
        assert "xã Tú Lệ (04630, đến 30/06/2025) không có trong sổ này" in text
        assert "18.226" in text


def test_a_paper_of_one_commune_has_no_other_boundaries(across, tmp_path):
    words = ("--db", across, "--unit", "04456", "--period", "2024", "--format", "pdf", "--out", tmp_path / "f.pdf")
    said = ask("report", "filled-form", *words, "--boundaries", NEW)
    assert (said.code, said.error) == (2, "own_boundaries")


def test_the_office_is_meant_by_the_code_it_had_in_the_period_too(across):
    words = ("--element", "live_births", "--boundaries")
    (new,) = values(across, "2024", "--unit", "KVMCC", *words, NEW)
    (same,) = values(across, "2024", "--unit", "137", *words, NEW)
    assert same == new | {"unit": "137"}
    (old,) = values(across, "2025NineMonths", "--unit", "KVMCC", *words, OLD)
    assert (old["state"], old["reason"]) == ("not_computable", "split_without_shares")
    gone = ask("values", "--period", "2025NineMonths", "--unit", "137", "--db", across, *ON)
    assert (gone.code, gone.error) == (1, "unknown_unit")
