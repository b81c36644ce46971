"""The profile of a station as a file people write (`format: sotram-stations/1`)."""

from __future__ import annotations

from typing import Final

from desktop.domain.findings import Finding, has_errors
from desktop.domain.stations.profile import OWN, PLACES, Asked, Choice, Combine, Group, Item, Profile, faults
from desktop.exchange.marked_yaml import Marked, Node, read
from desktop.wording import say

FORMAT: Final = "sotram-stations/1"
_GROUP: Final = ("name_en", "listed")
_ITEM: Final = (
    *("name_en", "unit", "choices", "of", "combine", "within", "when", "cadre", "feeds", "minimum", "maximum"),
    *("synonyms", "source"),
)


def read_profile(text: str, file: str) -> tuple[Profile | None, list[Finding]]:
    """The profile of a file; None where anything in it is an error."""
    root, findings = read(text, file)
    if root is None:
        return None, findings
    marked = Marked(file)
    profile = _profile(marked, root)
    for code, what in faults(profile):
        marked.add(f"stations_{what}", None, say("{code}: {what}", code=code, what=what))
    findings += marked.findings
    return (None if has_errors(findings) else profile), findings


def _profile(marked: Marked, root: Node) -> Profile:
    fields = marked.fields(root, required=("format", "groups"), optional=("source",))
    if marked.maybe(fields, "format") != FORMAT:
        marked.add("stations_format", root.line, say("The file's format is not “{format}”.", format=FORMAT))
    source = marked.maybe(fields, "source") or OWN
    return Profile(tuple(_group(marked, node, source) for node in marked.items(fields, "groups")), source)


def _group(marked: Marked, node: Node, source: str) -> Group:
    fields = marked.fields(node, required=("code", "name_vi", "items"), optional=_GROUP)
    return Group(
        code=marked.text(fields, "code"),
        name_vi=marked.text(fields, "name_vi"),
        items=tuple(_item(marked, item, source) for item in marked.items(fields, "items")),
        name_en=marked.maybe(fields, "name_en") or "",
        listed=marked.maybe(fields, "listed"),
    )


def _item(marked: Marked, node: Node, source: str) -> Item:
    fields = marked.fields(node, required=("code", "name_vi", "asked"), optional=_ITEM)
    of = [marked_kind for text in marked.texts(fields, "of") for marked_kind in PLACES if marked_kind.value == text]
    return Item(
        code=marked.text(fields, "code"),
        name_vi=marked.text(fields, "name_vi"),
        asked=Asked(marked.choice(fields, "asked", list(Asked)) or Asked.TEXT),
        name_en=marked.maybe(fields, "name_en") or "",
        unit=marked.maybe(fields, "unit") or "",
        choices=tuple(_choice(marked, one) for one in marked.items(fields, "choices")),
        of=tuple(of) or PLACES,
        combine=Combine(marked.choice(fields, "combine", list(Combine)) or Combine.STATION),
        within=marked.maybe(fields, "within"),
        when=_when(marked.maybe(fields, "when")),
        cadre=marked.maybe(fields, "cadre") == "true",
        feeds=marked.texts(fields, "feeds"),
        minimum=marked.decimal(fields, "minimum"),
        maximum=marked.decimal(fields, "maximum"),
        synonyms=marked.texts(fields, "synonyms"),
        source=marked.maybe(fields, "source") or source,
    )


def _when(text: str | None) -> tuple[str, str] | None:
    """`terrain=mountain`: the item it hangs on and the answer that makes it asked."""
    item, _equals, answer = (text or "").partition("=")
    return (item.strip(), answer.strip()) if item else None


def _choice(marked: Marked, node: Node) -> Choice:
    fields = marked.fields(node, required=("code", "name_vi"), optional=("name_en", "synonyms"))
    return Choice(
        marked.text(fields, "code"),
        marked.text(fields, "name_vi"),
        marked.maybe(fields, "name_en") or "",
        marked.texts(fields, "synonyms"),
    )
