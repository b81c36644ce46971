"""The ZIP inside a package, written plainly and read with suspicion.

We write and read one plain shape of ZIP (PKWARE APPNOTE 6.3): entries one after the other from the first byte on, then
the directory, then the end record, nothing between or behind, no second disk, no ZIP64, no encryption, deflated or
stored, and both descriptions of an entry alike. What two programs could unpack differently is refused.
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from desktop.exchange.package.refused import Code, Refused

MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "manifest.json.minisig"
COVER: Final = "DOC_TOI.txt"
ROWS: Final = re.compile(r"rows/([a-z][a-z0-9_]{0,39})\.ndjson")
FILES: Final = re.compile(r"files/([0-9a-f]{64})")
FOLDERS: Final = frozenset({"rows/", "files/"})
LARGEST_FILE: Final = 256 * 1024 * 1024
LARGEST_UNPACKED: Final = 1024 * 1024 * 1024
LARGEST_RATIO: Final = 200
MOST_ENTRIES: Final = 10_000
CHUNK: Final = 256 * 1024
_LOCAL: Final = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL: Final = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END: Final = struct.Struct("<4sHHHHIIH")
_UTF8, _DESCRIPTOR, _LEVEL_BITS = 0x800, 0x8, 0x6
_HARMLESS: Final = (0x5455, 0x7875)
_REGULAR: Final = 0o100000
_FOLDER: Final = 0o040000


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as the directory describes it, and where its bytes lie."""

    name: str
    method: int
    crc: int
    packed: int
    size: int
    start: int


class Writer:
    """Writes an archive into memory: the same entries give the same bytes with the same zlib."""

    def __init__(self) -> None:
        self._buffer = io.BytesIO()
        self._zip = zipfile.ZipFile(self._buffer, "w", zipfile.ZIP_DEFLATED)

    def add(self, name: str, chunks: Iterable[bytes]) -> tuple[str, int]:
        """Add an entry piece by piece; its SHA-256 and size."""
        info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
        # On Windows zipfile has turned "\\" into "/": the same entries would not be the same bytes.
        info.filename = name
        info.compress_type = zipfile.ZIP_DEFLATED
        info.create_system = 3
        info.external_attr = (_REGULAR | 0o644) << 16
        digest, size = hashlib.sha256(), 0
        with self._zip.open(info, "w") as entry:
            for chunk in chunks:
                entry.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        return digest.hexdigest(), size

    def finish(self) -> bytes:
        """The bytes of the archive."""
        self._zip.close()
        return self._buffer.getvalue()


class Archive:
    """An archive that was looked through: safe names, sane sizes; its entries can be read piece by piece."""

    def __init__(self, data: bytes, entries: Iterable[Entry]) -> None:
        self._data = data
        self.entries = {entry.name: entry for entry in entries}

    def chunks(self, name: str) -> Iterator[bytes]:
        """The content of an entry; Refused where it is damaged or longer than it says."""
        entry = self.entries[name]
        data = memoryview(self._data)[entry.start : entry.start + entry.packed]
        pieces = _stored(data) if entry.method == zipfile.ZIP_STORED else _inflated(data)
        crc = size = 0
        for piece in pieces:
            size += len(piece)
            if size > entry.size:
                raise Refused(Code.UNSAFE_ARCHIVE)
            crc = zlib.crc32(piece, crc)
            yield piece
        if size != entry.size or crc != entry.crc:
            raise Refused(Code.CANNOT_OPEN)

    def read(self, name: str, largest: int) -> bytes | None:
        """The whole content of an entry, None where there is none; Refused where it is larger than it may be."""
        if name not in self.entries:
            return None
        if self.entries[name].size > largest:
            raise Refused(Code.TOO_BIG)
        return b"".join(self.chunks(name))


def _stored(data: memoryview) -> Iterator[bytes]:
    for start in range(0, len(data), CHUNK):
        yield bytes(data[start : start + CHUNK])


def _inflated(data: memoryview) -> Iterator[bytes]:
    unpack = zlib.decompressobj(-zlib.MAX_WBITS)
    rest: bytes | memoryview = data
    try:
        while not unpack.eof:
            piece = unpack.decompress(rest, CHUNK)
            rest = unpack.unconsumed_tail
            if piece:
                yield piece
            elif not unpack.eof:
                raise Refused(Code.CANNOT_OPEN)
    except zlib.error as error:
        raise Refused(Code.CANNOT_OPEN) from error
    if unpack.unused_data:
        raise Refused(Code.UNSAFE_ARCHIVE)


