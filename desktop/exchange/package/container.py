"""Writing and opening a package: `*.sotram`, or `*.sotram.zip` where the receiver's key is not known yet."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from desktop.domain.findings import Finding, Severity
from desktop.domain.versions import is_in, missing_sequences, not_stood_on
from desktop.errors import AppError
from desktop.exchange.package import archive, manifest, minisign, sealing
from desktop.exchange.package import rows as row_files
from desktop.exchange.package.archive import Archive
from desktop.exchange.package.keys import PrivateKeys
from desktop.exchange.package.manifest import Detail, FileEntry, Kind, Manifest
from desktop.exchange.package.refused import Code, Refused
from desktop.exchange.package.row import Row
from desktop.exchange.package.strict_json import BadJson
from desktop.exchange.package.tables import CONFIG_ONLY, DEFINITIONS, NAMED, PERSONAL, TABLES
from desktop.exchange.package.trust import Sender, StreamId, Trust
from desktop.wording import say

BOM: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Written:
    """A package as bytes: of the file, and of the manifest as signed."""

    data: bytes
    manifest: Manifest
    manifest_sha256: str
    rows: int

    @property
    def sha256(self) -> str:
        """The hash of the file."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def is_sealed(self) -> bool:
        """Whether only the receiver can open it."""
        return sealing.is_sealed(self.data)


def write_package(
    about: Manifest,
    tables: Mapping[str, Iterable[Row]],
    *,
    signer: PrivateKeys,
    recipients: Sequence[str],
    cover: Callable[[Manifest], str],
    files: Mapping[str, bytes] | None = None,
) -> Written:
    """Put a package together, sign it, and seal it for these recipients; without recipients it stays open.

    `about` lacks only its `files`, which are filled in here. `cover` makes the Vietnamese text of DOC_TOI.txt; `files`
    are attachments by their SHA-256. Rows are consumed as they are written. AppError `too_big` where no receiver would
    take the result.
    """
    if not recipients and about.detail != Detail.TOTALS:
        raise AppError(
            "not_sealed",
            say("Data of persons are never written without a seal."),
            say("Ask that office for its key file, and take it in."),
        )
    writer, entries = archive.Writer(), []
    for table in [name for name in TABLES if name in tables]:
        counted = _Counted(tables[table])
        chunks = row_files.write_rows(table, counted)
        first = next(chunks, None)
        if first is not None:
            path = f"rows/{table}.ndjson"
            entries.append(FileEntry(path, *writer.add(path, _after(first, chunks)), rows=counted.count))
    for sha256, content in sorted((files or {}).items()):
        entries.append(FileEntry(f"files/{sha256}", *writer.add(f"files/{sha256}", [content])))
    text = cover(about.with_files(tuple(entries))).replace("\r\n", "\n").replace("\n", "\r\n")
    entries.append(FileEntry(archive.COVER, *writer.add(archive.COVER, [BOM + text.encode()])))
    about = about.with_files(tuple(entries))
    signed = about.to_bytes()
    comment = f"so tram {about.kind} {about.id} sequence {about.stream.sequence}"
    writer.add(archive.MANIFEST, [signed])
    writer.add(archive.SIGNATURE, [signer.sign(signed, comment)])
    data = writer.finish()
    unpacked = sum(entry.bytes for entry in entries) + len(signed)
    data = sealing.seal(data, recipients) if recipients else data
    if len(data) > archive.LARGEST_FILE or unpacked > archive.LARGEST_UNPACKED:
        raise AppError(
            "too_big",
            say("This package would be too large for the receiver."),
            say("Send the finished forms first, the others later."),
        )
    return Written(data, about, manifest.manifest_hash(signed), sum(entry.rows or 0 for entry in entries))


