"""What may be given to the import desk: archives, folders, our own templates; and what people settled about headings."""

import zipfile

import openpyxl
import pytest

from desktop.application import imports, learned, templates
from desktop.application.offices import communes_of
from desktop.domain.findings import Severity
from desktop.domain.periods import Period
from desktop.domain.values import NOT_APPLICABLE, NOT_REPORTED, YES, ZERO, Kind, State, number
from desktop.errors import AppError
from tests.application.conftest import SAMPLES, TODAY
from tests.exchange.template.make import fill

P = Period.parse("2024")


def template(record, path, unit="04459", **more):
    told = {"form": "commune", "period": P, "today": TODAY, **more}
    return templates.write_template(record, unit=unit, out=path, **told)


def filled_in(path, **figures):
    book = openpyxl.load_workbook(path)
    for element, content in figures.items():
        fill(book.worksheets[0], element, content)
    book.save(path)
    return path


def rules(plan):
    return {finding.rule for finding in plan.findings if finding.severity is Severity.ERROR}


def test_a_template_filled_in_by_a_commune_comes_into_the_record(district, tmp_path):
    made = template(district, tmp_path / "mẫu.xlsx")
    assert made.cells == 17
    plan = imports.read_files(
        district, files=[filled_in(made.file, population=2820, deaths_under1=0, ncd_managed="có")]
    )
    assert plan.files[0].layout == "template"
    assert imports.apply_import(district, plan=plan).written == 3
    assert imports.read_files(district, files=[made.file]).same == 3


def test_a_template_written_with_figures_says_what_the_record_holds(filled, tmp_path):
    made = template(filled, tmp_path / "tất cả.xlsx", unit="137", filled=True)
    assert made.cells == 17 * 14
    plan = imports.read_files(filled, files=[made.file])
    assert (plan.writes, plan.same, list(plan.findings)) == ((), 236, [])


@pytest.mark.parametrize(
    ("wanted", "rule"),
    [
        ({"period": Period.parse("2023")}, "import.period_differs"),
        ({"kind": Kind.ESTIMATE}, "import.kind_differs"),
        ({"unit": "04456"}, "import.unit_differs"),
        ({"form": "other"}, "import.form_differs"),
        ({"layout": "query"}, "import.other_layout"),
    ],
)
def test_another_template_than_asked_writes_nothing(district, tmp_path, wanted, rule):
    made = template(district, tmp_path / "mẫu.xlsx")
    plan = imports.read_files(district, files=[filled_in(made.file, population=2820)], **wanted)
    assert (plan.writes, rules(plan)) == ((), {rule})


def test_every_commune_gets_its_file(district, tmp_path):
    made = templates.write_templates(district, form="commune", period=P, folder=tmp_path / "gửi", today=TODAY)
    assert len(made) == 14
    assert (tmp_path / "gửi" / "04459 Xã Hồ Bốn commune 2024.xlsx").is_file()


def test_a_template_is_xlsx(district, tmp_path):
    with pytest.raises(AppError, match="only_xlsx"):
        template(district, tmp_path / "mẫu.xls")


def test_an_archive_is_read_as_if_its_workbooks_were_given(district, tmp_path):
    path = tmp_path / "các năm.zip"
    names = ("tong-hop-2022.xlsx", "tong-hop-2023.xlsx")
    with zipfile.ZipFile(path, "w") as out:
        for name in names:
            out.write(SAMPLES / name, f"huyện/{name}")
    together = imports.read_files(district, files=[path])
    apart = imports.read_files(district, files=[SAMPLES / name for name in names])
    assert [file.file for file in together.files] == [f"các năm.zip/huyện/{name}" for name in names]
    assert {(w.unit, w.period, w.element, w.after) for w in together.writes} == {
        (w.unit, w.period, w.element, w.after) for w in apart.writes
    }


