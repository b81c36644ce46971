"""How two records of the same forms come together: versions, what was seen, and the applying rule.

A version is (node, release); `Seen` is, for each node, the highest release taken in (`contract/package.md`). Clocks
decide nothing here. Everything is pure: the store asks these functions and does what they say.

A row has one version, or several while a conflict is open: versions written without sight of each other live side by
side, in the record and in packages, until one comes that has seen them all. Which of them stands is the same answer
everywhere (`rank_for`), not a question of who received what first: keeping only the one that stands left 34 of 3.000
simulated histories with copied files unequal for ever, because each side believed the other's row was superseded.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

Seen = Mapping[str, int]


class Version(NamedTuple):
    """The node (16 hex digits) and the number of the release that stamped a row."""

    node: str
    release: int


class Verdict(StrEnum):
    """What is to be done with one incoming row."""

    TAKE = "take"
    NOTHING = "nothing"
    SKIP = "skip"
    KEEP_GREATER = "keep_greater"
    CONFLICT = "conflict"
    CONFLICT_WITH_DRAFT = "conflict_with_draft"


class Judgement(NamedTuple):
    """A verdict; the versions of the released row that live on (ours, theirs or both); and the one that stands.

    More than one version alive means that they were written without sight of each other. All are kept and travel,
    one stands; with different content that is an open conflict, until a version arrives that has seen them all.
    """

    verdict: Verdict
    alive: tuple[Version, ...]
    stands: Version

    @property
    def is_conflict(self) -> bool:
        """Whether a person is to decide at the conflict desk."""
        return self.verdict in (Verdict.CONFLICT, Verdict.CONFLICT_WITH_DRAFT)


def is_in(version: Version, seen: Seen) -> bool:
    """Whether a version was taken in by whoever has seen this much."""
    return version.release <= seen.get(version.node, 0)


def by_release(version: Version) -> tuple[int, str]:
    """An order of versions that both sides know: by release, then by node. It says nothing about time."""
    return version.release, version.node


Rank = tuple[bool, int, int, str]


def rank_for(holder: str, nodes: Mapping[str, tuple[str, int]]) -> Callable[[Version], Rank]:
    """Who stands in a conflict of a form, the same answer in every record: the holder's word, of its latest life.

    `nodes` tells of each node its office and the number of its life there (a restored or copied record lives one life
    later than its file did); then the greater version.
    """

    def rank(version: Version) -> Rank:
        office, life = nodes.get(version.node, ("", 0))
        return office == holder, life, version.release, version.node

    return rank


def judge(
    incoming: tuple[Version, ...],
    ours: tuple[Version, ...],
    *,
    draft: bool,
    sender_seen: Seen,
    our_seen: Seen,
    rank: Callable[[Version], Any],
    content: Callable[[Version], object],
) -> Judgement:
    """Judge one incoming row by the rule of `contract/package.md`, in its order.

    `incoming` and `ours` are the versions alive on either side in the order of `by_release`, one unless a conflict is
    open there; ours are those released, under an open draft too, none where nothing of this row was ever released.
    `draft` says whether an unreleased row of ours lies on them. `sender_seen` is the manifest's, `our_seen` ours before
    this package. `rank` orders versions by whose word counts (`rank_for`); `content` gives what stands in a version,
    to be compared, and is asked only where neither side has seen the other.

    Every version alive must be kept and sent on with the one that stands, those of equal content (`keep_greater`) too,
    though nobody need be shown them: dropping these left 3 of 100 simulated histories unequal.
    """
    if draft:
        return _judge_under_draft(incoming, ours, sender_seen=sender_seen, our_seen=our_seen, rank=rank)
    if not ours:
        return Judgement(Verdict.TAKE, incoming, _standing(incoming, rank))
    if ours == incoming:
        return Judgement(Verdict.NOTHING, ours, _standing(ours, rank))
    alive = together(incoming, ours, sender_seen=sender_seen, our_seen=our_seen)
    if alive == ours:
        return Judgement(Verdict.SKIP, ours, _standing(ours, rank))
    stands = _standing(alive, rank)
    if all(version in incoming for version in alive):
        return Judgement(Verdict.TAKE, alive, stands)
    first, *others = (content(version) for version in alive)
    if all(other == first for other in others):
        return Judgement(Verdict.KEEP_GREATER, alive, stands)
    return Judgement(Verdict.CONFLICT, alive, stands)


def together(
    incoming: tuple[Version, ...], ours: tuple[Version, ...], *, sender_seen: Seen, our_seen: Seen
) -> tuple[Version, ...]:
    """The versions that live on: ours that the sender had not seen, theirs that we had not, and what both hold.

    What one side had seen and does not hold, it has knowingly superseded. In order of release, so that equal sets are
    equal tuples.
    """
    kept = [version for version in ours if version in incoming or not is_in(version, sender_seen)]
    new = [version for version in incoming if version not in ours and not is_in(version, our_seen)]
    return tuple(sorted((*kept, *new), key=by_release)) or incoming


def _standing(alive: tuple[Version, ...], rank: Callable[[Version], Any]) -> Version:
    return alive[0] if len(alive) == 1 else max(alive, key=rank)


def _judge_under_draft(
    incoming: tuple[Version, ...],
    under: tuple[Version, ...],
    *,
    sender_seen: Seen,
    our_seen: Seen,
    rank: Callable[[Version], Any],
) -> Judgement:
    alive = together(incoming, under, sender_seen=sender_seen, our_seen=our_seen) if under else incoming
    if alive == under or (not under and all(is_in(version, our_seen) for version in incoming)):
        return Judgement(Verdict.NOTHING, under, _standing(under, rank) if under else incoming[0])
    return Judgement(Verdict.CONFLICT_WITH_DRAFT, alive, _standing(alive, rank))


def merged(one: Seen, other: Seen) -> dict[str, int]:
    """What is seen after taking in a package: the higher release of every node."""
    return {node: max(one.get(node, 0), other.get(node, 0)) for node in sorted({*one, *other})}


def above(version: Version, base: Seen) -> bool:
    """Whether a row travels: its version is not covered by what the receiver has acknowledged."""
    return version.release > base.get(version.node, 0)


def not_stood_on(base: Seen, our_seen: Seen) -> dict[str, int]:
    """The part of a package's base that we do not have: {node: release we have}; empty when the package fits."""
    return {node: our_seen.get(node, 0) for node, release in sorted(base.items()) if release > our_seen.get(node, 0)}


