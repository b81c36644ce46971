"""Files of children as offices and programs write them, and what is answered for each row."""

import codecs
import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import AppError
from desktop.exchange import growth_cells as cells
from desktop.exchange import growth_rows
from desktop.exchange.growth_files import open_children
from desktop.exchange.growth_results import plain_number, rate
from desktop.exchange.growth_rows import pieces

HEAD = "id,sex,age_days,weight,lenhei,measure,oedema"
ROW = "7,m,400,9.5,75.3,l,n"


@pytest.fixture
def read(tmp_path):
    """Write a file and read its rows back, as one piece."""

    def reading(text, *, encoding="utf-8", others=(), with_ids=True):
        path = tmp_path / "trẻ em.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        found = list(pieces(open_children(path, with_ids=with_ids, others=others)))
        assert len(found) == 1
        return found[0]

    return reading


def one(piece) -> tuple[object, ...]:
    columns = piece.columns
    return (
        int(columns.sex[0]),
        int(columns.days[0]),
        int(columns.milligrams[0]),
        int(columns.micrometres[0]),
        int(columns.position[0]),
        bool(columns.oedema[0]),
    )


USUAL = (1, 400, 9_500_000, 753_000, 1, False)


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}\n{ROW}\n",
        f"{HEAD}\r\n{ROW}\r\n",
        f"{HEAD}\n{ROW}",
        f"\n{HEAD}\n{ROW}".lstrip(),
        f"{HEAD.upper()}\n{ROW}",
        f" {HEAD.replace(',', ' , ')} \n{ROW.replace(',', ' , ')}",
        f"{HEAD},note,note\n{ROW},a,b",
        f"{HEAD}\n\n{ROW}\n\n",
        f"{HEAD}\n{ROW},,\n",
        f"{HEAD}\n" + ",".join(f'"{cell}"' for cell in ROW.split(",")),
        f"{HEAD};x\n{ROW}".replace(",", ";").replace(";x", "") + "\n",
        f"{HEAD}\n{ROW}".replace(",", ";").replace(".", ","),
        f"{HEAD}\n{ROW}".replace(",", "\t"),
        "oedema,measure,lenhei,weight,age_days,sex,id\nn,l,75.3,9.5,400,m,7",
        "id,sex,birth_date,visit_date,weight,lenhei,measure\n7,1,2023-01-01,2024-02-05,9.5,75.3,L",
        "id,sex,birth_date,visit_date,weight,lenhei,measure\n7,1.0,1/1/2023,05/02/2024,9.5000,75.30,L",
        "id,sex,birth_date,visit_date,weight,lenhei,measure\n7,M,2023-01-01 00:00:00,2024-02-05T08:30,+9.5,753e-1,L",
        "id,sex,age_days,age_months,birth_date,visit_date,weight,lenhei,measure\n7,1,400,,x,y,9.5,75.3,l",
        "id,sex,age_days,age_months,birth_date,visit_date,weight,lenhei,measure\n7,1,400,99,x,y,9.5,75.3,l",
        "id,sex,age_days,birth_date,visit_date,weight,lenhei,measure\n7,1,,2023-01-01,2024-02-05,9.5,75.3,l",
    ],
)
def test_the_same_child_however_it_is_written(read, text):
    piece = read(text)
    assert one(piece) == USUAL
    assert (list(piece.ids), piece.findings) == (["7"] if "7 " not in text else ["7 "], ())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_marks_and_encodings(read, encoding):
    piece = read(f"{HEAD},xã\n{ROW},Lao Chải\n", encoding=encoding, others=["xã"])
    assert one(piece) == USUAL
    assert list(piece.others["column:xã"]) == ["Lao Chải"]


def test_the_vietnamese_page_of_windows(read):
    assert list(read(f"{HEAD},xa\n{ROW},Púng\n".encode("cp1258"), others=["xa"]).others["column:xa"]) == ["Púng"]


def test_big_endian_utf_16(read):
    assert one(read(codecs.BOM_UTF16_BE + f"{HEAD}\n{ROW}\n".encode("utf-16-be"))) == USUAL


def test_months_stay_as_they_are(read):
    piece = read("id,sex,age_months,weight,lenhei\n7,1,24.01,9.5,75.3")
    assert (piece.columns.months[0], piece.columns.days[0]) == (24.01, 731)


