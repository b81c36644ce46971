"""What a wrong figure was probably meant to be: only slips of the hand that leave all digits there (design 3.5).

A mend is proposed where it is the only one that fits; a digit that is missing is never made up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from desktop.domain.findings import Mend
from desktop.domain.values import NOT_REPORTED, SCALE, Value, amount_value
from desktop.wording import Sentence, say

if TYPE_CHECKING:
    from desktop.domain.rules import Sheet

_SLIPS: Final = (10, 100, 1000)
TELLING: Final = 100
"""From this count on, the same figure in two rows says something."""

Mends = tuple[Mend, ...]


@dataclass(frozen=True, slots=True)
class Likely:
    """What to do about a figure far from its past, and the mend where one is clear."""

    advice: Sentence
    mend: Mends = ()


def likely(sheet: Sheet, unit: str, element: str, now: int, before: int) -> Likely:
    """The likeliest slip behind a figure (ten-thousandths) that is far from the one before."""
    from desktop.domain.rules import shown_amount

    step = step_of(sheet, element)
    slip = tenfold(now, before)
    if slip is not None:
        advice = say("Perhaps a digit too many or too few: {mended}.", mended=shown_amount(slip - slip % step))
        return Likely(advice, to(unit, element, slip) if is_clear(now, slip, step) else ())
    partner = _exchanged_row(sheet, unit, element, now)
    if partner is not None:
        name = sheet.unit_names.get(partner, partner)
        advice = say("This figure and that of {unit} may have been typed in each other's row.", unit=name)
        return Likely(
            advice, exchange((unit, element, now), (partner, element, amounts(sheet.figures, element)[partner]))
        )
    owner, is_now = _owner_of(sheet, unit, element, now)
    digits = exchanged_digits(now, before, step)
    if digits is not None and (owner is None or now < TELLING * SCALE):
        advice = say("Perhaps two digits were exchanged: {mended}.", mended=shown_amount(digits))
        return Likely(advice, to(unit, element, digits))
    if owner is not None:
        name = sheet.unit_names.get(owner, owner)
        advice = say("{unit} has the same figure; perhaps it was typed in the wrong row.", unit=name)
        return Likely(advice, (Mend(unit, element, NOT_REPORTED),) if is_now and now >= TELLING * SCALE else ())
    return Likely(say("Ask the commune, or keep it with a reason."))


def within(sheet: Sheet, unit: str, left: str, right: str) -> Likely | None:
    """Why a part (`left`) may be greater than its whole: a slip in one of them, or each in the other's column."""
    before = next((figures[unit] for _, figures in sheet.earlier if unit in figures), {})
    now_left, now_right = (sheet.figures[unit][code].amount for code in (left, right))
    old_left, old_right = (value.amount if (value := before.get(code)) else None for code in (left, right))
    if now_left is None or now_right is None:
        return None
    slips = [
        (code, slip)
        for code, now, old in ((left, now_left, old_left), (right, now_right, old_right))
        if old is not None and (slip := _slip(now, old, step_of(sheet, code))) is not None
    ]
    if len(slips) == 1 and (slips[0][1][0] <= now_right if slips[0][0] == left else slips[0][1][0] >= now_left):
        code, (mended, advice) = slips[0]
        return Likely(advice, to(unit, code, mended))
    if old_left is None or old_right is None:
        return None
    own = abs(now_left - old_left) + abs(now_right - old_right)
    crossed = abs(now_left - old_right) + abs(now_right - old_left)
    if crossed >= own:
        return None
    advice = say("The two figures may have been typed in each other's column.")
    # A little nearer may be chance; the one click is offered only where the exchange fits twice as well.
    return Likely(advice, exchanged_columns(sheet, unit, left, right) if crossed * 2 <= own else ())


