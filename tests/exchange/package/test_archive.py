"""The ZIP of a package is read with suspicion: what two programs could unpack differently is refused."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest

from desktop.exchange.package import archive
from desktop.exchange.package.refused import Code, Refused
from tests.exchange.package import office

PLAIN = {"manifest.json": b"{}", "rows/value.ndjson": b"abc" * 100, "DOC_TOI.txt": b"hello"}


def opened(data: bytes) -> dict[str, bytes]:
    found = archive.open_archive(data, file_size=10**9)
    return {name: b"".join(found.chunks(name)) for name in found.entries}


def code(data: bytes) -> str:
    with pytest.raises(Refused) as raised:
        opened(data)
    return raised.value.code


def named(name: str, **attributes: object) -> bytes:
    info = zipfile.ZipInfo("x" * len(name.encode()))
    for attribute, value in attributes.items():
        setattr(info, attribute, value)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr(info, b"data")
    return buffer.getvalue().replace(b"x" * len(name.encode()), name.encode())


def test_our_writer_and_the_usual_one_are_read():
    writer = archive.Writer()
    for name, content in PLAIN.items():
        writer.add(name, [content[:2], content[2:]])
    assert opened(writer.finish()) == PLAIN
    assert opened(office.zipped(PLAIN)) == PLAIN


def test_the_same_entries_are_the_same_bytes():
    def made() -> bytes:
        writer = archive.Writer()
        writer.add("manifest.json", [b"{}"])
        return writer.finish()

    assert made() == made()


def test_a_zip_written_to_a_pipe_is_read():
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.data = b""

        def writable(self) -> bool:
            return True

        def write(self, data) -> int:
            self.data += bytes(data)
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in PLAIN.items():
            made.writestr(name, content)
    assert opened(pipe.data) == PLAIN


def test_folders_that_other_programs_write_are_harmless():
    assert opened(office.zipped({"rows/": b"", **PLAIN})) == PLAIN
    assert code(office.zipped({"rows/": b"x"})) == Code.UNSAFE_ARCHIVE


@pytest.mark.parametrize(
    "name",
    [
        "/manifest.json",
        "../manifest.json",
        "rows/../manifest.json",
        "rows\\value.ndjson",
        "C:manifest.json",
        "rows//value.ndjson",
        "rows/value.ndjson/",
        "rows/Value.ndjson",
        "rows/.ndjson",
        "rows/bảng.ndjson",
        "MANIFEST.JSON",
        "readme.txt",
        "files/abc",
        "files/" + "A" * 64,
        "manifest.json\n",
        "x" * 300,
        "CON",
    ],
)
def test_a_name_that_no_package_has_is_unsafe(name):
    assert code(named(name)) == Code.UNSAFE_ARCHIVE


def test_a_link_is_unsafe():
    assert code(named("manifest.json", external_attr=0o120777 << 16)) == Code.UNSAFE_ARCHIVE
    assert opened(named("manifest.json", external_attr=0o100644 << 16)) == {"manifest.json": b"data"}


def test_a_name_that_stands_twice_is_unsafe():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("manifest.json", b"{}")
        with pytest.warns(UserWarning, match="Duplicate"):
            made.writestr("manifest.json", b"{ }")
    assert code(buffer.getvalue()) == Code.UNSAFE_ARCHIVE


@pytest.mark.parametrize("extra", [b"\0", b"hidden", b"PK\x05\x06" + b"\0" * 17])
def test_bytes_behind_or_before_the_archive_are_unsafe(extra):
    data = office.zipped(PLAIN)
    assert code(data + extra) == Code.UNSAFE_ARCHIVE
    assert code(b"PK" + extra + data) == Code.UNSAFE_ARCHIVE


def test_a_comment_is_unsafe():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("manifest.json", b"{}")
        made.comment = b"hidden"
    assert code(buffer.getvalue()) == Code.UNSAFE_ARCHIVE


def test_bytes_between_entries_are_unsafe():
    data = office.zipped({"manifest.json": b"{}"})
    directory = data.rfind(b"PK\x01\x02")
    moved = bytearray(data[:directory] + b"hidden" + data[directory:])
    struct.pack_into("<I", moved, len(moved) - 6, directory + 6)
    assert code(bytes(moved)) == Code.UNSAFE_ARCHIVE


def test_entries_that_share_bytes_are_unsafe():
    """Two names in the directory for one piece of data: a zip bomb's trick."""
    data = office.zipped({"manifest.json": b"{}", "DOC_TOI.txt": b"hi"})
    directory = data.find(b"PK\x01\x02")
    second = data.find(b"PK\x01\x02", directory + 4)
    changed = bytearray(data)
    struct.pack_into("<I", changed, second + 42, 0)
    assert code(bytes(changed)) == Code.UNSAFE_ARCHIVE


