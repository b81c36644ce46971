"""A .zip of many workbooks, opened in memory: names as their writer meant them, sizes as they are, not as claimed."""

from __future__ import annotations

import io
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from desktop.domain.findings import Finding, Severity
from desktop.errors import AppError
from desktop.wording import say

LARGEST_MEMBER: Final = 64 * 1024 * 1024
LARGEST_TOGETHER: Final = 512 * 1024 * 1024
MOST_MEMBERS: Final = 2_000
WORKBOOKS: Final = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv")
ARCHIVE: Final = ".zip"
_WORKBOOK_PARTS: Final = ("xl/workbook.xml", "xl/workbook.bin", "content.xml", "word/document.xml")
_UTF8_FLAG: Final = 0x800
_PIECE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Unzipped:
    """The workbooks of an archive with their paths inside it, and what should be said about the rest."""

    files: tuple[tuple[str, bytes], ...]
    findings: tuple[Finding, ...]


def is_archive(data: bytes) -> bool:
    """Whether bytes are a .zip of files and not a workbook, which is a .zip of parts."""
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    return "[Content_Types].xml" not in names and not any(part in names for part in _WORKBOOK_PARTS)


def unzip(data: bytes, name: str) -> Unzipped:
    """Take the workbooks out of an archive; AppError `cannot_read_file` where it is locked, damaged or far too large.

    A member that cannot be read is an error finding and does not stop the others. Archives inside are opened too, those
    inside of them are said.
    """
    opened = _Opened(name)
    opened.take(data, "")
    if not opened.files and not opened.findings:
        opened.findings.append(_nothing(name))
    return Unzipped(tuple(opened.files), tuple(opened.findings))


class _Opened:
    """What came out of an archive and of the archives inside it so far; all share one limit."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.files: list[tuple[str, bytes]] = []
        self.findings: list[Finding] = []
        self.members = self.together = 0

    def take(self, data: bytes, path: str) -> None:
        """Take the members of an archive that lies at `path` inside the first one ("" is the first itself)."""
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            self.members += len(members)
            if self.members > MOST_MEMBERS:
                raise _too_much(self.name)
            for member in members:
                inside = path + member_name(member)
                if _is_wanted(inside):
                    self._member(archive, member, inside, nested=bool(path))

    def _member(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo, inside: str, *, nested: bool) -> None:
        try:
            content = _content(archive, member, LARGEST_TOGETHER - self.together)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
            self.findings.append(_unreadable(f"{self.name}/{inside}", locked=bool(member.flag_bits & 1)))
            return
        if content is None:
            raise _too_much(self.name)
        self.together += len(content)
        if not inside.lower().endswith(ARCHIVE):
            self.files.append((inside, content))
        elif nested:
            self.findings.append(_too_deep(f"{self.name}/{inside}"))
        elif is_archive(content):
            self.take(content, f"{inside}/")
        else:
            self.findings.append(_unreadable(f"{self.name}/{inside}", locked=False))


def member_name(member: zipfile.ZipInfo) -> str:
    """The path inside the archive as NFC text.

    Old archivers write names in the code page of their Windows without saying so: UTF-8 where it is valid, else the
    Vietnamese code page 1258, whose loose marks are put together.
    """
    name = member.filename
    if not member.flag_bits & _UTF8_FLAG and not name.isascii():
        raw = name.encode("cp437", "replace")
        name = _decoded(raw) or name
    parts = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).parts
    return "/".join(part for part in parts if part not in ("/", "..", "."))


def _decoded(raw: bytes) -> str | None:
    for encoding in ("utf-8", "cp1258"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _is_wanted(inside: str) -> bool:
    path = PurePosixPath(inside)
    hidden = path.name.startswith(("~$", ".")) or "__MACOSX" in path.parts
    return not hidden and path.suffix.lower() in (*WORKBOOKS, ARCHIVE)


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> bytes | None:
    """The bytes of a member, None where they are more than may be held."""
    limit = min(LARGEST_MEMBER, left)
    held = bytearray()
    with archive.open(member) as stream:
        while piece := stream.read(_PIECE):
            held += piece
            if len(held) > limit:
                return None
    return bytes(held)


def _too_much(name: str) -> AppError:
    return AppError(
        "cannot_read_file",
        say("{file} holds more than can be opened at once.", file=name),
        say("Unpack it and import the workbooks themselves."),
    )


def _unreadable(file: str, *, locked: bool) -> Finding:
    message = (
        say("{file} is locked with a password.", file=file)
        if locked
        else say("{file} cannot be read: it is damaged or of another kind.", file=file)
    )
    advice = say("Unpack the archive, open the workbook and save it again, then import it by itself.")
    return Finding("import.cannot_read_file", Severity.ERROR, message, advice, file=file)


def _too_deep(file: str) -> Finding:
    message = say("{file} lies in an archive inside an archive; it was not opened.", file=file)
    advice = say("Unpack it and import the workbooks themselves.")
    return Finding("import.archive_too_deep", Severity.ERROR, message, advice, file=file)


def _nothing(name: str) -> Finding:
    message = say("{file} holds no workbook.", file=name)
    return Finding("import.empty_archive", Severity.ERROR, message, None, file=name)
