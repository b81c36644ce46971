"""What a person should look at in a child's measurements: flags of WHO, slips of a digit, shrinking, jumps.

All of it is a finding and nothing is dropped: the growth engine leaves out what WHO's limits leave out, and says so.
The limits between two visits are ours, wide enough for WHO's velocity standards (2009, 3 SD of the increments) and the
usual error of measuring (about 0,5 cm and 0,1 kg, WHO/UNICEF 2019); they are stated in each message's rule name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from desktop.domain.children import LAST_DAY, Child, Position, Sex
from desktop.domain.findings import Finding, Mend, Severity
from desktop.domain.growth import scores as growth
from desktop.domain.growth.ages import LYING_UNTIL
from desktop.domain.values import number
from desktop.wording import Sentence, say

Score = Callable[[growth.Measurement], growth.Scores]

SHRINKS: Final = 10  # millimetres a child may seem to have lost before somebody should look
LOSES: Final = Decimal("0.85")  # of its weight that a child keeps between two visits, oedema aside
DAYS_APART: Final = 45  # nearer visits may well find the same figures
# From an age in days on: millimetres and grams that may be gained in a month of 30 days.
_GAINS: Final = ((0, 60, 2000), (90, 45, 1500), (183, 30, 1000), (365, 22, 700), (731, 16, 600))
_ERROR: Final = (15, 300)  # and what measuring twice may add
_WEIGHTS: Final = (900, 45_000)  # grams between which a child under five weighs something
_LENGTHS: Final = (380, 1350)
_ARMS: Final = (70, 260)
_SEX: Final = {None: growth.Sex.UNKNOWN, Sex.MALE: growth.Sex.BOY, Sex.FEMALE: growth.Sex.GIRL}
_POSITION: Final = {
    None: growth.Position.UNKNOWN,
    Position.LYING: growth.Position.LYING,
    Position.STANDING: growth.Position.STANDING,
}
_LIES_LONGER: Final = 7  # millimetres by which a child is longer lying than standing (WHO 2006)


@dataclass(frozen=True, slots=True)
class Visit:
    """What one visit found: grams and millimetres."""

    day: date
    weight: int | None = None
    lenhei: int | None = None
    position: Position | None = None
    oedema: bool = False
    muac: int | None = None


def scored(child: Child, visit: Visit) -> growth.Measurement:
    """A visit as the growth engine takes it."""
    return growth.Measurement(
        _SEX[child.sex],
        child.age_on(visit.day),
        visit.weight,
        visit.lenhei,
        _POSITION[visit.position],
        visit.oedema,
    )


def check_visits(
    child: Child, visits: Iterable[Visit], *, day: date, score: Score | None = None
) -> tuple[Finding, ...]:
    """The findings on a child's visit of a day, in the light of its earlier ones; none where there is no such visit.

    `score` computes z-scores; without it the limits of WHO are not asked. `element` of a finding says which column it
    is about: weight, lenhei, muac, birth_date. `mend` is what the figure probably was, kg or cm.
    """
    known = sorted(visits, key=lambda visit: visit.day)
    now = next((visit for visit in known if visit.day == day), None)
    if now is None:
        return ()
    earlier = [visit for visit in known if visit.day < day]
    found = [*_age(child, now), *_size(child, now, earlier, score)]
    if not any(one.severity is Severity.ERROR for one in found):
        found += [*_since(child, now, earlier), *_copied(child, now, earlier)]
    return tuple(found)


def _finding(
    child: Child,
    rule: str,
    severity: Severity,
    message: Sentence,
    element: str,
    *,
    advice: Sentence | None = None,
    mend: tuple[Mend, ...] = (),
) -> Finding:
    return Finding(rule, severity, message, advice, unit=f"uid:{child.uid}", element=element, mend=mend)


def kilograms(grams: int) -> Decimal:
    """Whole grams as people read them."""
    return _plain(Decimal(grams) / 1000)


def centimetres(millimetres: int) -> Decimal:
    """Whole millimetres as people read them."""
    return (Decimal(millimetres) / 10).quantize(Decimal("0.1"))


def _plain(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.1")) if amount == amount.quantize(Decimal("0.1")) else amount


# ---- age ----


def _age(child: Child, now: Visit) -> Iterator[Finding]:
    age = child.age_on(now.day)
    if age is None:
        message = say("The birth date is not known: no z-score for age can be computed.")
        yield _finding(child, "child_no_birth_date", Severity.WARNING, message, "birth_date")
    elif age < 0:
        yield _finding(
            child,
            "child_born_later",
            Severity.ERROR,
            say("The child was born on {born}, after this visit.", born=child.birth_date),
            "birth_date",
            advice=say("Correct the birth date, or the day of the visit."),
        )
    elif age > LAST_DAY:
        message = say("On this day the child was five already; it is not counted.")
        yield _finding(child, "child_over_five", Severity.NOTE, message, "birth_date")


# ---- the size of one visit ----


def _size(child: Child, now: Visit, earlier: Sequence[Visit], score: Score | None) -> Iterator[Finding]:
    wrong = _odd(child, now, score)
    if wrong:
        meant = _meant(child, now, earlier, wrong, score)
        if meant is not None:
            yield _slip(child, now, meant)
            wrong -= _changed(now, meant)
            wrong &= _odd(child, meant, score)
        yield from (_implausible(child, now, column) for column in sorted(wrong))
    if now.muac is not None and not _ARMS[0] <= now.muac <= _ARMS[1]:
        message = say("An arm circumference of {size} cm is hardly possible.", size=centimetres(now.muac))
        yield _finding(child, "child_muac_size", Severity.WARNING, message, "muac")


def _odd(child: Child, visit: Visit, score: Score | None) -> set[str]:
    """The columns that cannot be right: outside what any child is, or flagged by WHO's limits."""
    wrong = set()
    if visit.weight is not None and not _WEIGHTS[0] <= visit.weight <= _WEIGHTS[1]:
        wrong.add("weight")
    if visit.lenhei is not None and not _LENGTHS[0] <= visit.lenhei <= _LENGTHS[1]:
        wrong.add("lenhei")
    if not wrong and score is not None:
        told = score(scored(child, visit))
        flagged = {index for index in growth.Index if (one := told.of(index)) is not None and one.flagged}
        wrong |= {"weight"} if growth.Index.WA in flagged else set()
        wrong |= {"lenhei"} if growth.Index.HA in flagged else set()
        if not wrong and flagged:
            wrong |= {"weight", "lenhei"}
    return wrong


