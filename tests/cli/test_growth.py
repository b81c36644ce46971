"""`growth …` from file to file: WHO's answers to the last figure, and rows nobody can read."""

import csv
import re

import pytest

from tests.cli.command import ask, sotram, told
from tests.domain.growth.practice import DATA, table

ZSCORES = "id,clenhei,cmeasure,c9mo_flag,cbmi,zlen,flen,zwei,fwei,zwfl,fwfl,zbmi,fbmi"
PREVALENCE = "group,index,cutoff,n,weighted_n,prevalence,se,lower,upper"
HEAD = "id,sex,age_days,weight,lenhei,measure,oedema"


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def survey(tmp_path):
    """Write a survey of a few rows."""

    def writing(*lines, head=HEAD):
        path = tmp_path / "in.csv"
        path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
        return path

    return writing


@pytest.mark.parametrize("name", ["commune", "months"])
def test_z_scores_of_a_file_are_whos(tmp_path, name):
    said = told("growth", "zscores", DATA / f"{name}_input.csv", tmp_path / "z.csv")
    expected = table(f"{name}_expected")
    assert (said["rows"], said["unreadable"], said["findings"]) == (len(expected), 0, [])
    assert (tmp_path / "z.csv").read_text(encoding="utf-8").startswith(f"{ZSCORES}\n")
    for ours, wanted in zip(rows(tmp_path / "z.csv"), expected, strict=True):
        for column in ZSCORES.split(","):
            mine, theirs = ours[column], wanted[column]
            if column == "zwfl" and wanted["clenhei"] == "102.4" and wanted["cmeasure"] == "l":
                assert abs(float(mine) - float(theirs)) < 0.021
            elif column == "cbmi" and theirs:
                assert abs(float(mine) - float(theirs)) < 1e-9
            else:
                assert mine == theirs, (ours, wanted)


def test_prevalence_of_a_file_is_whos(tmp_path):
    out = tmp_path / "p.csv"
    told("growth", "prevalence", DATA / "commune_input.csv", out, "--by", "area", "commune")
    assert out.read_text(encoding="utf-8").startswith(f"{PREVALENCE}\n")
    found = {(row["group"], row["index"], row["cutoff"]): row for row in rows(out)}
    assert len(found) == 38 * 33
    columns = {"r": "prevalence", "se": "se", "ll": "lower", "ul": "upper"}
    for expected in table("commune_prev_expected_simple"):
        group = re.sub(r" mo\b\.?", " ", expected["Group"]).strip()
        for theirs, ours in (
            ("Age group", "Age"),
            ("Age + sex", "Age+sex"),
            ("Area", "area"),
            ("Geographical region", "commune"),
        ):
            group = group.replace(theirs, ours)
        for sign, place in (("_", "-"), ("", "+")):
            for cutoff in "123":
                row = found[group, "HA", f"{place}{cutoff}"]
                assert (row["n"], row["weighted_n"]) == (expected["HAZ_unwpop"], expected["HAZ_pop"])
                for part, column in columns.items():
                    assert abs(float(row[column]) - float(expected[f"HA{sign}{cutoff}_{part}"])) < 2e-6
        both = found[group, "HAWH", "-2"]
        assert abs(float(both["prevalence"]) - float(expected["HA_2_WH_2_r"])) < 1e-6


def test_rates_have_six_decimals_at_most(tmp_path):
    out = tmp_path / "p.csv"
    told(
        "growth",
        "prevalence",
        DATA / "commune_input.csv",
        out,
        "--weight",
        "sw",
        "--cluster",
        "cluster",
        "--strata",
        "strata",
    )
    plain = re.compile(r"(-?(0|[1-9]\d*)(\.\d{0,5}[1-9])?)?")
    for row in rows(out):
        assert all(plain.fullmatch(row[column]) for column in PREVALENCE.split(",")[3:])
        assert row["cutoff"] != "sd" or (row["prevalence"] and not row["se"] + row["lower"] + row["upper"])


def test_a_row_nobody_can_read_stays_empty_and_is_told(survey, tmp_path):
    source = survey(
        "1,m,400,9.5,75.3,l,n", "2,x,400,9.5,75.3,l,n", '"3,a",m,-4,9.5,75.3,l,n', "4,m,400,9.5", "5,f,,,,,"
    )
    said = ask("growth", "zscores", source, tmp_path / "z.csv")
    assert said.code == 1
    assert (said.json["rows"], said.json["unreadable"]) == (5, 3)
    assert [(one["row"], one["column"]) for one in said.json["findings"]] == [(3, "B"), (4, "C"), (5, None)]
    found = rows(tmp_path / "z.csv")
    assert [row["id"] for row in found] == ["1", "2", "3,a", "4", "5"]
    assert found[0]["zlen"]
    assert [[name for name, cell in row.items() if cell] for row in found[1:4]] == [["id"]] * 3
    assert {name: cell for name, cell in found[4].items() if cell} == {"id": "5", "c9mo_flag": "0"}


