"""`criteria sets`, `score`, `show`, and what all commands about criteria ask for."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.cli.arguments import Command, Option, Word, a_path, a_text, a_year, one_of
from desktop.cli.output import Answer, code_of, count_findings, fields, finding_lines, findings_json, iso, table
from desktop.cli.session import Session, read_text
from desktop.domain.criteria.scoring import By, Verdict, shown
from desktop.domain.values import plain_fraction
from desktop.system.i18n import render
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.application.criteria import Standing
    from desktop.application.criteria_results import Part
    from desktop.domain.criteria.sets import CriteriaSet, Row
    from desktop.domain.criteria.ways import Loss


def show_sets(session: Session) -> Answer:
    """Every set with what is known of it, its sources and its gaps."""
    from desktop.application.criteria import sets

    with session.record_or_shipped() as record:
        known = list(sets(record).values())
    heads = (say("Code"), say("Name"), say("Years"), say("Criteria"), say("Not known"))
    rows = [(one.code, one.name, _years(one), len(one.criteria), "; ".join(one.gaps) or "–") for one in known]
    return Answer([_set_json(one) for one in known], lambda: table(heads, rows))


def _years(one: CriteriaSet) -> str:
    return f"{one.first_year}–{one.last_year or '…'}"


def _set_json(one: CriteriaSet) -> dict[str, object]:
    return {
        "code": one.code,
        "table_of": one.frame or None,
        "name": one.name,
        "decision": one.decision,
        "first_year": one.first_year,
        "last_year": one.last_year,
        "total_share": points(one.total_share * 100),
        "floor_share": points(one.floor_share * 100),
        "valid_years": one.valid_years,
        "criteria": [
            {
                "number": part.number,
                "name": part.name,
                "max": points(part.maximum),
                "certainty": part.certainty,
                "rows": [_row_json(row) for row in part.rows],
            }
            for part in one.criteria
        ],
        "sources": [{"fact": fact, "source": source} for fact, source in one.sources],
        "gaps": list(one.gaps),
    }


def _row_json(row: Row) -> dict[str, object]:
    return {
        "code": row.code,
        "name": row.name,
        "max": points(row.maximum),
        "steps": [points(step) for step in row.steps],
        "steps_in_zone": {str(zone): [points(step) for step in steps] for zone, steps in row.steps_in_zone},
        "least": points(row.least),
        "zones": list(row.in_zones),
        "halves": row.grain != 1,
        "evidence": list(row.evidence),
        "rule": row.rule,
    }


def score(session: Session) -> Answer:
    """Write a commune's points from a CSV; an error in it writes nothing."""
    from desktop.application.criteria import score_file

    told = session.arguments
    file = told.get("file", Path)
    text = read_text(file)
    with session.record() as record:
        done = score_file(
            record,
            unit=told.get("unit", str),
            year=told.get("year", int),
            text=text,
            name=file.name,
            code=told.maybe("set", str),
        )
    data = {
        **standing_json(done.standing),
        "findings": findings_json(done.findings),
        "changed": done.changes.changed,
    }

    def lines() -> Iterator[str]:
        yield from finding_lines(done.findings)
        yield render(count_findings(done.findings))
        yield from _standing_lines(done.standing)

    return Answer(data, lines, code_of(done.findings))


def show(session: Session) -> Answer:
    """How a commune stands in a year, with every reason and the cheapest way to pass."""
    from desktop.application.criteria import standing_of

    told = session.arguments
    with session.record() as record:
        found = standing_of(record, unit=told.get("unit", str), year=told.get("year", int), code=told.maybe("set", str))
    return Answer(standing_json(found), lambda: _standing_lines(found))


def carry(session: Session) -> Answer:
    """Carry a commune's points into another set: rows of the same code and maximum take them along."""
    from desktop.application.criteria_carry import carry as take_along

    told = session.arguments
    with session.record() as record:
        done = take_along(record, unit=told.get("unit", str), year=told.get("year", int), to=told.get("set", str),
                          from_=told.maybe("from", str))  # fmt: skip
    data = {"carried": done.points, "left": list(done.left), "changed": done.changes.changed}
    words = say("{count} points are carried; to be scored anew: {codes}.", count=done.points,
                codes=", ".join(done.left) or "–")  # fmt: skip
    return Answer(data, lambda: iter([render(words)]))


def name_columns(session: Session) -> Answer:
    """How the three columns of points are called; names given are kept, an empty one gives the usual one back."""
    from desktop.application import criteria_scores

    told = session.arguments
    names = {by: name for by in By if (name := told.maybe(by.value, str)) is not None}
    with session.record() as record:
        changed = bool(names) and criteria_scores.name_columns(record, names).changed
        called = criteria_scores.column_names(record)
    shown = {by: name if isinstance(name, str) else render(name) for by, name in called.items()}
    data = {"columns": {by.value: name for by, name in shown.items()}, "changed": changed}
    return Answer(data, lambda: fields(dict(zip(map(_BY.__getitem__, By), shown.values(), strict=True))))


