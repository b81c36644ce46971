"""Somebody else's workbook filled in place with the record's figures."""

import io
import shutil
import subprocess
import zipfile

import openpyxl
import pytest
from openpyxl.drawing.image import Image as Picture
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill

from desktop.application import entry, filling
from desktop.application.filling import Action
from desktop.application.offices import communes_of
from desktop.domain.findings import Severity
from desktop.domain.periods import Period
from desktop.domain.values import NOT_APPLICABLE, Kind, number
from desktop.errors import AppError
from tests.application.conftest import SAMPLES, TODAY

P = Period.parse("2024")
SOURCE = SAMPLES / "tong-hop-2024.xlsx"
ROWS, COLUMNS = range(7, 22), range(3, 20)


def uid(record, code):
    return next(commune.uid for commune in communes_of(record, on=P.last) if commune.code == code)


@pytest.fixture
def emptied(tmp_path):
    """The sample with its figures taken out, with a second sheet, a picture, a note and conditional formats."""
    book = openpyxl.load_workbook(SOURCE)
    page = book.worksheets[0]
    for row in ROWS:
        for column in COLUMNS:
            page.cell(row, column).value = None
            page.cell(row, column).font = Font(name="Times New Roman", italic=True)
            page.cell(row, column).number_format = "#,##0"
    page.conditional_formatting.add("C7:S21", CellIsRule(operator="lessThan", formula=["0"], fill=PatternFill("solid")))
    other = book.create_sheet("Bìa")
    other["A1"] = "=TH!C22"
    picture = io.BytesIO()
    from PIL import Image

    Image.new("RGB", (8, 8), "red").save(picture, "PNG")
    other.add_image(Picture(picture), "C3")
    path = tmp_path / "mẫu của tỉnh.xlsx"
    book.save(path)
    return path


def cells_of(path, sheet="TH"):
    page = openpyxl.load_workbook(path)[sheet]
    return {(row, column): page.cell(row, column).value for row in ROWS for column in COLUMNS}


def as_numbers(cells):
    from desktop.exchange.cells import read_number

    found = {}
    for place, cell in cells.items():
        value = read_number("" if cell is None else cell, 0).value
        found[place] = value if value is not None else cell
    return found


def test_the_figures_go_where_they_were_taken_from(filled, emptied, tmp_path):
    plan = filling.plan_fill(filled, file=emptied, period=P)
    done = filling.write_fill(plan=plan, out=tmp_path / "đã điền.xlsx")
    assert done.cells == 236
    assert as_numbers(cells_of(done.file)) == as_numbers(cells_of(SOURCE))


def test_everything_else_keeps_every_byte(filled, emptied, tmp_path):
    done = filling.write_fill(plan=filling.plan_fill(filled, file=emptied, period=P), out=tmp_path / "x.xlsx")
    with zipfile.ZipFile(emptied) as old, zipfile.ZipFile(done.file) as new:
        assert new.namelist() == old.namelist()
        moved = {name for name in old.namelist() if old.read(name) != new.read(name)}
    assert moved == {"xl/worksheets/sheet1.xml"}
    page = openpyxl.load_workbook(done.file)["TH"]
    assert page.cell(7, 3).font.i
    assert page.cell(7, 3).number_format == "#,##0"
    assert page["C22"].value == "=SUM(C7:C21)"


def test_reading_it_back_finds_nothing_new(filled, emptied, tmp_path):
    from desktop.application import imports

    done = filling.write_fill(plan=filling.plan_fill(filled, file=emptied, period=P), out=tmp_path / "x.xlsx")
    plan = imports.read_files(filled, files=[done.file])
    assert (plan.writes, plan.same) == ((), 236)


def test_a_cell_that_says_something_else_is_kept_unless_asked(filled, tmp_path):
    entry.type_value(filled, unit=uid(filled, "04456"), period=P, element="population", value=number(6000))
    plan = filling.plan_fill(filled, file=SOURCE, period=P)
    assert (plan.writes, [f.rule for f in plan.findings if f.row]) == ((), ["fill.kept"])
    plan = filling.plan_fill(filled, file=SOURCE, period=P, replace=True)
    assert [(c.row, c.column, c.held, c.text, c.action) for c in plan.writes] == [
        (7, "C", "5.945", "6.000", Action.REPLACE)
    ]
    done = filling.write_fill(plan=plan, out=tmp_path / "x.xlsx")
    assert openpyxl.load_workbook(done.file)["TH"]["C7"].value == 6000


