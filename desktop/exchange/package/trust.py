"""What the reader of a package must know of us: whom we trust, and what we have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from desktop.domain.versions import Seen
from desktop.exchange.package import minisign
from desktop.exchange.package.manifest import Kind


@dataclass(frozen=True, slots=True)
class Sender:
    """A partner whose key is known: `role` is what they are to us, `parent`, `child` or `desk`."""

    office: str
    code: str
    name: str
    role: str
    key: minisign.PublicKey
    confirmed: bool = True
    revoked_from: date | None = None


@dataclass(frozen=True, slots=True)
class StreamId:
    """One stream of one partner's node towards us."""

    node: str
    kind: Kind
    scope: str


@dataclass(frozen=True, slots=True)
class Trust:
    """What the reader must know of us: who we are, whom we know, what we have.

    `seals` maps our seal keys, former ones too, to their `AGE-SECRET-KEY-1...` identities; `senders` are keyed by key
    id; `seen` by scope; `taken` gives for each stream the manifest hash of each sequence that was taken; `nodes` names
    the office of every node we know.
    """

    office: str
    code: str
    seals: Mapping[str, str]
    senders: Mapping[str, Sender]
    today: date
    seen: Mapping[str, Seen] = field(default_factory=dict)
    taken: Mapping[StreamId, Mapping[int, str]] = field(default_factory=dict)
    nodes: Mapping[str, str] = field(default_factory=dict)