def standing_json(found: Standing) -> dict[str, object]:
    """How a commune stands, as the contract tells it."""
    judged = found.judged
    return {
        "unit": found.commune.code,
        "year": found.year,
        "set": found.criteria.decided,
        "table": found.criteria.code if found.criteria.frame else None,
        "zone": found.zone.number,
        "zone_basis": render(found.zone.basis),
        "by": judged.by.value if judged.by else None,
        "total": points(judged.total),
        "max": points(judged.maximum) if found.criteria.is_whole else None,
        "verdict": judged.verdict.value,
        "criteria": _criteria_json(found),
        "reasons": [render(reason) for reason in judged.reasons],
        "cheapest": [
            {"code": gain.code, "points": points(gain.points), "why": gain.why.value} for gain in found.way or ()
        ],
        "reachable": found.way is not None,
        "margin": points(found.margin),
        "loss": _loss_json(found.loss),
        "valid_until": iso(found.valid_until),
        "recognised": found.is_recognised,
        "parts": [_part_json(part) for part in found.parts],
    }


def _criteria_json(found: Standing) -> list[dict[str, object]]:
    """Each criterion with its points; where the maxima are not known, what was scored without them."""
    if not found.criteria.is_whole:
        held = found.columns.get(found.judged.by, {}) if found.judged.by else {}
        return [
            {"number": part.number, "score": points(held.get(part.number)), "max": None, "floor": None, "passes": None}
            for part in found.criteria.criteria
        ]
    return [
        {
            "number": part.criterion.number,
            "score": points(part.score),
            "max": points(part.maximum),
            "floor": points(part.floor),
            "passes": part.passes,
        }
        for part in found.judged.criteria
    ]


def _loss_json(loss: Loss | None) -> dict[str, object] | None:
    """Where the commune is nearest to losing the standard: a row or criterion (null: the total), points to spare."""
    return None if loss is None else {"code": loss.code, "points": points(loss.points), "why": loss.why.value}


def _part_json(part: Part) -> dict[str, object]:
    result, told = part.result, part.recognised
    return {
        "unit": part.commune.code,
        "name": part.commune.name,
        "year": result.year if result else None,
        "total": points(result.judged.total) if result else None,
        "verdict": result.judged.verdict.value if result else "not_judged",
        "by": result.judged.by.value if result and result.judged.by else None,
        "decision": told.decision if told else None,
        "valid_until": iso(told.until) if told else None,
    }


def points(told: Fraction | None) -> str | None:
    """Points as the contract writes numbers: plain decimals, at most four places."""
    return None if told is None else plain_fraction(told, 4)


VERDICTS: Final = {
    Verdict.PASS: say("meets the criteria"),
    Verdict.FAIL: say("does not meet the criteria"),
    Verdict.NOT_JUDGED: say("not judged"),
}
_BY: Final = {By.SELF: say("Commune"), By.OFFICE: say("Official check"), By.PROVINCE: say("Province")}


def _standing_lines(found: Standing) -> Iterator[str]:
    judged = found.judged
    yield from fields(
        {
            say("Commune"): found.commune.name,
            say("Set"): found.criteria.name,
            say("Zone"): str(found.zone.number or "–"),
            say("Rests on"): render(_BY[judged.by]) if judged.by else "–",
            say("Total"): f"{points(judged.total) or '–'}/{points(judged.maximum)}" if judged.maximum else "–",
            say("Verdict"): render(VERDICTS[judged.verdict]),
            say("Recognised until"): iso(found.valid_until) or "–",
        }
    )
    for reason in judged.reasons:
        yield "- " + render(reason)
    for gain in found.way or ():
        yield render(say("To pass: {points} more points for {code}.", points=shown(gain.points), code=gain.code))
    if found.way is None:
        yield render(say("No points left to gain would make it pass."))
    for part in found.parts:
        verdict = part.result.judged.verdict if part.result else Verdict.NOT_JUDGED
        yield render(
            say("Before the merger: {commune}, {verdict}.", commune=part.commune.name, verdict=VERDICTS[verdict])
        )


UNIT: Final = Option("unit", a_text, "CODE", required=True)
YEAR: Final = Option("year", a_year, "Y", required=True)
SET: Final = Option("set", a_text, "CODE")


def by_option(name: str) -> Option:
    """The option that names a column of points."""
    return Option(name, one_of(*By), "self|office|province")


COMMANDS: Final = (
    Command(("criteria", "sets"), say("Sets of national commune-health criteria: what is known of them"), show_sets),
    Command(
        ("criteria", "score"),
        say("Write a commune's points (CSV: code,self,office,province,reason)"),
        score,
        (Word("file", a_path, "FILE.csv"),),
        (UNIT, YEAR, SET),
    ),
    Command(
        ("criteria", "show"),
        say("A commune's verdict with reasons and the cheapest way to pass"),
        show,
        options=(UNIT, YEAR, SET),
    ),
    Command(
        ("criteria", "carry"),
        say("Carry a commune's points into another set where the rows are the same"),
        carry,
        options=(UNIT, YEAR, Option("set", a_text, "CODE", required=True), Option("from", a_text, "CODE")),
    ),
    Command(
        ("criteria", "columns"),
        say("What the three columns of points are called here"),
        name_columns,
        options=tuple(Option(by.value, a_text, "TEXT") for by in By),
    ),
)
