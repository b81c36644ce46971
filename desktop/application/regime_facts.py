"""The frames of the official regimes as the program ships them: what is known, how surely, and what is not."""

from __future__ import annotations

from functools import cache
from typing import Final

from desktop.domain.regime_facts import About, Certainty, Regime
from desktop.exchange.regime_facts import read_regime_facts
from desktop.system.paths import resource
from desktop.wording import Sentence, say

FILE: Final = "regimes.yaml"
CERTAINTIES: Final = {
    Certainty.FOUND: say("read at the source"),
    Certainty.FOUND_SECOND: say("told by others, not compared with the text"),
    Certainty.MEMORY: say("from memory, not a fact"),
}
ABOUT: Final = {
    About.TITLE: say("Title"),
    About.ISSUED: say("Issued"),
    About.BEGINS: say("In force"),
    About.ENDS: say("Ends"),
    About.PERIODS: say("Periods of reports"),
    About.FLOW: say("Who sends to whom"),
    About.DEADLINE: say("Due"),
    About.FORMS: say("Number of forms"),
    About.FORM: say("Form"),
    About.REGISTERS: say("Registers"),
    About.CONTENT: say("Content"),
    About.RELATION: say("Other regulations"),
}


@cache
def regimes() -> tuple[Regime, ...]:
    """The regimes known, oldest first; a fault in the file is a fault of the program."""
    found, findings = read_regime_facts(resource("catalogue", FILE).read_text(encoding="utf-8"), FILE)
    if findings:
        raise AssertionError([str(finding.message) for finding in findings])
    return tuple(sorted(found, key=lambda one: (one.valid_from is None, one.valid_from)))


def told_about(about: About) -> Sentence:
    """The word for what a fact speaks of."""
    return ABOUT[about]


def told_certainty(certainty: Certainty) -> Sentence:
    """How sure a fact is."""
    return CERTAINTIES[certainty]
