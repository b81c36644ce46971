"""What must fit together in a table: totals, sums, limits, steps, and the decision it details."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from desktop.domain.criteria.scoring import shown
from desktop.domain.criteria.sets import CriteriaSet, Criterion, faults
from desktop.domain.findings import Severity
from desktop.exchange.criteria_table import cells
from desktop.exchange.criteria_table.reader import ADVICE, Reader
from desktop.exchange.grid import Sheet
from desktop.wording import say


def check_total(reader: Reader, sheet: Sheet, at: int, columns: Mapping[str, int], criteria: list[Criterion]) -> None:
    """A line of totals must say what the criteria above it add up to."""
    raw, column = sheet.at(at, columns["maximum"]), columns["maximum"]
    told = reader.cell(cells.points, raw, None, name="maximum", row=at, column=column)
    whole = sum((one.maximum or Fraction(0) for one in criteria), Fraction(0))
    if told is not None and told != whole:
        message = say("The total is {told}, the criteria above it add up to {sum}.", told=shown(told), sum=shown(whole))
        reader.add("total", message, say("Correct the total or the maxima."), row=at, column=columns["maximum"])


def check(reader: Reader, one: CriteriaSet) -> None:
    """Everything that must fit together once all rows are read."""
    if not one.criteria:
        reader.add("empty", say("The table has no criteria."), ADVICE["code"])
        return
    if not one.is_detailed:
        reader.add(
            "no_rows",
            say("The table has no rows below its criteria: fill in the official table first."),
            say("The decision's frame is used as long as no table is loaded."),
        )
    for code, what in faults(one):
        _say_fault(reader, one, code, what)
    frame = reader.frames.get(one.frame)
    if frame is not None:
        _compare(reader, one, frame)
    for criterion in one.criteria:
        if one.is_detailed and not criterion.rows:
            at = reader.places.get(criterion.number)
            words = say("Criterion {number} has no rows; it is scored as one.", number=criterion.number)
            reader.add("undivided", words, None, row=at.row if at else None, severity=Severity.WARNING)


def _say_fault(reader: Reader, one: CriteriaSet, code: str, what: str) -> None:
    column = {"sum": "maximum", "below": "maximum", "least": "least", "steps": "steps", "grain": "halves"}.get(
        what, "code"
    )
    at = (None if what == "sum" else reader.places.get(f"row {code}")) or reader.places.get(code)
    message, advice = _FAULTS[what]
    if what == "sum":
        criterion = next(part for part in one.criteria if part.number == code)
        whole = sum((row.maximum for row in criterion.rows), Fraction(0))
        message = say("Criterion {number}: its rows add up to {sum}, its maximum is {maximum}.", number=code,
                      sum=shown(whole), maximum=shown(criterion.maximum or Fraction(0)))  # fmt: skip
    place = at.columns.get(column) if at else None
    reader.add(what, message, advice, row=at.row if at else None, column=place)


_FAULTS: Final = {
    "sum": (say("the points of its rows do not add up to its maximum"),
            say("Correct the maxima; rows that stand for each other by zone name their zones.")),
    "twice": (say("the code stands twice"), say("Keep one row of each code.")),
    "least": (say("the knock-out limit is not between 0 and the maximum"),
              say("Write the fewest points that are no knock-out, or leave the cell empty.")),
    "steps": (say("the largest step is not the maximum, or one is below 0"),
              say("Write the points with semicolons between them: 0; 0,5; 1.")),
    "grain": (say("the smallest step is not above 0"), ADVICE["halves"]),
    "below": (say("the maximum is below 0"), ADVICE["maximum"]),
}  # fmt: skip


def _compare(reader: Reader, one: CriteriaSet, frame: CriteriaSet) -> None:
    """A maximum that was found otherwise, and a criterion that is missing or too many, are worth a second look."""
    known = {part.number: part for part in frame.criteria}
    for part in one.criteria:
        at, given = reader.places.get(part.number), known.get(part.number)
        row, column = (at.row, at.columns["maximum"]) if at else (None, None)
        if given is None:
            words = say("{frame} has no criterion {number}.", frame=frame.decision, number=part.number)
            reader.add("more_criteria", words, _LOOK, row=row, column=column, severity=Severity.WARNING)
        elif given.maximum is not None and part.maximum is not None and given.maximum != part.maximum:
            words = say("Criterion {number} has {told} points here; {found} were found for {frame}.",
                        number=part.number, told=shown(part.maximum), found=shown(given.maximum),
                        frame=frame.decision)  # fmt: skip
            reader.add("other_maximum", words, _LOOK, row=row, column=column, severity=Severity.WARNING)
    lacking = [number for number in known if number not in {part.number for part in one.criteria}]
    if lacking:
        words = say("The criteria {numbers} of {frame} are not in the table.", numbers=", ".join(lacking),
                    frame=frame.decision)  # fmt: skip
        reader.add("fewer_criteria", words, _LOOK, severity=Severity.WARNING)


_LOOK: Final = say("Look at the decision and its correction before the table is loaded.")
