"""`criteria sets`, `score`, `show`, and `recognise` (beyond the contract's table)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.cli.arguments import Command, Option, Word, a_day, a_path, a_text, a_year
from desktop.cli.output import Answer, code_of, count_findings, fields, finding_lines, findings_json, iso, table
from desktop.cli.session import Session, read_text
from desktop.domain.values import plain_fraction
from desktop.system.i18n import render
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.application.criteria import Standing
    from desktop.domain.criteria.sets import CriteriaSet


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
        "name": one.name,
        "decision": one.decision,
        "first_year": one.first_year,
        "last_year": one.last_year,
        "total_share": _points(one.total_share * 100),
        "floor_share": _points(one.floor_share * 100),
        "valid_years": one.valid_years,
        "criteria": [
            {
                "number": part.number,
                "name": part.name,
                "max": _points(part.maximum),
                "certainty": part.certainty,
                "rows": [{"code": row.code, "name": row.name, "max": _points(row.maximum)} for row in part.rows],
            }
            for part in one.criteria
        ],
        "sources": [{"fact": fact, "source": source} for fact, source in one.sources],
        "gaps": list(one.gaps),
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
        **_standing_json(done.standing),
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
    return Answer(_standing_json(found), lambda: _standing_lines(found))


def recognise(session: Session) -> Answer:
    """Note the province's decision that recognises a commune for a year."""
    from desktop.application.criteria import recognise as note

    told = session.arguments
    unit, year = told.get("unit", str), told.get("year", int)
    with session.record() as record:
        changes = note(
            record,
            unit=unit,
            year=year,
            decision=told.get("decision", str),
            day=told.get("date", date),
            withdrawn=told.maybe("withdrawn", date),
        )
    data = {"unit": unit, "year": year, "changed": changes.changed}
    return Answer(data, lambda: iter([render(say("The recognition is noted."))]))


def _standing_json(found: Standing) -> dict[str, object]:
    judged = found.judged
    return {
        "unit": found.commune.code,
        "year": found.year,
        "set": found.criteria.code,
        "by": judged.by.value if judged.by else None,
        "total": _points(judged.total),
        "max": _points(judged.maximum),
        "verdict": judged.verdict.value,
        "criteria": [
            {
                "number": part.criterion.number,
                "score": _points(part.score),
                "max": _points(part.maximum),
                "floor": _points(part.floor),
                "passes": part.passes,
            }
            for part in judged.criteria
        ],
        "reasons": [render(reason) for reason in judged.reasons],
        "cheapest": [
            {"code": gain.code, "points": _points(gain.points), "why": gain.why.value} for gain in found.way or ()
        ],
        "reachable": found.way is not None,
        "valid_until": iso(found.valid_until),
    }


def _points(told: Fraction | None) -> str | None:
    """Points as the contract writes numbers: plain decimals, at most four places."""
    return None if told is None else plain_fraction(told, 4)


def _standing_lines(found: Standing) -> Iterator[str]:
    judged = found.judged
    verdicts = {"pass": say("meets the criteria"), "fail": say("does not meet the criteria"),
                "not_judged": say("not judged")}  # fmt: skip
    yield from fields(
        {
            say("Commune"): found.commune.name,
            say("Set"): found.criteria.name,
            say("Total"): f"{_points(judged.total) or '–'}/{_points(judged.maximum)}",
            say("Verdict"): verdicts[judged.verdict.value],
        }
    )
    for reason in judged.reasons:
        yield "- " + render(reason)
    for gain in found.way or ():
        yield render(say("To pass: {points} more points for {code}.", points=_points(gain.points), code=gain.code))


_UNIT: Final = Option("unit", a_text, "CODE", required=True)
_YEAR: Final = Option("year", a_year, "Y", required=True)
_SET: Final = Option("set", a_text, "CODE")
COMMANDS: Final = (
    Command(("criteria", "sets"), say("Sets of national commune-health criteria: what is known of them"), show_sets),
    Command(
        ("criteria", "score"),
        say("Write a commune's points (CSV: code,self,office,province,reason)"),
        score,
        (Word("file", a_path, "FILE.csv"),),
        (_UNIT, _YEAR, _SET),
    ),
    Command(
        ("criteria", "show"),
        say("A commune's verdict with reasons and the cheapest way to pass"),
        show,
        options=(_UNIT, _YEAR, _SET),
    ),
    Command(
        ("criteria", "recognise"),
        say("Note a decision that recognises a commune"),
        recognise,
        options=(
            _UNIT,
            _YEAR,
            Option("decision", a_text, "NUMBER", required=True),
            Option("date", a_day, "DATE", required=True),
            Option("withdrawn", a_day, "DATE"),
        ),
    ),
)
