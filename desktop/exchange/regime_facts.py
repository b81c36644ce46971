"""The file of what is known of official regimes (`format: sotram-regimes/1`): facts, certainties, sources, gaps."""

from __future__ import annotations

from typing import Final

from desktop.domain.findings import Finding, has_errors
from desktop.domain.regime_facts import About, Certainty, Fact, Regime
from desktop.exchange.catalogue_file import PERIODS
from desktop.exchange.marked_yaml import Marked, Node, read
from desktop.wording import say

FORMAT: Final = "sotram-regimes/1"
LEVELS: Final = ("village", "commune", "district", "province", "centre", "facility")
_FACT: Final = ("about", "text", "certainty")
_MORE: Final = ("source", "day", "level", "working_days", "count", "number", "periods")


def read_regime_facts(text: str, file: str) -> tuple[tuple[Regime, ...], list[Finding]]:
    """The regimes of a file; none where anything in it is an error."""
    root, findings = read(text, file)
    if root is None:
        return (), findings
    marked = Marked(file)
    fields = marked.fields(root, required=("format", "regimes"))
    if marked.maybe(fields, "format") != FORMAT:
        marked.add("regimes_format", root.line, say("The file's format is not “{format}”.", format=FORMAT))
    found = tuple(_regime(marked, node) for node in marked.items(fields, "regimes"))
    findings += marked.findings
    return (() if has_errors(findings) else found), findings


def _regime(marked: Marked, node: Node) -> Regime:
    fields = marked.fields(node, required=("code", "symbol", "subject", "facts", "gaps"))
    return Regime(
        code=marked.text(fields, "code"),
        symbol=marked.text(fields, "symbol"),
        subject=marked.text(fields, "subject"),
        facts=tuple(_fact(marked, one) for one in marked.items(fields, "facts")),
        gaps=marked.texts(fields, "gaps"),
    )


def _fact(marked: Marked, node: Node) -> Fact:
    fields = marked.fields(node, required=_FACT, optional=_MORE)
    fact = Fact(
        about=About(marked.choice(fields, "about", list(About)) or About.CONTENT),
        text=marked.text(fields, "text"),
        certainty=Certainty(marked.choice(fields, "certainty", list(Certainty)) or Certainty.MEMORY),
        source=marked.maybe(fields, "source") or "",
        day=marked.day(fields, "day"),
        level=marked.choice(fields, "level", LEVELS),
        working_days=marked.integer(fields, "working_days"),
        count=marked.integer(fields, "count"),
        number=marked.maybe(fields, "number"),
        periods=marked.texts(fields, "periods"),
    )
    if fact.certainty is not Certainty.MEMORY and not fact.source:
        marked.add("regimes_source", node.line, say("A fact that is not a recollection names its source."))
    if set(fact.periods) - set(PERIODS):
        message = say("Known values: {names}.", names=", ".join(PERIODS))
        marked.add("regimes_periods", node.line, message)
    return fact