def test_only_the_first_hundred_unreadable_rows_are_told(survey, tmp_path):
    said = ask("growth", "zscores", survey(*["1,?,400,9.5,75.3,l,n"] * 250), tmp_path / "z.csv")
    assert (said.code, said.json["unreadable"], len(said.json["findings"])) == (1, 250, 100)


@pytest.mark.parametrize("command", ["zscores", "prevalence"])
def test_a_file_never_becomes_its_own_answer(survey, command):
    source = survey("1,m,400,9.5,75.3,l,n")
    before = source.read_bytes()
    assert ask("growth", command, source, source.parent / "." / "in.csv").error == "same_file"
    assert [path.name for path in source.parent.iterdir()] == ["in.csv"]
    assert source.read_bytes() == before


def test_a_refusal_writes_nothing(survey, tmp_path):
    source = survey("1,m,400,9.5,75.3,l,n", head=HEAD.replace("sex", "gender"))
    for command in ("zscores", "prevalence"):
        assert ask("growth", command, source, tmp_path / "out.csv").error == "columns"
    assert ask("growth", "plausibility", source).error == "columns"
    assert ask("growth", "zscores", tmp_path / "none.csv", tmp_path / "out.csv").error == "no_file"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv"]


def test_a_folder_that_is_not_there_is_refused(survey, tmp_path):
    said = ask("growth", "zscores", survey("1,m,400,9.5,75.3,l,n"), tmp_path / "nowhere" / "z.csv")
    assert (said.code, said.error) == (1, "no_file")


def test_no_rows_are_no_fault(survey, tmp_path):
    assert ask("growth", "zscores", survey(), tmp_path / "z.csv").code == 0
    assert (tmp_path / "z.csv").read_text(encoding="utf-8") == f"{ZSCORES}\n"
    assert ask("growth", "prevalence", survey(), tmp_path / "p.csv").code == 0
    assert {(row["n"], row["weighted_n"], row["prevalence"]) for row in rows(tmp_path / "p.csv")} == {("0", "", "")}
    assert told("growth", "plausibility", survey())["score"] == 0


@pytest.mark.parametrize("weight", ["-1", "abc", "inf"])
def test_a_weight_below_zero_or_no_number_is_refused(survey, tmp_path, weight):
    source = survey("1,m,400,9.5,75.3,l,n,1", f"2,m,400,9.5,75.3,l,n,{weight}", head=f"{HEAD},w")
    assert ask("growth", "prevalence", source, tmp_path / "p.csv", "--weight", "w").error == "weight"
    assert ask("growth", "prevalence", source, tmp_path / "p.csv", "--weight", "v").error == "columns"
    assert not (tmp_path / "p.csv").exists()


def test_what_a_design_leaves_out_is_a_warning(survey, tmp_path):
    source = survey(
        "1,m,400,9.5,75.3,l,n,,a",
        "2,m,400,9.5,75.3,l,n,2,",
        "3,f,2000,9.5,75.3,h,n,1,a",
        "4,f,400,8.5,75.3,h,n,1,b",
        head=f"{HEAD},w,c",
    )
    said = ask("growth", "prevalence", source, tmp_path / "p.csv", "--weight", "w", "--cluster", "c")
    assert said.code == 0
    assert [(one["rule"], one["severity"]) for one in said.json["findings"]] == [
        ("growth.age", "warning"),
        ("growth.design", "warning"),
        ("growth.weight", "warning"),
    ]
    assert (rows(tmp_path / "p.csv")[0]["n"], rows(tmp_path / "p.csv")[0]["weighted_n"]) == ("2", "1")


def test_plausibility_of_a_file(tmp_path):
    said = told("growth", "plausibility", DATA / "commune_input.csv")
    assert said["score"] == sum(one["points"] for one in said["tests"]) == 11
    assert (
        [one["test"] for one in said["tests"]]
        == "flags sex_ratio age_ratio digit_weight digit_height sd_wh skewness_wh kurtosis_wh poisson_wh age_heaping missing".split()
    )
    assert {one["test"]: one["value"] for one in said["tests"]}["digit_weight"] == "0.44"


def test_people_get_words(survey, tmp_path):
    source = survey("1,?,400,9.5,75.3,l,n", "2,m,400,9.5,75.3,l,n")
    assert "không đọc được" in sotram("growth", "zscores", source, tmp_path / "z.csv", "--lang", "vi").out
    assert "SMART" in sotram("growth", "plausibility", source, "--lang", "en").out


def test_no_record_is_asked_for(survey, tmp_path):
    source = survey("2,m,400,9.5,75.3,l,n")
    assert ask("growth", "zscores", source, tmp_path / "z.csv", "--db", tmp_path / "none.sotramdb").code == 0