class _Counted:
    """Rows that are counted while they pass."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            self.count += 1
            yield row


def _after(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


@dataclass(frozen=True, slots=True)
class Opened:
    """A package that may be taken in. `missing` are numbers of its stream that never came."""

    manifest: Manifest
    manifest_sha256: str
    sender: Sender
    is_sealed: bool
    findings: tuple[Finding, ...]
    missing: tuple[int, ...]
    archive: Archive

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables it has rows of, in the order in which they are to be taken."""
        return tuple(name for name in TABLES if f"rows/{name}.ndjson" in self.archive.entries)

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table, read as they are asked for; none where the package has no such table."""
        path = f"rows/{table}.ndjson"
        if path in self.archive.entries:
            yield from row_files.read_rows(table, self.archive.chunks(path))

    def file(self, sha256: str) -> bytes | None:
        """The bytes of an attachment."""
        return self.archive.read(f"files/{sha256}", archive.LARGEST_FILE)


def read_file(path: Path) -> bytes:
    """The bytes of a package file; Refused `too_big` before anything is read, AppError where it cannot be read."""
    try:
        if path.stat().st_size > archive.LARGEST_FILE:
            raise Refused(Code.TOO_BIG)
        return path.read_bytes()
    except OSError as error:
        raise AppError(
            "cannot_read",
            say("The file {file} cannot be read.", file=path.name),
            say("Check that the stick is still plugged in."),
        ) from error


def open_package(data: bytes, trust: Trust) -> Opened:
    """Go through the reading order of `contract/package.md`; Refused at the first reason, and nothing has changed."""
    if len(data) > archive.LARGEST_FILE:
        raise Refused(Code.TOO_BIG)
    sealed = sealing.is_sealed(data)
    plain = sealing.unseal(data, tuple(trust.seals.values())) if sealed else data
    unpacked = archive.open_archive(plain, file_size=len(data))
    signed = unpacked.read(archive.MANIFEST, manifest.LARGEST)
    if signed is None:
        raise Refused(Code.CANNOT_OPEN)
    state = _Reading(unpacked, signed, sealed, trust)
    try:
        return state.checked()
    except Refused as refused:
        refused.manifest, refused.signature = state.told(), state.signature
        refused.manifest_sha256 = state.sha256
        raise


class _Reading:
    """One package on its way through the checks."""

    def __init__(self, unpacked: Archive, signed: bytes, sealed: bool, trust: Trust) -> None:  # noqa: FBT001
        self.archive = unpacked
        self.signed = signed
        self.sealed = sealed
        self.trust = trust
        self.sha256 = manifest.manifest_hash(signed)
        self.signature = "unknown"

    def told(self) -> Manifest | None:
        """What the manifest says, whether or not anything of it is true."""
        try:
            return manifest.read_manifest(self.signed)
        except ValueError:
            return None

    def checked(self) -> Opened:
        sender = self._sender()
        self._check_signature(sender)
        about = self._manifest(sender)
        self._check_receiver(about)
        self._check_allowed(about, sender)
        self._check_known(about)
        self._check_files(about)
        self._check_rows(about)
        missing = self._check_stream(about)
        findings = tuple(_findings(about, sender, self.trust.today, sealed=self.sealed, missing=missing))
        return Opened(about, self.sha256, sender, self.sealed, findings, missing, self.archive)

    def _sender(self) -> Sender:
        try:
            told = minisign.read_signature(self.archive.read(archive.SIGNATURE, minisign.LONGEST) or b"")
        except minisign.BadFrame as error:
            self.signature = "bad"
            raise Refused(Code.BAD_SIGNATURE) from error
        sender = self.trust.senders.get(told.id)
        if sender is None:
            raise Refused(Code.UNKNOWN_SENDER)
        return sender

    def _check_signature(self, sender: Sender) -> None:
        told = minisign.read_signature(self.archive.read(archive.SIGNATURE, minisign.LONGEST) or b"")
        good = minisign.verifies(told, self.signed, sender.key)
        self.signature = "ok" if good else "bad"
        if sender.revoked_from is not None and sender.revoked_from <= self.trust.today:
            raise Refused(Code.REVOKED_SENDER)
        if not good:
            raise Refused(Code.BAD_SIGNATURE)

    def _manifest(self, sender: Sender) -> Manifest:
        """The manifest, read only now that it is proven; who signed must be who it says."""
        try:
            about = manifest.read_manifest(self.signed)
        except ValueError as error:
            raise Refused(Code.TOO_NEW if self._is_newer() else Code.BAD_CONTENT) from error
        if about.sender.key != sender.key.id or about.sender.office != sender.office:
            self.signature = "bad"
            raise Refused(Code.BAD_SIGNATURE)
        if sender.revoked_from is not None and sender.revoked_from <= datetime.fromisoformat(about.made).date():
            raise Refused(Code.REVOKED_SENDER)
        return about

    def _is_newer(self) -> bool:
        try:
            return manifest.needs_newer(self.signed)
        except ValueError:
            return False

    def _check_receiver(self, about: Manifest) -> None:
        """Office id and seal key, so that nobody can seal what was signed for us for another, or the reverse."""
        trust, to = self.trust, about.to
        ours = to.office == trust.office or (to.office is None and not self.sealed and to.code == trust.code)
        if not ours or (to.seal not in trust.seals and (self.sealed or to.seal is not None)):
            raise Refused(Code.NOT_FOR_US)

    def _check_allowed(self, about: Manifest, sender: Sender) -> None:
        tables = {match[1] for match in map(archive.ROWS.fullmatch, self.archive.entries) if match}
        persons = about.detail != Detail.TOTALS
        if about.kind == Kind.CONFIG and sender.role == "child":
            raise Refused(Code.NOT_ALLOWED)
        if not _is_known_level(about):
            raise Refused(Code.NOT_ALLOWED, say("This package carries a level of detail that is not known."))
        if persons and (not self.sealed or not (about.reason or "").strip()):
            raise Refused(Code.NOT_ALLOWED, say("Data of persons came without a seal or without a reason."))
        if not persons and tables & PERSONAL:
            raise Refused(Code.NOT_ALLOWED, say("Data of persons came in a package of totals."))
        if about.detail == Detail.UNNAMED and tables & NAMED:
            raise Refused(Code.NOT_ALLOWED, say("Names came in a package without names."))
        if tables & CONFIG_ONLY and about.kind != Kind.CONFIG:
            raise Refused(Code.NOT_ALLOWED)
        self._check_nodes(about)

    def _check_nodes(self, about: Manifest) -> None:
        """A node belongs to one office for ever: nobody may write in the name of another's."""
        claimed = {node: office for node, (office, _) in about.nodes.items()}
        if about.sender.node != about.stream.node:
            raise Refused(Code.BAD_CONTENT)
        for node, office in (*claimed.items(), (about.stream.node, about.sender.office)):
            if self.trust.nodes.get(node, office) != office or claimed.get(node, office) != office:
                raise Refused(
                    Code.NOT_ALLOWED,
                    say("This package writes in the name of a record that belongs to another office."),
                )

    def _check_known(self, about: Manifest) -> None:
        tables = {match[1] for match in map(archive.ROWS.fullmatch, self.archive.entries) if match}
        if about.format > manifest.FORMAT or set(about.needs) - manifest.FEATURES or tables - TABLES.keys():
            raise Refused(Code.TOO_NEW)

    def _check_files(self, about: Manifest) -> None:
        listed = {entry.path: entry for entry in about.files}
        there = self.archive.entries.keys() - {archive.MANIFEST, archive.SIGNATURE}
        if len(listed) != len(about.files) or listed.keys() != there:
            raise Refused(Code.CHANGED)
        for path, entry in listed.items():
            digest, size, lines = hashlib.sha256(), 0, 0
            for chunk in self.archive.chunks(path):
                digest.update(chunk)
                size += len(chunk)
                lines += chunk.count(b"\n")
            counted = entry.rows if path.startswith("rows/") else None
            if (digest.hexdigest(), size) != (entry.sha256, entry.bytes) or counted not in (None, lines):
                raise Refused(Code.CHANGED)
            if path.startswith("rows/") and entry.rows is None:
                raise Refused(Code.CHANGED)
            if path.startswith("files/") and path != f"files/{entry.sha256}":
                raise Refused(Code.CHANGED)

    def _check_rows(self, about: Manifest) -> None:
        if (about.kind == Kind.RECEIPT) != (about.receipt is not None):
            raise Refused(Code.BAD_CONTENT)
        for entry in about.files:
            found = archive.ROWS.fullmatch(entry.path)
            if found is None:
                continue
            is_stamped = about.kind == Kind.PACKAGE and found[1] not in DEFINITIONS
            try:
                rows = row_files.read_rows(found[1], self.archive.chunks(entry.path))
                for row in row_files.each_once(found[1], rows):
                    if is_stamped and not is_in(row.version, about.seen):
                        raise Refused(
                            Code.BAD_CONTENT,
                            say("{file} holds a row that its sender says it has not seen.", file=entry.path),
                        )
            except BadJson as error:
                raise Refused(
                    Code.BAD_CONTENT,
                    say("Row {line} of {file} cannot be read.", line=error.line, file=entry.path),
                ) from error

    def _check_stream(self, about: Manifest) -> tuple[int, ...]:
        stream = about.stream
        taken = self.trust.taken.get(StreamId(stream.node, about.kind, about.scope), {})
        if self.sha256 in taken.values():
            raise Refused(Code.ALREADY_TAKEN)
        before = taken.get(stream.sequence - 1)
        if stream.sequence in taken or (before is not None and before != stream.previous):
            raise Refused(Code.FORKED)
        if not_stood_on(about.base, self.trust.seen.get(about.scope, {})):
            raise Refused(Code.STANDS_ON_MISSING)
        if about.kind == Kind.RECEIPT:
            return ()
        come = {stream.sequence, *taken}
        return missing_sequences(come, max(come))