@pytest.mark.parametrize("missing", ["", " ", "NA", "na", "NaN", "nan", "n/a", "NULL", "."])
def test_what_is_missing_is_missing_and_no_fault(read, missing):
    piece = read(f"{HEAD}\n7,{missing},{missing},{missing},{missing},{missing},{missing}")
    assert one(piece) == (0, -1, 0, 0, 0, False)
    assert piece.findings == ()


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("7,x,400,9.5,75.3,l,n", "B"),
        ("7,3,400,9.5,75.3,l,n", "B"),
        ("7,m,-1,9.5,75.3,l,n", "C"),
        ("7,m,abc,9.5,75.3,l,n", "C"),
        ("7,m,inf,9.5,75.3,l,n", "C"),
        ("7,m,400,9_5,75.3,l,n", "D"),
        ("7,m,400,inf,75.3,l,n", "D"),
        ("7,m,400,1e99,75.3,l,n", "D"),
        ("7,m,400,9.5kg,75.3,l,n", "D"),
        ('7,m,400,"9,5",75.3,l,n', "D"),
        ("7,m,400,٩,75.3,l,n", "D"),
        ("7,m,400,9.5,7 5,l,n", "E"),
        ("7,m,400,9.5,75.3,x,n", "F"),
        ("7,m,400,9.5,75.3,l", None),
        ("7,m,400", None),
        ("7,m,400,9.5,75.3,l,n,more", None),
    ],
)
def test_a_row_that_cannot_be_read_stays_without_a_measurement(read, row, column):
    piece = read(f"{HEAD}\n{ROW}\n{row}\n{ROW}\n")
    assert list(piece.ids) == ["7", "7", "7"]
    assert list(piece.unreadable) == [False, True, False]
    (finding,) = piece.findings
    assert (finding.row, finding.column, finding.severity) == (3, column, "error")
    assert one(growth_rows.Piece(piece.ids, piece.columns[1:2], {}, piece.unreadable, ())) == (0, -1, 0, 0, 0, False)


@pytest.mark.parametrize("birth", ["2024-02-30", "2024/02/01", "hôm qua", "2025-01-01"])
def test_a_birth_no_age_comes_from(read, birth):
    piece = read(f"id,sex,birth_date,visit_date,weight,lenhei\n7,1,{birth},2024-03-01,9.5,75.3")
    assert len(piece.findings) == 1


def test_one_date_alone_is_no_age(read):
    piece = read("id,sex,birth_date,visit_date,weight,lenhei\n7,1,,2024-03-01,9.5,75.3")
    assert (piece.columns.days[0], piece.findings) == (-1, ())


def test_oedema_is_yes_only_where_it_is_said(read):
    said = ["y", "Y", "1", "n", "N", "2", "", "yes", "x"]
    piece = read(f"{HEAD}\n" + "\n".join(f"7,m,400,9.5,75.3,l,{cell}" for cell in said))
    assert list(piece.columns.oedema) == [True] * 3 + [False] * 6


def test_lines_are_counted_through_cells_of_several_lines(read):
    text = f'{HEAD},note\n{ROW},"a\nb"\n{ROW},c\n\n7,?,400,9.5,75.3,l,n,"d\ne"\n{ROW},f\n7,m,?,9.5,75.3,l,n,g\n'
    assert [finding.row for finding in read(text).findings] == [6, 9]


@pytest.mark.parametrize("left", ["id", "sex", "weight", "lenhei", "age_days"])
def test_a_needed_column_is_needed(read, left):
    places = [place for place, head in enumerate(HEAD.split(",")) if head != left]
    with pytest.raises(AppError) as refused:
        read("\n".join(",".join(line.split(",")[place] for place in places) for line in (HEAD, ROW)))
    assert refused.value.code == "columns"
    assert left in str(refused.value)


@pytest.mark.parametrize("left", ["measure", "oedema"])
def test_position_and_oedema_may_be_left_out(read, left):
    places = [place for place, head in enumerate(HEAD.split(",")) if head != left]
    read("\n".join(",".join(line.split(",")[place] for place in places) for line in (HEAD, ROW)))


def test_an_id_is_needed_only_where_it_is_answered(read):
    text = f"{HEAD}\n{ROW}".replace("id,", "", 1).replace("7,", "", 1)
    assert one(read(text, with_ids=False)) == USUAL


@pytest.mark.parametrize("head", [f"{HEAD},SEX", f"{HEAD},weight", f"{HEAD},Id", "", "\n", "a;b"])
def test_a_head_that_says_too_much_or_nothing_is_refused(read, head):
    with pytest.raises(AppError) as refused:
        read(f"{head}\n{ROW},1\n")
    assert refused.value.code == "columns"