def test_a_formula_is_never_written_over(filled, emptied, tmp_path):
    book = openpyxl.load_workbook(emptied)
    book["TH"]["C7"] = "=D7+1"
    book.save(emptied)
    plan = filling.plan_fill(filled, file=emptied, period=P, replace=True)
    assert [f.rule for f in plan.findings if f.row] == ["fill.formula"]
    done = filling.write_fill(plan=plan, out=tmp_path / "x.xlsx")
    assert openpyxl.load_workbook(done.file)["TH"]["C7"].value == "=D7+1"


def test_states_are_written_as_they_are_printed(filled, emptied, tmp_path):
    entry.type_value(filled, unit=uid(filled, "04456"), period=P, element="doctors", value=NOT_APPLICABLE)
    plan = filling.plan_fill(filled, file=emptied, period=P)
    texts = {cell.text for cell in plan.writes if not cell.text.replace(".", "").isdigit()}
    assert texts == {"x", "không", "…"}


def test_a_title_of_another_period_stops_its_sheet(filled, emptied):
    plan = filling.plan_fill(filled, file=emptied, period=Period.parse("2023"))
    assert plan.writes == ()
    assert "import.period_differs" in {finding.rule for finding in plan.findings}


def test_the_title_says_which_kind_of_figures_is_wanted(filled, tmp_path):
    entry.type_value(
        filled, unit=uid(filled, "04456"), period=P, element="population", value=number(7), kind=Kind.ESTIMATE
    )
    path = sheet(
        tmp_path, "ƯỚC THỰC HIỆN NĂM 2024", ["Xã, thị trấn", "Dân số trung bình", "Tử vong mẹ"], ["TT Mù Cang Chải"]
    )
    assert [cell.text for cell in filling.plan_fill(filled, file=path, period=P).writes] == ["7"]


def sheet(tmp_path, title, heads, names):
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append([title])
    page.append(heads)
    for name in names:
        page.append([name])
    path = tmp_path / "tỉnh.xlsx"
    book.save(path)
    return path


def test_a_provinces_table_of_districts_gets_the_offices_sums(filled, tmp_path):
    heads = ["Huyện", "Dân số trung bình", "Trẻ đẻ sống"]
    path = sheet(tmp_path, "SỐ LIỆU NĂM 2023", heads, ["Huyện Văn Yên", "Huyện Mù Cang Chải", "Huyện Lục Yên"])
    plan = filling.plan_fill(filled, file=path, period=Period.parse("2023"))
    assert {(cell.row, cell.column) for cell in plan.writes} == {(4, "B"), (4, "C")}
    assert {cell.unit for cell in plan.writes} == {"137"}


def test_figures_down_and_communes_across_are_filled_too(filled, tmp_path):
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["Biểu số liệu năm 2024"])
    page.append(["Chỉ tiêu", "Thị trấn Mù Cang Chải", "Xã Hồ Bốn"])
    for name in ("Dân số trung bình", "Số người có thẻ BHYT", "Trạm quản lý, điều trị bệnh KLN"):
        page.append([name])
    path = tmp_path / "ngang.xlsx"
    book.save(path)
    plan = filling.plan_fill(filled, file=path, period=P)
    assert {(c.row, c.column): c.text for c in plan.writes} == {
        (3, "B"): "5.945",
        (3, "C"): "2.820",
        (4, "B"): "5.878",
        (4, "C"): "2.780",
        (5, "B"): "x",
        (5, "C"): "x",
    }


def test_one_communes_form_is_filled_in_its_column_of_figures(filled, tmp_path):
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["TRẠM Y TẾ XÃ HỒ BỐN"])
    page.append(["BÁO CÁO NĂM 2024"])
    page.append(["STT", "Chỉ tiêu", "Đơn vị", "Kế hoạch", "Thực hiện", "Ghi chú"])
    for place, name in enumerate(("Dân số trung bình", "Số người có thẻ BHYT", "Trẻ đẻ sống"), 1):
        page.append([place, name, "người"])
    path = tmp_path / "xã.xlsx"
    book.save(path)
    plan = filling.plan_fill(filled, file=path, period=P)
    assert {(c.row, c.column): c.text for c in plan.writes} == {(4, "E"): "2.820", (5, "E"): "2.780", (6, "E"): "76"}