def _slip(now: int, before: int, step: int) -> tuple[int, Sentence] | None:
    """The one figure that a slip of the hand made into this one, and in words; None for figures like the one before."""
    from desktop.domain.rules import shown_amount

    if _is_near(now, before):
        return None
    slip = tenfold(now, before)
    if slip is not None and is_clear(now, slip, step):
        return slip, say("Perhaps a digit too many or too few: {mended}.", mended=shown_amount(slip))
    digits = exchanged_digits(now, before, step)
    if digits is not None:
        return digits, say("Perhaps two digits were exchanged: {mended}.", mended=shown_amount(digits))
    return None


def to(unit: str, element: str, amount: int) -> Mends:
    """One cell that gets a number of ten-thousandths."""
    return (Mend(unit, element, amount_value(amount)),)


def exchange(first: tuple[str, str, int], second: tuple[str, str, int]) -> Mends:
    """Two cells (unit, element, amount) that get each other's number."""
    return to(first[0], first[1], second[2]) + to(second[0], second[1], first[2])


def exchanged_columns(sheet: Sheet, unit: str, left: str, right: str) -> Mends:
    """Two cells of a unit that get each other's figure; nothing where one of them could not hold it."""
    figures = sheet.figures[unit]
    first, second = figures[left].amount, figures[right].amount
    if first is None or second is None or first % step_of(sheet, right) or second % step_of(sheet, left):
        return ()
    return exchange((unit, left, first), (unit, right, second))


def step_of(sheet: Sheet, element: str) -> int:
    """The step between amounts an element can have, in ten-thousandths."""
    known = sheet.elements.get(element)
    step: int = SCALE // 10 ** (known.decimals if known else 0)
    return step


def tenfold(now: int, before: int) -> int | None:
    """The amount without a slip by ten, a hundred or a thousand, where that lies near the one before."""
    for slip in _SLIPS:
        for mended in (now // slip, now * slip):
            if mended and 0.7 * before <= mended <= 1.4 * before:
                return mended
    return None


def is_clear(now: int, mended: int, step: int) -> bool:
    """Whether a ten-fold slip leaves all digits there: too many noughts, or a comma in the wrong place."""
    if mended % step:
        return False
    return now % mended == 0 if mended < now else now % SCALE != 0


def exchanged_digits(now: int, before: int, step: int) -> int | None:
    """The one amount near the one before (within a tenth) got by exchanging two neighbouring digits back."""
    if now <= 0 or now % step:
        return None
    digits = str(now // step)
    found = set()
    for at in range(len(digits) - 1):
        turned = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        mended = int(turned) * step
        if turned[0] != "0" and mended != now and abs(mended - before) * 10 <= before:
            found.add(mended)
    return found.pop() if len(found) == 1 else None


def amounts(figures: Mapping[str, Mapping[str, Value]], element: str) -> dict[str, int]:
    """The reported numbers of an element by unit."""
    return {
        unit: value.amount
        for unit, cells in figures.items()
        if (value := cells.get(element)) is not None and value.amount is not None
    }


def _exchanged_row(sheet: Sheet, unit: str, element: str, now: int) -> str | None:
    """The one unit whose figure fits this one's past as this one's fits its: two rows taken for each other."""
    if not sheet.earlier or now < TELLING * SCALE:
        return None
    then = sheet.once(("amounts", element, 1), lambda: amounts(sheet.earlier[0][1], element))
    seen = sheet.once(("amounts", element, 0), lambda: amounts(sheet.figures, element))
    own = then.get(unit)
    if own is None:
        return None
    fits = [
        other
        for other, past in then.items()
        if other != unit
        and _is_near(now, past)
        and (its := seen.get(other)) is not None
        and _is_near(its, own)
        and not _is_near(its, past)
    ]
    return fits[0] if len(fits) == 1 else None


def _is_near(now: int, before: int) -> bool:
    return abs(now - before) * 10 <= before


def _owner_of(sheet: Sheet, unit: str, element: str, now: int) -> tuple[str | None, bool]:
    """A unit with the same figure, this period (True) or the one before."""
    for figures, is_now in ((sheet.figures, True), *((figures, False) for _, figures in sheet.earlier[:1])):
        for other, cells in figures.items():
            value = cells.get(element)
            if other != unit and value is not None and value.amount == now:
                return other, is_now
    return None, False
