"""Whether two entries are one child: a score from name, birth date, mother, sex and village; pure and explained.

A name written differently counts as near by the share of equal pairs of letters of its folded words (Dice, Ecology 26,
1945), so that "Giàng A Chứ" and "Giàng A Chu" are equal and "Vàng A Chu" is near. Birth dates may have day and month
exchanged, or one figure wrong. The weights are ours: name 45, birth date 35, mother 15, village 5; a different sex
takes 25 away. From 85 on two entries are surely one child, from 65 on a person should look.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from desktop.domain.children import Child
from desktop.domain.text import fold, words
from desktop.wording import Sentence, say

SURE: Final = 85
LIKELY: Final = 65
NEAR_DAYS: Final = 45  # birth dates further apart are compared only where figures may be exchanged
_AT_ONCE: Final = 2000  # pairs between two words on how far it is
_NAME, _BIRTH, _MOTHER, _VILLAGE, _OTHER_SEX = 45, 35, 15, 5, 25


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two entries are alike, 0 to 100, and why."""

    score: int
    reasons: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries that may be one child."""

    one: Child
    other: Child
    score: int
    reasons: tuple[Sentence, ...]


def likeness(one: Child, other: Child) -> Likeness:
    """How much two entries are alike; the order of the two does not matter."""
    if one.personal_id and one.personal_id == other.personal_id:
        return Likeness(100, (say("The personal number is the same."),))
    reasons = [_why_name(one.name, other.name), _birth(one.birth_date, other.birth_date)[1]]
    if one.mother and other.mother and likeness_of_names(one.mother, other.mother) == 1:
        reasons.append(say("The mother has the same name."))
    if _other_sex(one, other):
        reasons.append(say("The sex differs."))
    return Likeness(score_of(one, other), tuple(reason for reason in reasons if reason))


def score_of(one: Child, other: Child, *, least: int = 0) -> int:
    """How much two entries are alike, 0 to 100, without the words; 0 too where the names keep it below `least`."""
    if one.personal_id and one.personal_id == other.personal_id:
        return 100
    score = _NAME * _steep(likeness_of_names(one.name, other.name))
    if score + _BIRTH + _MOTHER + _VILLAGE + 1 < least:
        return 0
    score += _BIRTH * _birth(one.birth_date, other.birth_date)[0]
    # Where one of the two does not say, nothing speaks against it.
    if one.mother and other.mother:
        score += _MOTHER * _steep(likeness_of_names(one.mother, other.mother))
    else:
        score += _MOTHER / 2
    if one.village and other.village:
        score += _VILLAGE * (fold(one.village) == fold(other.village))
    else:
        score += _VILLAGE / 2
    if _other_sex(one, other):
        score -= _OTHER_SEX
    return max(0, min(100, int(score + 0.5)))


def _other_sex(one: Child, other: Child) -> bool:
    return one.sex is not None and other.sex is not None and one.sex is not other.sex


def given_name(name: str) -> str:
    """The folded last word of a name: what a child is called."""
    return fold(name).rpartition(" ")[2]


def name_key(name: str) -> str:
    """A name without marks, case and order of its words."""
    return " ".join(sorted(fold(name).split()))


@dataclass(frozen=True, slots=True)
class Match:
    """Who a new entry is: the child known already, or None; `sure` where nobody need be asked.

    `others` are those a person may mean instead, the likeliest first.
    """

    child: Child | None
    score: int = 0
    sure: bool = False
    others: tuple[Child, ...] = ()


def is_sure(one: Child, other: Child, score: int) -> bool:
    """Twins share everything but what they are called: only entries called the same are surely one child."""
    return score >= SURE and given_name(one.name) == given_name(other.name)


def match(wanted: Sequence[Child], known: Sequence[Child]) -> list[Match]:
    """Find each wanted entry among the known children; in the same order. A child is found for one entry only."""
    by_day: dict[date | None, list[Child]] = {}
    by_name: dict[str, list[Child]] = {}
    exactly: dict[tuple[str, date | None, str], list[Child]] = {}
    for child in known:
        by_day.setdefault(child.birth_date, []).append(child)
        by_name.setdefault(name_key(child.name), []).append(child)
        exactly.setdefault(_exact(child), []).append(child)
    told: list[list[tuple[int, Child]]] = []
    for new in wanted:
        same = exactly.get(_exact(new), ())
        # Most children of a second list: nobody else need be looked at.
        if len(same) == 1 and new.birth_date and new.mother and not _other_sex(new, same[0]):
            told.append([(100, same[0])])
            continue
        near = {child.uid: child for child in by_name.get(name_key(new.name), ())}
        if new.birth_date is not None:
            days = {new.birth_date, *_mistaken(new.birth_date)}
            near |= {child.uid: child for day in days for child in by_day.get(day, ())}
        likely = ((score_of(new, child, least=LIKELY), child) for child in near.values())
        told.append(sorted((one for one in likely if one[0] >= LIKELY), key=lambda one: (-one[0], one[1].uid)))
    return _assigned(wanted, told)


def _exact(child: Child) -> tuple[str, date | None, str]:
    return fold(child.name), child.birth_date, fold(child.mother)


def _mistaken(day: date) -> Iterator[date]:
    yield from _slipped(day)
    yield from (day - timedelta(days=apart) for apart in range(1, 11))


def _assigned(wanted: Sequence[Child], told: Sequence[Sequence[tuple[int, Child]]]) -> list[Match]:
    """The likeliest first; whoever comes later for the same child gets the next, or nobody."""
    found = [Match(None)] * len(wanted)
    taken: set[str] = set()
    ranked = sorted((-score, at, child.uid, child) for at, near in enumerate(told) for score, child in near)
    settled: set[int] = set()
    for negative, at, uid, child in ranked:
        if at in settled or uid in taken:
            continue
        settled.add(at)
        taken.add(uid)
        others = tuple(other for _, other in told[at] if other.uid != uid)
        rivals = [score for score, other in told[at] if other.uid != uid and other.uid not in taken]
        clear = not rivals or max(rivals) <= -negative - 10
        found[at] = Match(child, -negative, clear and is_sure(wanted[at], child, -negative), others)
    return found


def _why_name(one: str, other: str) -> Sentence | None:
    same = likeness_of_names(one, other)
    if same == 1:
        return say("The names are the same but for marks.") if one != other else say("The names are the same.")
    return say("The names are alike.") if same >= 0.7 else None


def _steep(same: float) -> float:
    """Half alike is not alike at all: names of one village share many letters."""
    return max(0.0, 2 * same - 1)


def likeness_of_names(one: str, other: str) -> float:
    """The share of equal pairs of letters in two names, 0 to 1; 1 where they differ in marks, case and order only."""
    mine, theirs = _pairs(fold(one)), _pairs(fold(other))
    told = len(mine) + len(theirs)
    return 2 * len(mine & theirs) / told if told else 1.0


@lru_cache(maxsize=65_536)
def _pairs(folded: str) -> frozenset[tuple[str, int]]:
    """The pairs of letters of a text's words, each with how often it came before: a set that counts."""
    found: Counter[str] = Counter()
    numbered = set()
    for word in words(folded):
        for at in range(len(word) + 1):
            part = f" {word} "[at : at + 2]
            numbered.add((part, found[part]))
            found[part] += 1
    return frozenset(numbered)