def _is_known_level(about: Manifest) -> bool:
    """Whether scope and level of detail belong together; a receipt answers in any scope and carries nothing."""
    if about.detail not in list(Detail):
        return False
    if about.kind is Kind.RECEIPT:
        return about.detail == Detail.TOTALS and about.scope in manifest.SCOPES.values()
    return about.scope == manifest.SCOPES[Detail(about.detail)]


def _findings(
    about: Manifest, sender: Sender, today: date, *, sealed: bool, missing: tuple[int, ...]
) -> Iterator[Finding]:
    made = datetime.fromisoformat(about.made).date()
    if made > today + timedelta(days=1):
        yield Finding(
            "doubtful_clock",
            Severity.WARNING,
            say("This package says it was made on {day}, which is still to come.", day=made),
            say("Nothing is decided by clocks. Ask {name} to set the clock of the computer.", name=sender.name),
        )
    if not sender.confirmed:
        yield Finding(
            "sender_unconfirmed",
            Severity.WARNING,
            say("The fingerprint of {name} has not been confirmed.", name=sender.name),
            say("Telephone the other office and compare the thirty digits."),
        )
    if not sealed:
        yield Finding(
            "not_sealed",
            Severity.WARNING,
            say("This package was signed but not sealed: anybody who held it could read it."),
            say("Give {name} your key file.", name=sender.name),
        )
    if missing:
        numbers = ", ".join(map(str, missing))
        yield Finding(
            "missing_packages",
            Severity.NOTE,
            say(
                "Packages {numbers} of {name} never came; this one contains what they held.",
                numbers=numbers,
                name=about.sender.name,
            ),
        )
