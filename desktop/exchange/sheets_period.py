"""Which period and kind a sheet's figures are of: what the caller asked for, the title, then names and headings.

A title that contradicts what was asked for stops its sheet; weaker evidence is used only where the title is silent,
and said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop.domain.findings import Finding, Severity
from desktop.domain.periods import Period
from desktop.domain.values import Kind
from desktop.exchange.parts_of_year import parts_of_year
from desktop.exchange.sheets_table import Table
from desktop.exchange.titles import Said, read_name, read_titles
from desktop.wording import Sentence, say


@dataclass(frozen=True, slots=True)
class Asked:
    """What the caller wants: period and kind; None is as the sheet says."""

    period: Period | None = None
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """The period (None: the sheet is stopped) and kind of a sheet, with what has to be said about them.

    `named`: the title speaks of a longer period, so that only columns which name this one are of it.
    """

    period: Period | None
    kind: Kind
    findings: tuple[Finding, ...] = ()
    named: bool = False


def decide(lines: list[str], names: tuple[str, str], table: Table, asked: Asked) -> Decided:
    """Decide from the lines of the title, the names of sheet and file, and the headings of the table."""
    title = read_titles(lines)
    said = (read_name(names[0]), read_name(re.sub(r"\.\w{2,5}$", "", names[1])))
    kind, kind_findings = _kind(title, said, asked.kind)
    if kind is None:
        return Decided(None, asked.kind or Kind.ACTUAL, kind_findings)
    if asked.period is not None and _in_columns(title, table, asked.period):
        return Decided(asked.period, kind, kind_findings, named=True)
    period, findings = _period(title, said, table, asked.period)
    return Decided(period, kind, (*kind_findings, *findings))


def _in_columns(title: Said, table: Table, asked: Period) -> bool:
    """Whether the title speaks of a longer period, and columns of the table name the one asked for."""
    if asked in title.periods or not any(period.contains(asked) for period in title.periods):
        return False
    return asked in _in_headings(table, asked.year)


def _in_headings(table: Table, year: int) -> list[Period]:
    """The months and quarters that columns name."""
    return parts_of_year((text for heading in table.headings.values() for text in heading.split(" – ")), year)


def _kind(title: Said, names: tuple[Said, Said], asked: Kind | None) -> tuple[Kind | None, tuple[Finding, ...]]:
    if asked is not None:
        if title.kind is not None and title.kind is not asked:
            message = say(
                "The title says {said}, but {asked} was asked for; nothing of the sheet was read.",
                said=_spoken(title.kind),
                asked=_spoken(asked),
            )
            advice = say("Import the file without naming the kind, or correct the title.")
            return None, (Finding("import.kind_differs", Severity.ERROR, message, advice),)
        return asked, ()
    if title.kind is not None:
        return title.kind, ()
    named = next((said.kind for said in names if said.kind is not None), None)
    if named is None:
        return Kind.ACTUAL, ()
    message = say("The name of the sheet or file says {said}; the figures were read so.", said=_spoken(named))
    return named, (Finding("import.kind_from_name", Severity.WARNING, message),)


def _spoken(kind: Kind) -> Sentence:
    return {
        Kind.ACTUAL: say("actual figures"),
        Kind.ESTIMATE: say("expected figures"),
        Kind.ASSIGNED: say("assigned figures"),
    }[kind]


def _period(
    title: Said, names: tuple[Said, Said], table: Table, asked: Period | None
) -> tuple[Period | None, tuple[Finding, ...]]:
    if asked is not None:
        if title.periods and asked not in title.periods:
            message = say(
                "The title says {said}, but {asked} was asked for; nothing of the sheet was read.",
                said=title.periods[0].sentence(),
                asked=asked.sentence(),
            )
            advice = say("Choose the period of the title, or correct the title in the file.")
            return None, (Finding("import.period_differs", Severity.ERROR, message, advice, period=asked.id),)
        return asked, () if title.periods else _contradicted(asked, names)
    if title.periods:
        chosen = title.periods[0]
        several = () if len(title.periods) == 1 else (_several(title.periods),)
        return chosen, (*several, *_contradicted(chosen, names))
    return _period_from_names(names, table)


def _period_from_names(names: tuple[Said, Said], table: Table) -> tuple[Period | None, tuple[Finding, ...]]:
    """Without a title: the sheet's name, the file's name, then a year in the headings; each is said."""
    sources = (
        (names[0], say("the name of the sheet")),
        (names[1], say("the name of the file")),
        (read_titles(table.headings.values()), say("the headings")),
    )
    for said, source in sources:
        if len(said.periods) == 1:
            message = say(
                "The title names no period; {period} was taken from {source}.",
                period=said.periods[0].sentence(),
                source=source,
            )
            return said.periods[0], (Finding("import.period_from_name", Severity.WARNING, message),)
    message = say("Neither the title nor the names of sheet and file say which period the figures are of.")
    advice = say("Name the period when importing, or write it in the title, for example “NĂM 2024”.")
    return None, (Finding("import.no_period", Severity.ERROR, message, advice),)


def headings_differ(table: Table, period: Period) -> Finding:
    """Every column names another period."""
    others = _in_headings(table, period.year) or read_titles(table.headings.values()).periods
    message = say(
        "The headings say {said}, but the figures were to be read as those of {asked}; nothing of the sheet was read.",
        said=others[0].sentence(),
        asked=period.sentence(),
    )
    advice = say("Choose the period of the title, or correct the title in the file.")
    return Finding("import.period_differs", Severity.ERROR, message, advice, period=period.id)


def _several(periods: tuple[Period, ...]) -> Finding:
    message = say(
        "The title names {first} and {second}; the figures were read as those of {first}.",
        first=periods[0].sentence(),
        second=periods[1].sentence(),
    )
    return Finding("import.several_periods", Severity.WARNING, message, say("If that is wrong, name the period."))


def _contradicted(chosen: Period, names: tuple[Said, Said]) -> tuple[Finding, ...]:
    """A warning where the name of sheet or file speaks of another time."""
    for said in names:
        if said.periods and not any(other.contains(chosen) or chosen.contains(other) for other in said.periods):
            message = say(
                "The figures were read as those of {period}, but the name of the sheet or file says {other}.",
                period=chosen.sentence(),
                other=said.periods[0].sentence(),
            )
            advice = say("Check that the title names the right period.")
            return (Finding("import.period_name", Severity.WARNING, message, advice),)
    return ()
