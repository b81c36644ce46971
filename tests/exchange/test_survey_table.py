"""Survey data as people keep it, read into the engine's plain form."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from desktop.application.growth_surveys import write_prevalence
from desktop.application.survey_files import SurveyChoice, file_survey, rows_of, save_prevalence
from desktop.errors import AppError
from desktop.exchange.survey_table import Holds, read_survey, write_plain
from tests.domain.growth.practice import DATA


def book(tmp_path, rows):
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    held = BytesIO()
    made.save(held)
    made.close()
    out = tmp_path / "điều tra.xlsx"
    out.write_bytes(held.getvalue())
    return out


HEADS = [
    "Cụm", "Tầng", "Trọng số", "Giới tính", "Ngày sinh", "Ngày điều tra", "Cân nặng (kg)", "Chiều cao (cm)",
    "Tư thế đo", "Phù", "Dân tộc",
]  # fmt: skip


def test_headings_say_what_the_columns_hold_and_words_become_signs(tmp_path):
    rows = [
        ["ĐIỀU TRA DINH DƯỠNG 2024"],
        HEADS,
        [1, "A", 1.5, "Nam", date(2022, 3, 14), date(2024, 6, 1), "12,4", 85.3, "đứng", "", "Mông"],
        [2, "A", 0.5, "Gái", "14/3/2023", "01/06/2024", 9.1, "74,2", "Nằm", "có", "Dao"],
    ]
    read = read_survey(book(tmp_path, rows))
    guessed = read.guessed()
    assert set(Holds) - set(guessed) == {Holds.ID, Holds.AGE_DAYS, Holds.AGE_MONTHS}
    assert (read.first_row, len(read.rows)) == (3, 2)
    out = tmp_path / "plain.csv"
    write_plain(read, guessed, {"Dân tộc": 10}, out)
    told = dict(zip(*(line.split(",") for line in out.read_text("utf-8").splitlines()[:2]), strict=True))
    assert told == {
        "cluster": "1", "stratum": "A", "sampling_weight": "1.5", "sex": "m", "birth_date": "2022-03-14",
        "visit_date": "2024-06-01", "weight": "12.4", "lenhei": "85.3", "measure": "h", "oedema": "", "Dân tộc": "Mông",
    }  # fmt: skip
    assert out.read_text("utf-8").splitlines()[2] == "2,A,0.5,f,2023-03-14,2024-06-01,9.1,74.2,l,y,Dao"


def test_a_survey_of_any_layout_gives_what_the_command_gives(tmp_path):
    source = tmp_path / "survey.csv"
    lines = (DATA / "commune_input.csv").read_text("utf-8").splitlines(keepends=True)
    source.write_text("".join(lines[:2001]), "utf-8")
    read = read_survey(source)
    places = read.guessed() | {Holds.SAMPLING: read.heads.index("sw"), Holds.STRATUM: read.heads.index("strata")}
    found = file_survey(read, SurveyChoice(places, (read.heads.index("area"),)))
    save_prevalence(found, tmp_path / "ours.csv")
    write_prevalence(source, tmp_path / "theirs.csv", by=["area"], weight="sw", cluster="cluster", strata="strata")
    assert (tmp_path / "ours.csv").read_bytes() == (tmp_path / "theirs.csv").read_bytes()
    assert found.written.rows == 2000
    assert len(rows_of(found)) >= 23
    assert found.plausibility.children > 0


def test_a_row_that_cannot_be_read_is_told_where_it_stands_in_the_file(tmp_path):
    rows = [["Điều tra"], HEADS]
    rows += [[1, "A", 1, "Nam", date(2022, 3, 14), date(2024, 6, 1), 12.4, 85.3, "", "", ""]] * 3
    rows += [[1, "A", 1, "Nam", date(2022, 3, 14), date(2024, 6, 1), "mười", 85.3, "", "", ""]]
    read = read_survey(book(tmp_path, rows))
    found = file_survey(read, SurveyChoice(read.guessed()))
    (finding,) = found.written.findings
    assert (finding.file, finding.row, finding.column) == ("điều tra.xlsx", 6, "G")
    assert (found.written.rows, found.written.unreadable) == (4, 1)


def test_without_an_age_or_without_headings_it_is_refused(tmp_path):
    read = read_survey(book(tmp_path, [HEADS, [1] * 11]))
    places = {holds: at for holds, at in read.guessed().items() if holds is not Holds.VISIT}
    with pytest.raises(AppError, match="columns"):
        file_survey(read, SurveyChoice(places))
    with pytest.raises(AppError, match="columns"):
        read_survey(book(tmp_path, [["a", "b"], [1, 2]]))