def _ways(now: Visit) -> Iterator[Visit]:
    """What may have been meant: the comma one place further, or the two columns exchanged."""
    if now.weight is not None:
        yield replace(now, weight=now.weight * 10)
        if now.weight % 10 == 0:
            yield replace(now, weight=now.weight // 10)
    if now.lenhei is not None:
        yield replace(now, lenhei=now.lenhei * 10)
        if now.lenhei % 10 == 0:
            yield replace(now, lenhei=now.lenhei // 10)
    if now.weight is not None and now.lenhei is not None and now.weight % 100 == 0:
        # 78 kg and 9,8 cm: 78 cm and 9,8 kg.
        yield replace(now, weight=now.lenhei * 100, lenhei=now.weight // 100)


def _meant(child: Child, now: Visit, earlier: Sequence[Visit], wrong: set[str], score: Score | None) -> Visit | None:
    """The one way in which all would be right; else the one that mends its column, whatever the other one holds."""
    ways = [(way, _changed(now, way)) for way in _ways(now)]
    fitting = [(way, changed) for way, changed in ways if _fits(child, way, changed, earlier)]
    whole = [way for way, _changed_by in fitting if not _odd(child, way, score)]
    if not whole:
        whole = [way for way, changed in fitting if changed <= wrong and not changed & _odd(child, way, score)]
    return whole[0] if len(whole) == 1 else None


def _changed(now: Visit, way: Visit) -> set[str]:
    return {name for name in ("weight", "lenhei") if getattr(now, name) != getattr(way, name)}


def _fits(child: Child, way: Visit, changed: set[str], earlier: Sequence[Visit]) -> bool:
    return not any(one.element in changed for one in _since(child, way, earlier))


def _slip(child: Child, now: Visit, meant: Visit) -> Finding:
    mends = []
    if meant.weight is not None and meant.weight != now.weight:
        mends.append(Mend(child.uid, "weight", number(kilograms(meant.weight))))
    if meant.lenhei is not None and meant.lenhei != now.lenhei:
        mends.append(Mend(child.uid, "lenhei", number(centimetres(meant.lenhei))))
    if len(mends) == 2:
        message = say("Weight and length were probably typed in each other's column.")
        return _finding(child, "child_swapped", Severity.ERROR, message, "weight", mend=tuple(mends))
    if mends[0].element == "weight":
        message = say(
            "{found} kg is hardly possible; {meant} kg was probably meant.",
            found=kilograms(now.weight or 0),
            meant=kilograms(meant.weight or 0),
        )
    else:
        message = say(
            "{found} cm is hardly possible; {meant} cm was probably meant.",
            found=centimetres(now.lenhei or 0),
            meant=centimetres(meant.lenhei or 0),
        )
    return _finding(
        child,
        "child_digit_slip",
        Severity.ERROR,
        message,
        mends[0].element,
        advice=say("Compare with the paper list."),
        mend=tuple(mends),
    )


def _implausible(child: Child, now: Visit, column: str) -> Finding:
    if column == "weight":
        message = say("{found} kg is not plausible for this child.", found=kilograms(now.weight or 0))
    else:
        message = say("{found} cm is not plausible for this child.", found=centimetres(now.lenhei or 0))
    advice = say("Measure again, or check sex and birth date. Such a figure is left out of the rates.")
    return _finding(child, "child_implausible", Severity.WARNING, message, column, advice=advice)


# ---- since the last visit ----


def _since(child: Child, now: Visit, earlier: Sequence[Visit]) -> Iterator[Finding]:
    longer = next((one for one in reversed(earlier) if one.lenhei is not None), None)
    if longer is not None and now.lenhei is not None:
        yield from _length(child, now, longer)
    heavier = next((one for one in reversed(earlier) if one.weight is not None), None)
    if heavier is not None and now.weight is not None:
        yield from _weight(child, now, heavier)


def _standing(child: Child, visit: Visit) -> int:
    """The height standing, so that two visits compare; where the position is not known, that of the age (WHO 2006)."""
    age = child.age_on(visit.day)
    lies = visit.position is Position.LYING or (visit.position is None and age is not None and age < LYING_UNTIL)
    return (visit.lenhei or 0) - (_LIES_LONGER if lies else 0)


def _length(child: Child, now: Visit, before: Visit) -> Iterator[Finding]:
    grown = _standing(child, now) - _standing(child, before)
    told = {"before": centimetres(before.lenhei or 0), "day": before.day}
    if grown < -SHRINKS:
        message = say("Shorter than {before} cm on {day}.", **told)
        yield _finding(child, "child_shrank", Severity.WARNING, message, "lenhei", advice=_ONE_IS_WRONG)
    elif grown > _allowed(child, before, now, 0):
        message = say("Grown by {gain} cm since {day} ({before} cm).", gain=centimetres(grown), **told)
        yield _finding(child, "child_jumped", Severity.WARNING, message, "lenhei", advice=_ONE_IS_WRONG)


def _weight(child: Child, now: Visit, before: Visit) -> Iterator[Finding]:
    gained = (now.weight or 0) - (before.weight or 0)
    told = {"before": kilograms(before.weight or 0), "day": before.day}
    swelled = now.oedema or before.oedema
    if not swelled and (now.weight or 0) < LOSES * (before.weight or 0):
        message = say("Much lighter than {before} kg on {day}.", **told)
        advice = say("Either a figure is wrong, or the child is ill: look at it today.")
        yield _finding(child, "child_lost_weight", Severity.WARNING, message, "weight", advice=advice)
    elif not swelled and gained > _allowed(child, before, now, 1):
        message = say("Gained {gain} kg since {day} ({before} kg).", gain=kilograms(gained), **told)
        yield _finding(child, "child_jumped", Severity.WARNING, message, "weight", advice=_ONE_IS_WRONG)


_ONE_IS_WRONG: Final = say("One of the two figures is probably wrong: measure again, or compare with the paper lists.")


def _allowed(child: Child, before: Visit, now: Visit, which: int) -> Decimal:
    """How much may be gained between two visits: millimetres (0) or grams (1)."""
    age = max(0, child.age_on(before.day) or 0)  # a visit before the birth is a finding of its own
    rate = next(gains[which + 1] for gains in reversed(_GAINS) if age >= gains[0])
    return Decimal(_ERROR[which]) + Decimal(rate) * (now.day - before.day).days / 30


def _copied(child: Child, now: Visit, earlier: Sequence[Visit]) -> Iterator[Finding]:
    before = earlier[-1] if earlier else None
    if before is None or now.weight is None or now.lenhei is None or (now.day - before.day).days < DAYS_APART:
        return
    if (now.weight, now.lenhei) == (before.weight, before.lenhei):
        message = say("Weight and length are exactly those of {day}.", day=before.day)
        advice = say("Were last time's figures copied?")
        yield _finding(child, "child_copied", Severity.WARNING, message, "weight", advice=advice)
