"""`forms regimes`: what is known of the official regimes of reports (beyond the contract's table)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from desktop.cli.arguments import Command
from desktop.cli.output import Answer, iso
from desktop.cli.session import Session
from desktop.system.i18n import render
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.domain.regime_facts import Fact, Regime


def show_regimes(_session: Session) -> Answer:
    """Every regime with its facts, their certainty and source, and its gaps."""
    from desktop.application.regime_facts import regimes

    known = regimes()
    return Answer([_json(one) for one in known], lambda: (line for one in known for line in _lines(one)))


def _json(one: Regime) -> dict[str, object]:
    return {
        "code": one.code,
        "symbol": one.symbol,
        "subject": one.subject,
        "title": one.title,
        "issued": iso(one.issued),
        "valid_from": iso(one.valid_from),
        "valid_to": iso(one.valid_to),
        "facts": [_fact(fact) for fact in one.facts],
        "gaps": list(one.gaps),
    }


def _fact(fact: Fact) -> dict[str, object]:
    return {
        "about": fact.about.value,
        "text": fact.text,
        "certainty": fact.certainty.value,
        "source": fact.source or None,
        "day": iso(fact.day),
        "level": fact.level,
        "working_days": fact.working_days,
        "count": fact.count,
        "number": fact.number,
        "periods": list(fact.periods),
    }


def _lines(one: Regime) -> Iterator[str]:
    from desktop.application.regime_facts import told_about, told_certainty

    yield f"{one.symbol}: {one.title or one.subject}"
    for fact in one.facts:
        number = f" {fact.number}" if fact.number else ""
        about, sure = render(told_about(fact.about)), render(told_certainty(fact.certainty))
        yield f"  {about}{number}: {fact.text} [{sure}]"
    yield "  " + render(say("Not known: {gaps}", gaps="; ".join(one.gaps)))


COMMANDS: Final = (
    Command(("forms", "regimes"), say("What is known of the official regimes of reports"), show_regimes),
)