def test_a_cell_shown_as_per_cent_gets_a_hundredth():
    from desktop.domain.legacy_text import Encoding

    cell = filling.FillCell("TH", 1, "A", "1", "", "e", number(98), "98", "", Action.WRITE)
    assert str(filling._content(cell, Encoding.UNICODE, percent=True)) == "0.98"


def test_cells_a_person_took_out_stay_empty(filled, emptied, tmp_path):
    plan = filling.plan_fill(filled, file=emptied, period=P)
    done = filling.write_fill(plan=plan, out=tmp_path / "x.xlsx", without=[("TH", 7, "C")])
    assert done.cells == 235
    assert openpyxl.load_workbook(done.file)["TH"]["C7"].value is None


def test_the_workbook_itself_is_never_written_over(filled, emptied):
    with pytest.raises(AppError, match="same_file"):
        filling.write_fill(plan=filling.plan_fill(filled, file=emptied, period=P), out=emptied)


def test_only_xlsx_can_be_filled(filled, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Xã;Dân số\nXã Hồ Bốn;\n", encoding="utf-8")
    with pytest.raises(AppError, match="only_xlsx"):
        filling.plan_fill(filled, file=path, period=P)


def test_a_workbook_without_our_figures_says_so(filled, tmp_path):
    path = sheet(tmp_path, "DANH SÁCH", ["Họ tên", "Điện thoại"], ["Nguyễn Văn A"])
    (finding,) = filling.plan_fill(filled, file=path, period=P).findings
    assert (finding.rule, finding.severity) == ("import.no_table", Severity.ERROR)


def test_libreoffice_opens_it_and_sums_it_anew(filled, emptied, tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed here")
    done = filling.write_fill(plan=filling.plan_fill(filled, file=emptied, period=P), out=tmp_path / "x.xlsx")
    words = [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "ods"]
    subprocess.run([*words, "--outdir", str(tmp_path), str(done.file)], check=True, capture_output=True, timeout=180)
    from desktop.exchange.workbook import read_workbook

    book = read_workbook((tmp_path / "x.ods").read_bytes(), "x.ods")
    expected = sum(
        cell.value.amount or 0 for cell in filling.plan_fill(filled, file=emptied, period=P).cells if cell.column == "C"
    )
    assert book.sheets[0].at(22, 3) == expected / 10_000
    assert book.sheets[1].at(1, 1) == expected / 10_000


def test_a_column_in_thousands_is_left_to_a_person(filled, tmp_path):
    heads = ["Xã, thị trấn", "Dân số trung bình (nghìn người)", "Trẻ đẻ sống"]
    path = sheet(tmp_path, "SỐ LIỆU NĂM 2024", heads, ["Xã Hồ Bốn"])
    plan = filling.plan_fill(filled, file=path, period=P)
    assert [(c.column, c.text) for c in plan.writes] == [("C", "76")]
    assert [(f.rule, f.column) for f in plan.findings] == [("import.scaled", "B")]


def test_hidden_sheets_and_covers_are_left_alone(filled, emptied):
    book = openpyxl.load_workbook(emptied)
    copy = book.copy_worksheet(book["TH"])
    copy.sheet_state = "hidden"
    book.create_sheet("Ghi chú")["A1"] = "Người lập: ..."
    book.save(emptied)
    plan = filling.plan_fill(filled, file=emptied, period=P)
    assert {cell.sheet for cell in plan.cells} == {"TH"}
    assert {finding.severity for finding in plan.findings} == {Severity.NOTE}


def test_our_own_template_can_be_filled_too(filled, tmp_path):
    from desktop.application import templates

    made = templates.write_template(
        filled, unit="04459", form="commune", period=P, out=tmp_path / "t.xlsx", today=TODAY
    )
    plan = filling.plan_fill(filled, file=made.file, period=P)
    assert (len(plan.writes), list(plan.findings)) == (17, [])


def test_dots_to_write_on_are_an_empty_place(filled, emptied):
    book = openpyxl.load_workbook(emptied)
    for cell, content in (("C7", "......"), ("C8", "……"), ("D7", "_____"), ("D8", "-")):
        book["TH"][cell] = content
    book.save(emptied)
    plan = filling.plan_fill(filled, file=emptied, period=P)
    assert {c.column + str(c.row): c.action for c in plan.cells if c.held} == {
        "C7": Action.WRITE,
        "C8": Action.WRITE,
        "D7": Action.WRITE,
        "D8": Action.KEPT,
    }


def rich(path):
    """A workbook as Excel users make them: table, chart, comment, list, names, print settings, frozen head."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path)
    page, other = book.add_worksheet("Số liệu"), book.add_worksheet("Biểu đồ")
    bold = book.add_format({"bold": True, "border": 1})
    page.merge_range("A1:D1", "BIỂU TỔNG HỢP NĂM 2024", bold)
    page.write_row("A2", ["STT", "Xã, thị trấn", "Dân số trung bình", "Trẻ đẻ sống"], bold)
    for place, name in enumerate(("Xã Hồ Bốn", "Xã Nậm Có"), 1):
        page.write_row(1 + place, 0, [place, name], bold)
        page.write_blank(1 + place, 2, None, book.add_format({"num_format": "#,##0", "bg_color": "#FFFF00"}))
    page.write("B5", "Tổng cộng")
    page.write_formula("C5", "=SUM(C3:C4)", bold, 77)
    page.write_formula("D5", "=SUM(D3:D4)", bold, 78)
    page.write_comment("C2", "theo công an")
    page.data_validation("C3:C4", {"validate": "integer", "criteria": ">", "value": 0})
    page.conditional_format("C3:D4", {"type": "3_color_scale"})
    page.freeze_panes(2, 2)
    page.set_landscape()
    page.repeat_rows(1)
    other.add_table("A1:B3", {"columns": [{"header": "Tên"}, {"header": "Số"}]})
    other.write_formula("D1", "='Số liệu'!C5*2", bold, 154)
    other.write_formula("D2", "=B2+B3", bold, 0)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='Số liệu'!$C$3:$C$4"})
    other.insert_chart("F2", chart)
    book.define_name("Dan_so", "='Số liệu'!$C$3:$C$4")
    book.close()


def test_a_workbook_with_everything_excel_has_keeps_all_of_it(filled, tmp_path):
    path = tmp_path / "đủ thứ.xlsx"
    rich(path)
    plan = filling.plan_fill(filled, file=path, period=P)
    done = filling.write_fill(plan=plan, out=tmp_path / "xong.xlsx")
    assert done.cells == 4
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(done.file) as new:
        assert new.namelist() == old.namelist()
        moved = {name for name in old.namelist() if old.read(name) != new.read(name)}
        sheet1, sheet2 = (new.read(f"xl/worksheets/sheet{place}.xml").decode() for place in (1, 2))
    assert moved <= {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/workbook.xml"}
    assert "<f>SUM(C3:C4)</f></c>" in sheet1
    assert "<f>&apos;Số liệu&apos;!C5*2</f></c>" in sheet2 or "<f>'Số liệu'!C5*2</f></c>" in sheet2
    assert "<f>B2+B3</f><v>0</v>" in sheet2
    page = openpyxl.load_workbook(done.file)["Số liệu"]
    assert (page["C3"].value, page["C3"].number_format, page["C3"].fill.fgColor.rgb) == (2820, "#,##0", "FFFFFF00")
    assert page["C2"].comment.text == "theo công an"


def test_a_filled_workbook_keeps_its_kind_and_takes_no_devices_place(filled, emptied, tmp_path):
    plan = filling.plan_fill(filled, file=emptied, period=P)
    for name in ("x.pdf", "x.xlsm", "x"):
        with pytest.raises(AppError, match="only_xlsx"):
            filling.write_fill(plan=plan, out=tmp_path / name)
    (tmp_path / "thư mục.xlsx").mkdir()
    with pytest.raises(AppError, match="cannot_write"):
        filling.write_fill(plan=plan, out=tmp_path / "thư mục.xlsx")
    assert not list(tmp_path.glob("*.part"))


def test_a_workbook_with_macros_stays_one(filled, emptied, tmp_path):
    macros = tmp_path / "mẫu.xlsm"
    with zipfile.ZipFile(emptied) as old, zipfile.ZipFile(macros, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "[Content_Types].xml":
                content = content.replace(
                    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                    b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                )
            new.writestr(part, content)
    plan = filling.plan_fill(filled, file=macros, period=P)
    assert filling.write_fill(plan=plan, out=tmp_path / "xong.xlsm").cells > 0
    with pytest.raises(AppError, match="only_xlsx"):
        filling.write_fill(plan=plan, out=tmp_path / "xong.xlsx")
