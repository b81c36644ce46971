"""Files that prove points: of which kind they are by what is in them, not by their name; and a package of them."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Final

LARGEST: Final = 10 * 1024 * 1024
"""Bytes of one file: a scanned decision of some dozen pages."""
KINDS: Final = "PDF, JPEG, PNG, TIFF, HEIC, Word, Excel, OpenDocument"
_UNSAFE: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED: Final = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_STARTS: Final = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
)
_PARTS: Final = (
    ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
)
_ENDINGS: Final = {
    "application/pdf": (".pdf",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/tiff": (".tif", ".tiff"),
    "image/heic": (".heic", ".heif"),
    "application/x-ole-storage": (".doc", ".xls"),
    _PARTS[0][1]: (".docx",),
    _PARTS[1][1]: (".xlsx",),
    "application/vnd.oasis.opendocument.text": (".odt",),
    "application/vnd.oasis.opendocument.spreadsheet": (".ods",),
}


def media_of(content: bytes) -> str | None:
    """The media type a file has by its content; None for a kind that is not kept, programs and macros among them."""
    for start, media in _STARTS:
        if content.startswith(start):
            return media
    if content[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1"):
        return "image/heic"
    return _zipped(content) if content.startswith(b"PK\x03\x04") else None


def _zipped(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                return None
            for part, media in _PARTS:
                if part in names:
                    return media
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                told = archive.read("mimetype").decode("ascii", "replace").strip()
                return told if told in _ENDINGS else None
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError):
        return None
    return None


def safe_name(name: str, media: str) -> str:
    """A file's name as it may lie in any folder: without paths, with the ending of what it is, at most 120 letters."""
    plain = " ".join(_UNSAFE.sub(" ", PurePosixPath(name.replace("\\", "/")).name).split()).strip(". ")
    endings = _ENDINGS.get(media, ("",))
    stem, dot, ending = plain.rpartition(".")
    kept = f".{ending.lower()}" if dot and f".{ending.lower()}" in endings else ""
    stem = (stem if kept else plain)[:110].strip(". ") or "minh-chung"
    if _RESERVED.match(stem):
        stem = f"_{stem}"
    return stem + (kept or endings[0])


HEADINGS: Final = ("Mã", "Người chấm", "Tệp", "Tên gốc", "Số byte", "Loại", "Ngày đưa vào", "SHA-256", "Ghi chú")


def pack(files: Iterable[tuple[str, bytes]], listed: Iterable[tuple[str, ...]]) -> bytes:
    """A ZIP of files by their path in it, with a list of them as CSV for Excel; the same files give the same bytes."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    writer.writerows([_no_formula(cell) for cell in row] for row in listed)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in [("danh-muc-minh-chung.csv", b"\xef\xbb\xbf" + table.getvalue().encode()), *files]:
            archive.writestr(zipfile.ZipInfo(path, (2000, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _no_formula(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell
