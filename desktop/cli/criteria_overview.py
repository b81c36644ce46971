"""`criteria list`, `propose`: all communes ranked, and what the record knows of one (beyond the contract's table)."""

from __future__ import annotations

from typing import Final

from desktop.cli.arguments import Command, Option, codes
from desktop.cli.criteria import SET, UNIT, VERDICTS, YEAR, by_option, points
from desktop.cli.output import Answer, iso, table
from desktop.cli.session import Session
from desktop.domain.criteria.scoring import By
from desktop.system.i18n import render
from desktop.wording import say


def ranked(session: Session) -> Answer:
    """All communes of a year by how far they stand from the other side, and the share beside the plans' goals."""
    from desktop.application.criteria_overview import goals, overview

    told = session.arguments
    year, by = told.get("year", int), told.maybe("by", str)
    with session.record() as record:
        found = overview(record, year=year, today=session.today, by=By(by) if by else None)
        aims = goals(record, year=year, today=session.today)
    rows = [
        {
            "unit": line.commune.code,
            "name": line.commune.name,
            "zone": line.zone,
            "set": line.criteria.decided,
            "by": line.judged.by.value if line.judged.by else None,
            "total": points(line.judged.total),
            "verdict": line.judged.verdict.value,
            "margin": points(line.margin),
            "recognised": bool(line.recognised and line.recognised.valid),
            "valid_until": iso(line.recognised.until) if line.recognised else None,
        }
        for line in found.lines
    ]
    data = {
        "year": year,
        "passing": found.passing,
        "communes": found.communes,
        "share": points(found.share),
        "rows": rows,
        "goals": [
            {"plan": aim.plan, "year": aim.year, "target": str(aim.value), "recognised": aim.counted,
             "share": points(aim.share), "missing": aim.missing}
            for aim in aims
        ],
    }  # fmt: skip
    heads = (say("Commune"), say("Total"), say("Margin"), say("Verdict"))
    shown = [
        (line.commune.name, points(line.judged.total) or "–", points(line.margin) or "–",
         render(VERDICTS[line.judged.verdict]))
        for line in found.lines
    ]  # fmt: skip
    return Answer(data, lambda: table(heads, shown))


def propose(session: Session) -> Answer:
    """Points the record proposes for a commune; with --take they are written into a column."""
    from desktop.application.criteria_proposals import proposals, take

    told = session.arguments
    unit, year, by = told.get("unit", str), told.get("year", int), told.maybe("take", str)
    changed = False
    with session.record() as record:
        found = proposals(record, unit=unit, year=year, today=session.today, code=told.maybe("set", str))
        if by is not None:
            changed = take(
                record, unit=unit, year=year, by=By(by), today=session.today, codes=told.maybe("rows", tuple),
                over_typed=told.flag("over-typed"), code=told.maybe("set", str),
            ).changed  # fmt: skip
    rows = [
        {"code": one.code, "points": points(one.points), "basis": render(one.basis),
         "why_not": render(one.why_not) if one.why_not else None}
        for one in found
    ]  # fmt: skip
    heads = (say("Code"), say("Points"), say("Rests on"))
    shown = [
        (one.code, points(one.points) or "–", render(one.basis) + (f" ({render(one.why_not)})" if one.why_not else ""))
        for one in found
    ]
    return Answer({"rows": rows, "changed": changed}, lambda: table(heads, shown))


COMMANDS: Final = (
    Command(
        ("criteria", "list"),
        say("All communes of a year ranked by their margin"),
        ranked,
        options=(YEAR, by_option("by")),
    ),
    Command(
        ("criteria", "propose"),
        say("Points the record proposes for a commune, with what they rest on"),
        propose,
        options=(
            UNIT,
            YEAR,
            SET,
            by_option("take"),
            Option("rows", codes, "CODE,…"),
            Option("over-typed", flag=True),
        ),
    ),
)