def _birth(one: date | None, other: date | None) -> tuple[float, Sentence | None]:
    if one is None or other is None:
        return 0.5, None
    if one == other:
        return 1.0, say("The birth date is the same.")
    if (one.day, one.month, one.year) == (other.month, other.day, other.year):
        return 0.8, say("Day and month of birth may be exchanged.")
    if _one_figure(one, other):
        return 0.7, say("The birth dates differ in one figure.")
    apart = abs((one - other).days)
    if apart <= NEAR_DAYS:
        return 0.5 * (1 - apart / (NEAR_DAYS + 1)), say("Born {count} days apart.", count=apart)
    return 0.0, None


def _one_figure(one: date, other: date) -> bool:
    """Whether one figure of the two dates, written ddmmyyyy, differs."""
    if (one.day != other.day) + (one.month != other.month) + (one.year != other.year) != 1:
        return False
    return sum(a != b for a, b in zip(f"{one:%d%m%Y}", f"{other:%d%m%Y}", strict=True)) == 1


def pairs(
    children: Sequence[Child], *, least: int = LIKELY, step: Callable[[int, int], None] | None = None
) -> list[Pair]:
    """Entries of a list that may be one child, the surest first. Only those that share something rare are compared.

    `step` hears how many of how many were compared, and may stop the work by raising.
    """
    from desktop.domain.children_near import near

    found, asked = [], list(near(children))
    for at, (first, second) in enumerate(asked):
        if step is not None and at % _AT_ONCE == 0:
            step(at, len(asked))
        one, other = children[first], children[second]
        if score_of(one, other, least=least) >= least:
            told = likeness(one, other)
            found.append(Pair(one, other, told.score, told.reasons))
    return sorted(found, key=lambda pair: (-pair.score, pair.one.uid, pair.other.uid))


def _slipped(day: date) -> Iterator[date]:
    """Days that a birth date may have been mistaken for: within some days, and with day and month exchanged."""
    yield from (day + timedelta(days=apart) for apart in range(1, 11))
    for year, month, number in ((day.year, day.day, day.month), (day.year + 1, day.month, day.day)):
        try:
            yield date(year, month, number)
        except ValueError:
            continue
