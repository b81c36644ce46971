"""What a package says of itself: `manifest.json`, signed as the bytes it is (`contract/package.md`).

Beyond the contract's members it carries `nodes` (for each node of `seen`: its office and the number of its life there,
see `versions.rank_for`) and, in receipts, `receipt`. Unknown members are ignored; what must be understood is listed in
`needs`.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from desktop.exchange.package import reading, strict_json
from desktop.exchange.package.reading import BadMember, Object
from desktop.exchange.package.receipt import Head, Receipt, read_head, read_receipt

FORMAT: Final = 1
FEATURES: Final[frozenset[str]] = frozenset()
LARGEST: Final = 32 * 1024 * 1024


class Kind(StrEnum):
    """What a container is for."""

    PACKAGE = "package"
    RECEIPT = "receipt"
    CONFIG = "config"


class Detail(StrEnum):
    """How much of persons it carries: none, children without names, the full list."""

    TOTALS = "totals"
    UNNAMED = "unnamed"
    FULL = "full"


SCOPES: Final = {Detail.TOTALS: "record", Detail.UNNAMED: "children-unnamed", Detail.FULL: "children-full"}


@dataclass(frozen=True, slots=True)
class From:
    """The sending office, the id of the key that signs, and the node that made the package."""

    office: str
    code: str
    name: str
    key: str
    node: str


@dataclass(frozen=True, slots=True)
class To:
    """The receiving office; `office` and `seal` are None only where its key is not known yet."""

    office: str | None
    code: str
    seal: str | None


@dataclass(frozen=True, slots=True)
class Stream:
    """The place in the sender's stream to this partner: from 1 without gaps, `previous` the last manifest's hash."""

    node: str
    sequence: int
    previous: str | None


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One entry of the archive: path, hash, size in bytes, and for row files how many rows."""

    path: str
    sha256: str
    bytes: int
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class FormEntry:
    """A form that travels: its state, and the digest of its rows after applying."""

    unit: str
    form: str
    period: str
    state: str
    digest: str


@dataclass(frozen=True, slots=True)
class Erasure:
    """A row whose personal content was lawfully erased."""

    table: str
    uid: str
    at: str
    basis: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The whole manifest; `base` is what the package stands on, `seen` what its sender had seen."""

    kind: Kind
    id: str
    made: str
    program: str
    sender: From
    to: To
    stream: Stream
    scope: str
    base: Mapping[str, int]
    seen: Mapping[str, int]
    detail: str = Detail.TOTALS
    reason: str | None = None
    nodes: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    head: Head | None = None
    register: Mapping[str, Any] | None = None
    catalogue: Mapping[str, Any] | None = None
    files: tuple[FileEntry, ...] = ()
    forms: tuple[FormEntry, ...] = ()
    erasures: tuple[Erasure, ...] = ()
    receipt: Receipt | None = None
    format: int = FORMAT
    needs: tuple[str, ...] = ()

    def to_bytes(self) -> bytes:
        """The JSON text that is signed: members in the contract's order, NFC, one a line for the eye."""
        text = json.dumps(self.to_json(), ensure_ascii=False, indent=1, allow_nan=False) + "\n"
        return unicodedata.normalize("NFC", text).encode()

    def to_json(self) -> dict[str, Any]:
        """The members as `manifest.json` writes them."""
        content = {
            "format": self.format,
            "needs": list(self.needs),
            "kind": self.kind.value,
            "id": self.id,
            "made": self.made,
            "program": self.program,
            "from": asdict(self.sender),
            "to": asdict(self.to),
            "stream": asdict(self.stream),
            "scope": self.scope,
            "base": dict(sorted(self.base.items())),
            "seen": dict(sorted(self.seen.items())),
            "nodes": {node: {"office": office, "life": life} for node, (office, life) in sorted(self.nodes.items())},
            "head": asdict(self.head) if self.head else None,
            "register": dict(self.register) if self.register else None,
            "catalogue": dict(self.catalogue) if self.catalogue else None,
            "detail": str(self.detail),
            "reason": self.reason,
            "files": [_without_none(asdict(entry)) for entry in self.files],
            "forms": [asdict(entry) for entry in self.forms],
            "erasures": [asdict(entry) for entry in self.erasures],
        }
        return content | ({"receipt": self.receipt.to_json()} if self.receipt else {})

    def with_files(self, files: tuple[FileEntry, ...]) -> Manifest:
        """The same manifest listing these entries."""
        return replace(self, files=files)