def test_a_column_asked_for_is_found_as_it_is_spelled(read):
    text = f"{HEAD},Area,area,Xã\n{ROW},1,2,3\n"
    assert list(read(text, others=["area"]).others["column:area"]) == ["2"]
    assert list(read(text, others=["xã"]).others["column:xã"]) == ["3"]
    for name in ("AREA", "nowhere"):
        with pytest.raises(AppError):
            read(text, others=[name])


def test_na_and_nothing_are_no_group(read):
    piece = read(f"{HEAD},g\n" + "\n".join(f"{ROW},{cell}" for cell in ("NA", "", " a ", "na")), others=["g"])
    assert list(piece.others["column:g"]) == ["", "", "a", "na"]


def test_a_file_without_rows_has_no_piece(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(HEAD, encoding="utf-8")
    assert list(pieces(open_children(path, with_ids=True))) == []


def test_a_quotation_mark_that_swallows_the_file_is_told(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f'{HEAD}\n"{ROW}\n' + f"{ROW}\n" * 20_000, encoding="utf-8")
    with pytest.raises(AppError) as refused:
        list(pieces(open_children(path, with_ids=True)))
    assert refused.value.code == "unreadable"


@pytest.mark.parametrize(("rows", "open_from"), [(1, 2), (5, 3)])
def test_a_quotation_mark_that_swallows_the_last_rows_is_told_with_its_line(tmp_path, rows, open_from):
    path = tmp_path / "a.csv"
    path.write_text(
        f"{HEAD}\n" + f"{ROW}\n" * (open_from - 2) + '7,m,400,9.5,75.3,l,"n\n' + f"{ROW}\n" * rows, encoding="utf-8"
    )
    with pytest.raises(AppError) as refused:
        list(pieces(open_children(path, with_ids=True)))
    assert dict(refused.value.title.values)["line"] == open_from


def test_a_last_cell_of_several_lines_that_is_closed_is_read(read):
    assert len(read(f'{HEAD},note\n{ROW},"a\nb\n"\n\n').ids) == 1


@given(
    st.lists(st.tuples(st.text("abc,;\"'\n é", max_size=6), st.integers(0, 2000), st.integers(0, 40_000)), max_size=50),
    st.integers(1, 7),
)
def test_pieces_are_the_rows_in_their_order(tmp_path_factory, rows, size):
    path = tmp_path_factory.getbasetemp() / "rows.csv"
    text = io.StringIO()
    csv.writer(text).writerows(
        [HEAD.split(","), *((name, 1, days, grams / 1000, "", "", "") for name, days, grams in rows)]
    )
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    kept, growth_rows.PIECE = growth_rows.PIECE, size
    try:
        found = list(pieces(open_children(path, with_ids=True)))
    finally:
        growth_rows.PIECE = kept
    assert [name for piece in found for name in piece.ids] == [name for name, _, _ in rows]
    assert [int(day) for piece in found for day in piece.columns.days] == [days for _, days, _ in rows]
    assert [int(one) for piece in found for one in piece.columns.milligrams] == [grams * 1000 for _, _, grams in rows]


# ---------------------------------------------------------------- cells and numbers


@given(st.decimals(-10, 10**6, allow_nan=False, places=6))
def test_a_weight_is_exact_to_the_milligram(kilos):
    assert cells.milligrams(str(kilos)) == max(int(kilos.scaleb(6)), 0)


@given(st.text())
def test_any_text_is_read_as_something(text):
    for read in (cells.sex, cells.position, cells.age, cells.milligrams, cells.micrometres, cells.oedema, cells.day):
        read(text)


def test_what_was_read_is_remembered_up_to_a_limit():
    seen = []
    reader = cells.Remembered(lambda cell: seen.append(cell) or len(cell))
    assert [reader["aa"], reader["aa"]] == [2, 2]
    assert seen == ["aa"]
    for number in range(70_000):
        reader[str(number)]
    assert len(reader) == 65_536


@given(st.floats(-1e18, 1e18, allow_nan=False))
def test_numbers_are_written_plainly(value):
    text = plain_number(value)
    assert "e" not in text
    assert not text.endswith(".0")
    assert float(text) == pytest.approx(value, rel=1e-15, abs=1e-6)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (12.5, "12.5"), (100.0, "100"), (1 / 3, "0.333333"), (0.0000005, "0"), (2.5e-6, "0.000003")],
)
def test_rates_have_six_decimals_at_most(value, text):
    assert rate(value) == text
    assert np.isclose(float(text), value, atol=5.1e-7)
