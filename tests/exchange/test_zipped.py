"""Archives of workbooks: names as they were meant, sizes as they are, one bad member does not stop the others."""

import io
import zipfile

import pytest

from desktop.errors import AppError
from desktop.exchange import zipped
from desktop.exchange.zipped import is_archive, member_name, unzip
from tests.exchange.books import xlsx

BOOK = xlsx([["Xã", "Dân số"], ["Hồ Bốn", 5]])


def archive(files, flags=None):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in files.items():
            out.writestr(name, content)
    return held.getvalue()


def test_a_workbook_is_no_archive():
    assert not is_archive(BOOK)
    assert not is_archive(b"PK\x03\x04 broken")
    assert not is_archive(b"text")
    assert is_archive(archive({"a.xlsx": BOOK}))


def test_workbooks_are_taken_out_with_their_paths():
    data = archive(
        {
            "2024/Xã Hồ Bốn.xlsx": BOOK,
            "2024/Xã Nậm Có.XLS": b"x",
            "đọc trước.docx": b"x",
            "__MACOSX/2024/._Xã Hồ Bốn.xlsx": b"x",
            "~$Xã Hồ Bốn.xlsx": b"x",
        }
    )
    assert [name for name, _ in unzip(data, "xã.zip").files] == ["2024/Xã Hồ Bốn.xlsx", "2024/Xã Nậm Có.XLS"]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1258"])
def test_names_in_an_old_code_page_are_read(encoding):
    meant = "Xã Hồ Bốn.xlsx"
    loose = "Xa\u0303 H\u00f4\u0300 B\u00f4\u0301n.xlsx"  # as that code page writes its marks
    raw = (loose if encoding == "cp1258" else meant).encode(encoding)
    member = zipfile.ZipInfo("x")
    member.filename = raw.decode("cp437")
    assert member_name(member) == meant


def test_a_path_cannot_lead_outside():
    member = zipfile.ZipInfo("x")
    member.filename = "../../etc/a.xlsx"
    assert member_name(member) == "etc/a.xlsx"


def test_an_archive_without_workbooks_is_an_error():
    assert [one.rule for one in unzip(archive({"a.txt": b"x"}), "a.zip").findings] == ["import.empty_archive"]


def test_a_damaged_member_does_not_stop_the_others():
    data = bytearray(archive({"a.xlsx": b"a" * 5000, "b.xlsx": BOOK}))
    place = data.find(b"a.xlsx") + 8
    data[place : place + 6] = b"\xff" * 6
    found = unzip(bytes(data), "x.zip")
    assert [name for name, _ in found.files] == ["b.xlsx"]
    assert [one.rule for one in found.findings] == ["import.cannot_read_file"]


def test_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(zipped, "LARGEST_TOGETHER", 4000)
    with pytest.raises(AppError, match="cannot_read_file"):
        unzip(archive({"a.xlsx": b"a" * 3000, "b.xlsx": b"a" * 3000}), "x.zip")
    monkeypatch.setattr(zipped, "MOST_MEMBERS", 1)
    with pytest.raises(AppError, match="cannot_read_file"):
        unzip(archive({"a.xlsx": b"a", "b.xlsx": b"a"}), "x.zip")


def test_an_archive_inside_is_opened_and_one_inside_that_is_said():
    deepest = archive({"sâu.xlsx": BOOK})
    inner = archive({"Xã A.xlsx": BOOK, "nữa.zip": deepest})
    found = unzip(archive({"xã/tram.zip": inner, "b.xlsx": BOOK, "hỏng.zip": b"PK broken"}), "x.zip")
    assert [name for name, _ in found.files] == ["xã/tram.zip/Xã A.xlsx", "b.xlsx"]
    assert [(one.rule, one.file) for one in found.findings] == [
        ("import.archive_too_deep", "x.zip/xã/tram.zip/nữa.zip"),
        ("import.cannot_read_file", "x.zip/hỏng.zip"),
    ]


def test_archives_inside_share_the_limit(monkeypatch):
    monkeypatch.setattr(zipped, "MOST_MEMBERS", 3)
    inner = archive({"a.xlsx": BOOK, "b.xlsx": BOOK})
    with pytest.raises(AppError, match="cannot_read_file"):
        unzip(archive({"1.zip": inner, "2.zip": inner}), "x.zip")