def test_a_folder_becomes_its_workbooks(tmp_path):
    (tmp_path / "b").mkdir()
    for name in ("b/2.xlsx", "1.ods", "3.zip", "~$1.ods", "4.docx"):
        (tmp_path / name).write_bytes(b"x")
    found = imports.workbooks_in([tmp_path, tmp_path / "4.docx"])
    assert [path.name for path in found] == ["1.ods", "3.zip", "2.xlsx", "4.docx"]


@pytest.fixture
def odd(tmp_path):
    """A summary whose headings and names are a sender's own."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for line in (
        ["PHÒNG DÂN SỐ HUYỆN"],
        ["SỐ LIỆU NĂM 2024"],
        ["Xã", "Dân số trung bình", "Khẩu", "Trẻ đẻ sống"],
        ["Xã Hồ Bốn", 2820, 2900, 76],
        ["Khu trung tâm", 5945, 6000, 172],
    ):
        page.append(line)
    path = tmp_path / "phòng dân số.xlsx"
    book.save(path)
    return path


def seen(plan):
    return {(w.unit, w.element): w.after for w in plan.writes}


def test_a_settled_heading_and_name_hold_for_the_next_file(district, odd):
    plan = imports.read_files(district, files=[odd])
    assert seen(plan) == {("04459", "population"): number(2820), ("04459", "live_births"): number(76)}
    taken = {column.heading: column.element for column in plan.files[0].sheets[0].columns}
    assert {heading for heading, element in taken.items() if element} == {"Dân số trung bình", "Trẻ đẻ sống"}
    assert taken["Khẩu"] is None
    sender = plan.files[0].sender
    town = next(commune.uid for commune in communes_of(district, on=P.last) if commune.code == "04456")
    learned.learn_heading(district, heading="Khẩu", element="population", sender=sender)
    learned.learn_heading(district, heading="Dân số trung bình", element=None, sender=sender)
    learned.learn_unit(district, written="Khu trung tâm", unit=town, sender=sender)
    assert seen(imports.read_files(district, files=[odd])) == {
        ("04459", "population"): number(2900),
        ("04459", "live_births"): number(76),
        ("04456", "population"): number(6000),
        ("04456", "live_births"): number(172),
    }
    assert ("04459", "population") in seen(imports.read_files(district, files=[SAMPLES / "tong-hop-2024.xlsx"]))
    learned.forget(district, text="Khẩu", sender=sender)
    assert ("04459", "population") not in seen(imports.read_files(district, files=[odd]))


def test_what_is_settled_for_everybody_holds_for_every_sender(district, odd):
    learned.learn_heading(district, heading="Khẩu", element="population")
    learned.learn_heading(district, heading="Dân số trung bình", element=None)
    assert seen(imports.read_files(district, files=[odd]))["04459", "population"] == number(2900)


@pytest.mark.parametrize(
    ("kind", "heading"), [(Kind.ESTIMATE, "Ước thực hiện năm 2024"), (Kind.ASSIGNED, "Số giao năm 2024")]
)
def test_a_template_of_another_kind_comes_back_as_that_kind(district, tmp_path, kind, heading):
    made = template(district, tmp_path / "mẫu.xlsx", kind=kind)
    page = openpyxl.load_workbook(made.file).worksheets[0]
    assert heading in {cell.value for line in page.iter_rows() for cell in line}
    plan = imports.read_files(district, files=[filled_in(made.file, population=2820)])
    assert [(write.kind, write.after) for write in plan.writes] == [(kind, number(2820))]


def test_a_template_says_when_it_is_due(district, tmp_path):
    from desktop.application.deadlines import due

    page = openpyxl.load_workbook(template(district, tmp_path / "mẫu.xlsx").file).worksheets[0]
    found = due(district, form="commune", period=P)
    told = " ".join(str(cell.value) for line in page.iter_rows() for cell in line if cell.value)
    assert ("Hạn gửi" in told) == (found is not None)


@pytest.mark.parametrize(
    ("lines", "sender"),
    [
        (["SỞ Y TẾ TỈNH YÊN BÁI", "BIỂU NĂM 2024"], "so y te tinh yen bai"),
        (["BIỂU NĂM 2024", "Phòng Dân số"], "phong dan so"),
        (["Biểu 9 tháng 2025"], "bieu  thang"),
        ([], ""),
    ],
)
def test_a_sender_is_the_same_next_month(lines, sender):
    from desktop.application.import_files import sender_of
    from desktop.exchange.grid import Sheet, Workbook

    assert sender_of(Workbook("a", "xlsx", (Sheet("TH", [[line] for line in lines]),))) == sender


@pytest.mark.parametrize(
    ("dash", "value"), [(State.ZERO, ZERO), (State.NOT_APPLICABLE, NOT_APPLICABLE), (State.NOT_REPORTED, NOT_REPORTED)]
)
def test_a_dash_is_settled_for_a_whole_file(district, dash, value):
    source = SAMPLES / "tong-hop-2024.xlsx"
    doubtful = [f for f in imports.read_files(district, files=[source]).findings if f.rule == "import.dash"]
    assert len(doubtful) == 1
    plan = imports.read_files(district, files=[source], dash=dash)
    assert "import.dash" not in {finding.rule for finding in plan.findings}
    (write,) = [w for w in plan.writes if (w.unit, w.element) == (doubtful[0].unit, doubtful[0].element)]
    assert write.after == value


def test_a_settled_dash_is_remembered_for_its_sender(district):
    source = SAMPLES / "tong-hop-2024.xlsx"
    sender = imports.read_files(district, files=[source]).files[0].sender
    learned.learn_dash(district, meaning=State.ZERO, sender="somebody else")
    assert "import.dash" in {f.rule for f in imports.read_files(district, files=[source]).findings}
    learned.learn_dash(district, meaning=State.ZERO, sender=sender)
    assert "import.dash" not in {f.rule for f in imports.read_files(district, files=[source]).findings}
    learned.forget(district, text="-", sender=sender)
    assert "import.dash" in {f.rule for f in imports.read_files(district, files=[source]).findings}


def test_a_figure_of_one_file_is_not_taken_away_by_a_note_in_another(district, tmp_path):
    first = filled_in(template(district, tmp_path / "1.xlsx").file, population=2820)
    second = template(district, tmp_path / "2.xlsx").file
    book = openpyxl.load_workbook(second)
    fill(book.worksheets[0], "population", None, "đã đối chiếu với hộ tịch")
    book.save(second)
    (write,) = imports.read_files(district, files=[first, second]).writes
    assert (write.after, write.note) == (number(2820), "đã đối chiếu với hộ tịch")


def test_two_sheets_of_a_file_are_told_apart(district, tmp_path):
    made = template(district, tmp_path / "mẫu.xlsx", unit="137").file
    book = openpyxl.load_workbook(made)
    fill(book.worksheets[0], "population", 2820)
    copy = book.copy_worksheet(book.worksheets[0])
    copy.title = "Bản sao"
    fill(copy, "population", 2821)
    book.save(made)
    (finding,) = imports.read_files(district, files=[made]).findings
    assert finding.rule == "import.twice"
    assert "Bản sao (" in str(finding.message)


def test_what_a_commune_typed_in_an_old_encoding_is_read_as_unicode(district, tmp_path):
    made = template(district, tmp_path / "mẫu.xlsx").file
    book = openpyxl.load_workbook(made)
    page = book.worksheets[0]
    fill(page, "population", 2820, "§· ®èi chiÕu víi hé tÞch")
    fill(page, "ncd_managed", "cã")
    fill(page, "insured", "kh«ng ¸p dông")
    book.save(made)
    plan = imports.read_files(district, files=[made])
    assert plan.files[0].encoding == "tcvn3"
    assert {w.element: (w.after, w.note) for w in plan.writes} == {
        "population": (number(2820), "Đã đối chiếu với hộ tịch"),
        "ncd_managed": (YES, None),
        "insured": (NOT_APPLICABLE, None),
    }
