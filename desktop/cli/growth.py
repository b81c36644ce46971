"""`growth zscores`, `growth prevalence`, `growth plausibility`: WHO's growth standards over files, without a record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.cli.arguments import Command, Option, Word, a_path
from desktop.cli.output import Answer, code_of, fields, finding_lines, findings_json, rate, table, tell
from desktop.cli.session import Session, existing_file
from desktop.domain.growth.survey_words import TESTS, VERDICTS
from desktop.system.i18n import render
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.application.growth_surveys import Written
    from desktop.domain.growth.plausibility import Plausibility

STEP: Final = 200_000


def zscores(session: Session) -> Answer:
    """Z-scores and flags of every row of a file."""
    from desktop.application.growth_surveys import write_zscores

    told = session.arguments
    done = write_zscores(existing_file(told.get("source", Path)), told.get("out", Path), tell=_progress())
    return _written(done)


def prevalence(session: Session) -> Answer:
    """Prevalence with limits by groups."""
    from desktop.application.growth_surveys import write_prevalence

    told = session.arguments
    done = write_prevalence(
        existing_file(told.get("source", Path)),
        told.get("out", Path),
        by=told.many("by", str),
        weight=told.maybe("weight", str),
        cluster=told.maybe("cluster", str),
        strata=told.maybe("strata", str),
        tell=_progress(),
    )
    return _written(done)


def plausibility(session: Session) -> Answer:
    """The SMART score of a survey."""
    from desktop.application.growth_surveys import judge_plausibility

    found, done = judge_plausibility(existing_file(session.arguments.get("source", Path)), tell=_progress())
    data = {
        "score": found.score,
        "verdict": str(found.verdict),
        "children": found.children,
        "tests": [
            {"test": one.test, "value": _number(one.value), "points": one.points, "verdict": str(one.verdict)}
            for one in found.tests
        ],
        "rows": done.rows,
        "unreadable": done.unreadable,
        "findings": findings_json(done.findings),
    }
    return Answer(data, lambda: _judged(found, done), code_of(done.findings))


def _progress() -> Callable[[int], None]:
    """Tell after every so many children; a usual survey is done before the first time."""
    told = 0

    def hear(done: int) -> None:
        nonlocal told
        if done - told >= STEP:
            told = done
            tell(render(say("{count} children", count=done)))

    return hear


def _written(done: Written) -> Answer:
    data = {
        "file": str(done.file),
        "rows": done.rows,
        "unreadable": done.unreadable,
        "findings": findings_json(done.findings),
    }
    return Answer(data, lambda: _lines(done), code_of(done.findings))


def _lines(done: Written) -> Iterator[str]:
    yield from finding_lines(done.findings)
    yield from fields({say("File"): done.file, say("Rows"): done.rows, say("Rows not readable"): done.unreadable})


def _number(value: float | None) -> str | None:
    return None if value is None else rate(Fraction(value))


def _shown(value: float | None) -> Decimal | None:
    text = _number(value)
    return None if text is None else Decimal(text)


def _judged(found: Plausibility, done: Written) -> Iterator[str]:
    yield from finding_lines(done.findings)
    heads = (say("Test"), say("Value"), say("Points"), say("Verdict"))
    rows = [(TESTS[one.test], _number(one.value) or "", one.points, VERDICTS[one.verdict]) for one in found.tests]
    yield from table(heads, rows)
    yield ""
    score = say("{score} points: {verdict}", score=found.score, verdict=VERDICTS[found.verdict])
    yield from fields({say("Children of 6–59 months"): found.children, say("Plausibility score (SMART)"): score})


COMMANDS: Final = (
    Command(
        ("growth", "zscores"),
        say("Z-scores of children by WHO's standards, from file to file"),
        zscores,
        (Word("source", a_path, "IN.csv"), Word("out", a_path, "OUT.csv")),
    ),
    Command(
        ("growth", "prevalence"),
        say("Prevalence of malnutrition with limits, from file to file"),
        prevalence,
        (Word("source", a_path, "IN.csv"), Word("out", a_path, "OUT.csv")),
        (
            Option("by", shown="COLUMN", many=True),
            Option("weight", shown="COLUMN"),
            Option("cluster", shown="COLUMN"),
            Option("strata", shown="COLUMN"),
        ),
    ),
    Command(
        ("growth", "plausibility"),
        say("How far the measurements of a survey can be believed (SMART)"),
        plausibility,
        (Word("source", a_path, "IN.csv"),),
    ),
)
