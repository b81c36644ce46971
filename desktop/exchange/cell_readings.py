"""What reading a cell gives: a value with findings that show every reading and the choice made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from desktop.domain.findings import Finding, Severity
from desktop.domain.values import State, TooFine, TooLarge, Value, number
from desktop.exchange.grid import Raw
from desktop.wording import Sentence, say


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says: the value chosen (None: nothing), findings without a place, and the readings not chosen."""

    value: Value | None
    findings: tuple[Finding, ...] = ()
    alternatives: tuple[Value, ...] = ()


BLANK: Final = Reading(None)

_ADVICE_DOUBT: Final = say("If another reading is right, correct the figure after importing.")
ADVICE_CELL: Final = say("Correct the cell and import the file again, or type the figure.")


def error(rule: str, message: Sentence, advice: Sentence | None) -> Reading:
    """Nothing was read, and why."""
    return Reading(None, (Finding(rule, Severity.ERROR, message, advice),))


def unreadable(shown: str, wanted: str) -> Reading:
    """Words where a "number" or a "yes_no" was wanted."""
    if wanted == "yes_no":
        message = say("“{shown}” is neither yes nor no; nothing was read.", shown=shown)
        return error("import.not_yes_no", message, say("Write x or có for yes, không for no."))
    return error("import.not_a_number", say("“{shown}” is not a number; nothing was read.", shown=shown), ADVICE_CELL)


def chosen_value(shown: str, chosen: int | Decimal, decimals: int, others: tuple[Decimal | Value, ...] = ()) -> Reading:
    """A figure as a value: findings where there is another reading, a fraction of a count, or too many decimals."""
    try:
        value = number(chosen)
    except TooFine:
        exact = Decimal(chosen).quantize(Decimal("0.0001"), ROUND_HALF_UP)
        rounded = chosen_value(shown, exact, decimals, others)
        note = say("{shown} has more than four decimals and was rounded to {chosen}.", shown=shown, chosen=exact)
        return Reading(
            rounded.value, (*rounded.findings, Finding("import.rounded", Severity.NOTE, note)), rounded.alternatives
        )
    except TooLarge:
        return unreadable(shown, "number")
    alternatives = tuple(other for other in map(_value, others) if other is not None and other != value)
    if not decimals and value.amount is not None and value.amount % 10_000:
        return Reading(value, (_fraction(shown, chosen, alternatives),), alternatives)
    if alternatives:
        return doubt("import.separators", shown, value, alternatives)
    return Reading(value)


def _value(reading: Decimal | Value) -> Value | None:
    if isinstance(reading, Value):
        return reading
    try:
        return number(reading)
    except (TooFine, TooLarge):
        return None


def _fraction(shown: str, chosen: int | Decimal, alternatives: tuple[Value, ...]) -> Finding:
    if not alternatives:
        message = say("{shown} is counted in whole numbers; it was read as {chosen}.", shown=shown, chosen=chosen)
    else:
        message = say(
            "“{shown}” stands where whole numbers are counted: it can mean {chosen} or {other}; "
            "it was read as {chosen}.",
            shown=shown,
            chosen=chosen,
            other=_spoken(alternatives[0]),
        )
    return Finding("import.fraction", Severity.ERROR, message, ADVICE_CELL)


def doubt(rule: str, shown: str, chosen: Value, others: tuple[Value, ...]) -> Reading:
    """A reading with others beside it: a warning that shows them all."""
    if len(others) == 1:
        message = say(
            "“{shown}” can mean {chosen} or {other}; it was read as {chosen}.",
            shown=shown,
            chosen=_spoken(chosen),
            other=_spoken(others[0]),
        )
    else:
        message = say(
            "“{shown}” can mean {first}, {second} or {chosen}; it was read as {chosen}.",
            shown=shown,
            first=_spoken(others[0]),
            second=_spoken(others[1]),
            chosen=_spoken(chosen),
        )
    return Reading(chosen, (Finding(rule, Severity.WARNING, message, _ADVICE_DOUBT),), others)


def _spoken(value: Value) -> object:
    """A value as a sentence says it."""
    if value.amount is not None:
        exact = Decimal(value.amount).scaleb(-4)
        return int(exact) if exact == exact.to_integral_value() else exact.normalize()
    words = {
        State.NOT_REPORTED: say("not reported"),
        State.NOT_APPLICABLE: say("not applicable"),
        State.YES: say("yes"),
        State.NO: say("no"),
    }
    return words.get(value.state, value.text or "")


def shown_cell(raw: Raw) -> str:
    """A stored cell as a person sees it in Excel."""
    if isinstance(raw, float):
        return format(raw, ".15g").replace(".", ",") if raw != int(raw) else str(int(raw))
    if isinstance(raw, datetime) and raw.time() == time():
        return raw.date().isoformat()
    return str(raw)


def words_beside(shown: str, chosen: Value) -> Finding:
    """A figure was read and words beside it were not."""
    message = say(
        "“{shown}” was read as {chosen}; the words or signs beside the figure were left out.",
        shown=shown,
        chosen=_spoken(chosen),
    )
    return Finding("import.words", Severity.WARNING, message, _ADVICE_DOUBT)


def commas_as_thousands(shown: str, chosen: int) -> Finding:
    """Several commas part thousands only, which is not how it is written here."""
    message = say("The commas in “{shown}” were read as thousands: {chosen}.", shown=shown, chosen=chosen)
    return Finding("import.separators", Severity.WARNING, message, _ADVICE_DOUBT)
