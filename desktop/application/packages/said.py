"""What a person is told after a package was taken in: rows that wait, forms that another office returned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from desktop.application.judging import Returned
from desktop.application.packages.incoming import LOCKED, NOT_FOR_A_CHILD, UNKNOWN_UNIT
from desktop.application.packages.wire import Names
from desktop.domain.findings import Finding, Severity
from desktop.exchange.package.row import Row
from desktop.wording import Sentence, say

if TYPE_CHECKING:
    from desktop.application.packages.applying import Applying
    from desktop.application.packages.whose import Handed


def returned(forms: Sequence[Returned], names: Names) -> Iterator[Finding]:
    """One note for each form of ours that is back in entry; a warning where it is locked here."""
    for form in forms:
        unit = names.unit(form.unit)
        told = {"unit": unit["name"], "office": form.office_name, "reason": form.reason or ""}
        yield Finding(
            "returned_locked" if form.is_locked else "returned",
            Severity.WARNING if form.is_locked else Severity.NOTE,
            say("{office} has returned the form of {unit}: {reason}", **told),
            say("It is locked here: a leader can reopen it as a correction.")
            if form.is_locked
            else say("It is open for entry again: mend it and complete it once more."),
            unit=unit["code"] or f"uid:{form.unit}",
            period=form.period,
        )


def handed(forms: Sequence[Handed], names: Names, offices: Mapping[str, str]) -> Iterator[Finding]:
    """One warning for each form that an office below has given another holder; `offices` are names by uid."""
    for one in forms:
        unit = names.unit(one.form.unit)
        before, after = (offices.get(office, office[:8]) for office in (one.before, one.after))
        yield Finding(
            "handed_over",
            Severity.WARNING,
            say(
                "The form of {unit} was kept by {before}; now {after} keeps it.",
                unit=unit["name"],
                before=before,
                after=after,
            ),
            say("If that was not agreed, ask {office}: of this form its word counts now.", office=after),
            unit=unit["code"] or f"uid:{one.form.unit}",
            period=one.form.period,
        )


def answers_unknown() -> Iterator[Finding]:
    """A receipt for a package that this record has no note of: it was restored, or the receipt is for its copy."""
    yield Finding(
        "answers_unknown",
        Severity.NOTE,
        say("This receipt answers a package that this record has no note of."),
        say("That is so after a restore, and where the office works on two computers. What it says is kept."),
    )


def erased(done: Applying, office: str) -> Iterator[Finding]:
    """What was erased because the sender has erased it; what was not, because it is ours."""
    if done.erased:
        yield Finding(
            "erased",
            Severity.NOTE,
            say("{count} rows were erased, as {office} has erased them.", count=done.erased, office=office),
        )
    if done.not_erased:
        yield Finding(
            "not_erased",
            Severity.WARNING,
            say(
                "{office} has erased {count} rows of forms that this office keeps.",
                count=done.not_erased,
                office=office,
            ),
            say("Nothing of them was erased here. Ask that office on what basis, then erase them here."),
        )


def waiting(rows: Sequence[tuple[str, Row, str]]) -> Iterator[Finding]:
    """One finding for each reason and unit (or element) for which rows wait at the desk."""
    counted = Counter((why, _said_of(row, why)) for _, row, why in rows)
    for (why, name), count in counted.items():
        message, advice = _why(why, name, count)
        yield Finding(f"waiting_{why.replace(' ', '_')}", Severity.WARNING, message, advice)


def _said_of(row: Row, why: str) -> str:
    unit = row.fields.get("unit")
    named = str(unit.get("name") or unit.get("uid")) if isinstance(unit, Mapping) else str(unit or "")
    column = why.removeprefix("unknown ")
    return named if column in ("unit", why) else str(row.fields.get(column) or named)


def _why(why: str, name: str, count: int) -> tuple[Sentence, Sentence]:
    if why == UNKNOWN_UNIT:
        return (
            say(
                "{count} rows wait: the unit {name} is not known here, or is called otherwise.", count=count, name=name
            ),
            say("They are placed as soon as the unit is in the register."),
        )
    if why == LOCKED:
        return (
            say("{count} rows wait: the form of {name} is locked here.", count=count, name=name),
            say("They are placed when a leader opens the form as a correction."),
        )
    if why == NOT_FOR_A_CHILD:
        return (
            say("{count} rows of {name} wait: an office below may not decide this.", count=count, name=name),
            say("What stands here stays as it is. Ask the office that sent them what it meant to change."),
        )
    return (
        say("{count} rows wait: {name} is not installed here.", count=count, name=name),
        say("They are placed as soon as it is installed."),
    )