def manifest_hash(data: bytes) -> str:
    """The hash by which streams and receipts name a manifest: SHA-256 of its bytes."""
    return hashlib.sha256(data).hexdigest()


def needs_newer(data: bytes) -> bool:
    """Whether a manifest that reads as JSON asks for a format or a feature that this program does not know."""
    content = strict_json.read_document(data)
    found, needs = content.get("format"), content.get("needs", [])
    newer = isinstance(found, int) and found > FORMAT
    return newer or not isinstance(needs, list) or any(need not in FEATURES for need in needs)


def read_manifest(data: bytes) -> Manifest:
    """A manifest from its bytes; BadJson or BadMember (both ValueError) otherwise."""
    content = strict_json.read_document(data)
    made = reading.text(content, "made", longest=40)
    _check_time(made)
    sender, stream = reading.member(content, "from"), reading.member(content, "stream")
    nodes = reading.member(content, "nodes") if "nodes" in content else {}
    return Manifest(
        format=reading.whole(content, "format", least=1),
        needs=reading.texts(content, "needs"),
        kind=_kind(content),
        id=reading.text(content, "id", longest=64),
        made=made,
        program=reading.text(content, "program", longest=40),
        sender=From(**{name: reading.text(sender, name, longest=300) for name in From.__slots__}),
        to=_to(reading.member(content, "to")),
        stream=Stream(
            reading.text(stream, "node", longest=64),
            reading.whole(stream, "sequence", least=1),
            reading.text_or_none(stream, "previous", longest=64),
        ),
        scope=reading.text(content, "scope", longest=40),
        base=reading.releases(content, "base"),
        seen=reading.releases(content, "seen"),
        nodes={node: _node(reading.member(nodes, node)) for node in nodes},
        head=read_head(content),
        register=_optional(content, "register"),
        catalogue=_optional(content, "catalogue"),
        detail=reading.text(content, "detail", longest=40),
        reason=reading.text_or_none(content, "reason", longest=2000),
        files=reading.many(content, "files", _file_entry),
        forms=reading.many(content, "forms", _form_entry),
        erasures=reading.many(content, "erasures", _erasure),
        receipt=read_receipt(reading.member(content, "receipt")) if content.get("receipt") is not None else None,
    )


def _check_time(text: str) -> None:
    try:
        if datetime.fromisoformat(text).tzinfo is None:
            raise BadMember("made")
    except ValueError as error:
        raise BadMember("made") from error


def _kind(content: Object) -> Kind:
    found = reading.text(content, "kind", longest=40)
    if found not in list(Kind):
        raise BadMember("kind")
    return Kind(found)


def _to(found: Object) -> To:
    return To(
        reading.text_or_none(found, "office", longest=64),
        reading.text(found, "code", longest=40),
        reading.text_or_none(found, "seal", longest=100),
    )


def _node(found: Object) -> tuple[str, int]:
    return reading.text(found, "office", longest=64), reading.whole(found, "life")


def _optional(content: Object, name: str) -> Object | None:
    return None if content.get(name) is None else reading.member(content, name)


def _file_entry(found: Object) -> FileEntry:
    return FileEntry(
        reading.text(found, "path", longest=100),
        reading.sha256(found, "sha256"),
        reading.whole(found, "bytes"),
        None if found.get("rows") is None else reading.whole(found, "rows"),
    )


def _form_entry(found: Object) -> FormEntry:
    return FormEntry(**{name: reading.text(found, name) for name in FormEntry.__slots__})


def _erasure(found: Object) -> Erasure:
    told = Erasure(**{name: reading.text(found, name, longest=2000) for name in Erasure.__slots__})
    try:
        date.fromisoformat(told.at[:10])
    except ValueError as error:
        raise BadMember("at") from error
    return told


def _without_none(found: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if value is not None}