def open_archive(data: bytes, *, file_size: int) -> Archive:
    """Look through an archive without unpacking it; Refused `cannot_open`, `too_big` or `unsafe_archive`."""
    if len(data) < _END.size or data[:2] != b"PK":
        raise Refused(Code.CANNOT_OPEN)
    if data[-_END.size : -_END.size + 4] != b"PK\x05\x06":
        raise Refused(Code.UNSAFE_ARCHIVE if data.rfind(b"PK\x05\x06") >= 0 else Code.CANNOT_OPEN)
    _, disk, start_disk, here, count, length, offset, comment = _END.unpack(data[-_END.size :])
    if count > MOST_ENTRIES:
        raise Refused(Code.TOO_BIG)
    if disk or start_disk or here != count or comment or offset + length != len(data) - _END.size:
        raise Refused(Code.UNSAFE_ARCHIVE)
    try:
        entries = list(_directory(data, offset, count))
    except (struct.error, UnicodeDecodeError, IndexError) as error:
        raise Refused(Code.UNSAFE_ARCHIVE) from error
    unpacked = sum(entry.size for entry in entries)
    if unpacked > LARGEST_UNPACKED or unpacked > LARGEST_RATIO * file_size:
        raise Refused(Code.TOO_BIG)
    _check_names(entries)
    return Archive(data, (entry for entry in entries if entry.name not in FOLDERS))


def _directory(data: bytes, offset: int, count: int) -> Iterator[Entry]:
    """The entries by the directory, each compared with what stands before its bytes; they follow without a gap."""
    place, expected, begin = offset, 0, offset
    for _ in range(count):
        made = _CENTRAL.unpack_from(data, place)
        sign, _, _, flags, method, *_, crc, packed, size, name_size, extra, comment, disk, _, external, local = made
        if sign != b"PK\x01\x02" or comment or disk or local != expected:
            raise Refused(Code.UNSAFE_ARCHIVE)
        name = data[place + _CENTRAL.size : place + _CENTRAL.size + name_size]
        place += _CENTRAL.size + name_size + extra
        _check_extra(data[place - extra : place])
        if flags & ~(_UTF8 | _DESCRIPTOR | _LEVEL_BITS) or method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused(Code.UNSAFE_ARCHIVE)
        if (external >> 16) & 0o170000 not in (0, _REGULAR, _FOLDER) or 0xFFFFFFFF in (packed, size):
            raise Refused(Code.UNSAFE_ARCHIVE)
        start = _start(data, local, name, flags, method, (crc, packed, size))
        expected = _end(data, start + packed, flags, (crc, packed, size))
        if expected > begin or (method == zipfile.ZIP_STORED and packed != size):
            raise Refused(Code.UNSAFE_ARCHIVE)
        yield Entry(name.decode("ascii"), method, crc, packed, size, start)
    if place != len(data) - _END.size or expected != begin:
        raise Refused(Code.UNSAFE_ARCHIVE)


def _start(data: bytes, local: int, name: bytes, flags: int, method: int, sizes: tuple[int, int, int]) -> int:
    """Where the bytes of an entry begin, once its local description agrees with the directory."""
    sign, _, local_flags, local_method, _, _, crc, packed, size, name_size, extra = _LOCAL.unpack_from(data, local)
    begin = local + _LOCAL.size
    unknown = flags & _DESCRIPTOR and (crc, packed, size) == (0, 0, 0)
    agrees = (crc, packed, size) == sizes or unknown
    if sign != b"PK\x03\x04" or (local_flags, local_method) != (flags, method) or not agrees:
        raise Refused(Code.UNSAFE_ARCHIVE)
    if data[begin : begin + name_size] != name:
        raise Refused(Code.UNSAFE_ARCHIVE)
    start: int = begin + name_size + extra
    _check_extra(data[start - extra : start])
    return start


def _check_extra(extra: bytes) -> None:
    """Times and owners of the zip of Unix may stand beside a name; another name or other sizes may not."""
    while extra:
        kind, size = struct.unpack_from("<HH", extra)
        if kind not in _HARMLESS or len(extra) < 4 + size:
            raise Refused(Code.UNSAFE_ARCHIVE)
        extra = extra[4 + size :]


def _end(data: bytes, end: int, flags: int, sizes: tuple[int, int, int]) -> int:
    """Where the next entry must begin: behind the descriptor that follows the bytes where a flag says so."""
    if not flags & _DESCRIPTOR:
        return end
    told = struct.pack("<III", *sizes)
    for descriptor in (b"PK\x07\x08" + told, told):
        if data[end : end + len(descriptor)] == descriptor:
            return end + len(descriptor)
    raise Refused(Code.UNSAFE_ARCHIVE)


def _check_names(entries: list[Entry]) -> None:
    """Only names that a package has, each once even where letters' case does not count; folders are empty."""
    known = {MANIFEST, SIGNATURE, COVER, *FOLDERS}
    for entry in entries:
        if entry.name not in known and not ROWS.fullmatch(entry.name) and not FILES.fullmatch(entry.name):
            raise Refused(Code.UNSAFE_ARCHIVE)
        if entry.name in FOLDERS and entry.size:
            raise Refused(Code.UNSAFE_ARCHIVE)
    if len({entry.name.casefold() for entry in entries}) != len(entries):
        raise Refused(Code.UNSAFE_ARCHIVE)