def field(data: bytes, sign: bytes, offset: int, shape: str, value: int) -> bytes:
    changed = bytearray(data)
    struct.pack_into(shape, changed, data.rfind(sign) + offset, value)
    return bytes(changed)


def test_two_descriptions_of_one_entry_must_agree():
    data = office.zipped({"rows/value.ndjson": b"abc" * 100})
    assert code(field(data, b"PK\x01\x02", 24, "<I", 5)) == Code.UNSAFE_ARCHIVE
    assert code(field(data, b"PK\x03\x04", 22, "<I", 5)) == Code.UNSAFE_ARCHIVE
    assert code(data.replace(b"rows/value", b"rows/valua", 1)) == Code.UNSAFE_ARCHIVE


def lied(size: int, crc: int | None = None) -> bytes:
    """A well-formed archive of which both descriptions tell the same lie."""
    data = office.zipped({"manifest.json": b"abc" * 100})
    for sign, size_at, crc_at in ((b"PK\x01\x02", 24, 16), (b"PK\x03\x04", 22, 14)):
        data = field(data, sign, size_at, "<I", size)
        data = data if crc is None else field(data, sign, crc_at, "<I", crc)
    return data


def test_more_content_than_announced_is_unsafe_and_not_unpacked():
    assert code(lied(10)) == Code.UNSAFE_ARCHIVE


def test_less_content_or_another_checksum_is_damage():
    assert code(lied(400)) == Code.CANNOT_OPEN
    assert code(lied(300, 12345)) == Code.CANNOT_OPEN
    assert opened(lied(300, zlib.crc32(b"abc" * 100))) == {"manifest.json": b"abc" * 100}


def test_encrypted_entries_and_other_methods_are_unsafe():
    data = office.zipped({"manifest.json": b"{}"})
    for sign, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data = field(data, sign, at, "<H", 1)
    assert code(data) == Code.UNSAFE_ARCHIVE
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_BZIP2) as made:
        made.writestr("manifest.json", b"{}")
    assert code(buffer.getvalue()) == Code.UNSAFE_ARCHIVE


def test_a_second_name_in_an_extra_field_is_unsafe():
    info = zipfile.ZipInfo("manifest.json")
    for kind, expected in ((0x7075, False), (0x0001, False), (0x5455, True)):
        info.extra = struct.pack("<HH", kind, 4) + b"abcd"
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as made:
            made.writestr(info, b"{}")
        if expected:
            assert opened(buffer.getvalue()) == {"manifest.json": b"{}"}
        else:
            assert code(buffer.getvalue()) == Code.UNSAFE_ARCHIVE


def test_a_count_that_does_not_fit_is_unsafe():
    data = office.zipped(PLAIN)
    for at in (8, 10):
        assert code(field(data, b"PK\x05\x06", at, "<H", 2)) == Code.UNSAFE_ARCHIVE
    both = field(field(data, b"PK\x05\x06", 8, "<H", 2), b"PK\x05\x06", 10, "<H", 2)
    assert code(both) == Code.UNSAFE_ARCHIVE
    both = field(field(data, b"PK\x05\x06", 8, "<H", 4), b"PK\x05\x06", 10, "<H", 4)
    assert code(both) == Code.UNSAFE_ARCHIVE


def test_what_unpacks_to_too_much_is_too_big():
    data = office.zipped({"manifest.json": b" " * 1000})
    with pytest.raises(Refused) as raised:
        archive.open_archive(data, file_size=4)
    assert raised.value.code == Code.TOO_BIG
    found = archive.open_archive(data, file_size=5)
    with pytest.raises(Refused) as raised:
        found.read("manifest.json", 999)
    assert raised.value.code == Code.TOO_BIG