def missing_sequences(taken: Collection[int], newest: int) -> tuple[int, ...]:
    """The numbers of a stream below `newest` that never came (streams count from 1 without gaps)."""
    return tuple(number for number in range(1, newest) if number not in taken)


class Acknowledged(NamedTuple):
    """What a partner has said of itself: the node that spoke, the number of its receipt (0: in a package), its seen."""

    node: str
    sequence: int
    seen: Mapping[str, int]


def newest_receipt(known: Acknowledged | None, incoming: Acknowledged) -> Acknowledged:
    """What speaks for the partner, given what it has said so far and one more receipt of it.

    One node only ever sees more, so of two words of one node the higher counts, in whatever order they come. Another
    node replaces the known one: a restored partner has a new node and has truly seen less, so the answer may go down.
    A belated word of the old node can only make the base too high; the next package is then refused with
    `stands_on_missing`, and the receipt for that repairs it.

    A package taken from the partner speaks as a receipt does (`Acknowledged(stream.node, 0, manifest.seen)`). Without
    that a partner restored while all is quiet stays without what it lost: what we believe it has leaves nothing to
    send, so nothing is refused.
    """
    if known is None or known.node != incoming.node:
        return incoming
    return Acknowledged(known.node, max(known.sequence, incoming.sequence), merged(known.seen, incoming.seen))


def base_for(acknowledged: Acknowledged | None, *, same_area: bool = True) -> dict[str, int]:
    """What the next package to a partner stands on: empty before its first word or after its area changed."""
    return dict(acknowledged.seen) if acknowledged is not None and same_area else {}


def highest(versions: Iterable[Version]) -> dict[str, int]:
    """For each node the highest release among these versions."""
    top: dict[str, int] = {}
    for node, release in versions:
        top[node] = max(top.get(node, 0), release)
    return top
