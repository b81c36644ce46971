"""`denominators list`, `choose`, `clear`: what the year's rates divide by (beyond the contract's table)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.cli.arguments import Command, Option, a_path, a_year
from desktop.cli.output import Answer, code_of, finding_lines, findings_json, rate, table, value_json
from desktop.cli.session import Session
from desktop.domain.values import Ratio, Value
from desktop.errors import AppError
from desktop.system.i18n import render
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.application.denominator_moves import Moved, MovedRate
    from desktop.application.denominators import Choice
    from desktop.application.records import Record
    from desktop.domain.findings import Finding
    from desktop.domain.values import NotComputable


def list_all(session: Session) -> Answer:
    """What is chosen for a year beside what the forms say."""
    from desktop.application.denominators import POPULATIONS, sheet

    told = session.arguments
    asked = told.maybe("population", str)
    with session.record() as record:
        wanted = [asked] if asked else POPULATIONS
        sheets = [sheet(record, year=told.get("year", int), population=one) for one in wanted]
    names = {one.population: one.name for one in sheets}
    rows = [
        (one.population, line)
        for one in sheets
        for line in one.lines
        if asked or line.chosen is not None or line.typed is not None
    ]
    data = [
        {
            "unit": line.commune.code,
            "population": population,
            "value": _plain(line.chosen),
            "source": line.source,
            "official": line.official,
            "typed": _plain(line.typed),
        }
        for population, line in rows
    ]
    heads = (
        say("Code"),
        say("Commune"),
        say("Population"),
        say("Chosen"),
        say("In the form"),
        say("Source of the figures"),
    )
    return Answer(
        data,
        lambda: table(
            heads,
            [
                (r.commune.code, r.commune.name, names[kind], r.chosen or "", r.typed or "", r.source or "")
                for kind, r in rows
            ],
        ),
    )


def _plain(value: Value | None) -> object:
    return value_json(value)["value"] if value is not None else None


def choose(session: Session) -> Answer:
    """Choose one source for a year: a file, or what the forms say; tells every rate that moves."""
    from desktop.application import denominators
    from desktop.application.denominator_moves import moved

    told, dry = session.arguments, session.arguments.flag("dry-run")
    with session.record() as record:
        choice, findings = _choice(session, record)
        moves = moved(record, choice=choice)
        changes = None if dry else denominators.choose(record, choice=choice, findings=findings, source="cli")
    data = {
        "year": choice.year,
        "population": told.get("population", str),
        "source": choice.source,
        "official": choice.official,
        "chosen": len(choice.amounts),
        "missing": [commune.code for commune in choice.missing],
        **_moves_json(moves),
        "findings": findings_json(findings),
        "changed": changes.changed if changes else False,
    }
    return Answer(data, lambda: _lines(moves, findings), code_of(findings))


def _choice(session: Session, record: Record) -> tuple[Choice, list[Finding]]:
    from desktop.application import denominators

    told = session.arguments
    year, population, official = told.get("year", int), told.get("population", str), told.flag("official")
    file, source = told.maybe("from", Path), told.maybe("source", str)
    if file is None:
        element = told.maybe("element", str)
        return (
            denominators.from_form(record, year=year, population=population, element=element, official=official),
            [],
        )
    try:
        data = file.read_bytes()
    except OSError as fault:
        raise AppError(
            "cannot_read_file",
            say("{file} cannot be opened.", file=file.name),
            say("Look whether the file is there, and whether another program holds it open."),
        ) from fault
    return denominators.from_list(
        record,
        year=year,
        population=population,
        file=file.name,
        data=data,
        source=source or "",
        official=official,
    )


def clear(session: Session) -> Answer:
    """Divide by the forms again."""
    from desktop.application import denominators
    from desktop.application.denominator_moves import moved

    told = session.arguments
    year, population = told.get("year", int), told.get("population", str)
    with session.record() as record:
        moves = moved(record, year=year, population=population)
        changes = denominators.clear(record, year=year, population=population, source="cli")
    data = {"year": year, "population": population, **_moves_json(moves), "changed": changes.changed}
    return Answer(data, lambda: _lines(moves, []))


def _moves_json(moves: Moved) -> dict[str, object]:
    return {
        "moved": [
            {
                "indicator": one.indicator.code,
                "unit": one.unit,
                "year": one.year,
                "before": _rate(one.before),
                "after": _rate(one.after),
                "verdicts": [
                    {"plan": v.plan, "year": v.target.year, "before": str(v.before), "after": str(v.after)}
                    for v in one.verdicts
                ],
            }
            for one in moves.rates
        ],
        "documents": list(moves.documents),
    }


def _rate(found: Ratio | NotComputable) -> str | None:
    return rate(found.value) if isinstance(found, Ratio) else None


def _lines(moves: Moved, findings: list[Finding]) -> Iterator[str]:
    yield from finding_lines(findings)
    heads = (say("Commune"), say("Indicator"), say("Before"), say("After"), say("Verdicts that turn"))
    yield from table(heads, [_move_row(one) for one in moves.rates])


def _move_row(one: MovedRate) -> tuple[object, ...]:
    return (
        one.name or render(say("the whole office")),
        one.indicator.name_vi,
        _shown(one.before),
        _shown(one.after),
        len(one.turned) or "",
    )


def _shown(found: Ratio | NotComputable) -> object:
    return Decimal(rate(Fraction(round(found.value, 2))) or "0") if isinstance(found, Ratio) else ""


_YEAR: Final = Option("year", a_year, "Y", required=True)
_KIND: Final = Option("population", shown="KIND", required=True)

COMMANDS: Final = (
    Command(
        ("denominators", "list"),
        say("What a year's rates divide by"),
        list_all,
        options=(_YEAR, Option("population", shown="KIND")),
    ),
    Command(
        ("denominators", "choose"),
        say("Choose what a year's rates divide by: a list, or what the forms say"),
        choose,
        options=(
            _YEAR,
            _KIND,
            Option("from", a_path, "FILE"),
            Option("element", shown="KEY"),
            Option("source", shown="TEXT"),
            Option("official", flag=True),
            Option("dry-run", flag=True),
        ),
    ),
    Command(("denominators", "clear"), say("Divide by the forms again"), clear, options=(_YEAR, _KIND)),
)
