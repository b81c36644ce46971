"""What people settled about the workbooks of a sender: what a heading means, which commune a written name is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from db.tables import settings
from desktop.application.changes import Changes, Subject, changed
from desktop.application.records import Record
from desktop.domain.text import fold
from desktop.domain.values import State
from desktop.wording import say

SETTING: Final = "import.learned"
EVERYONE: Final = ""


@dataclass(frozen=True, slots=True)
class Learned:
    """Folded headings with element codes (None: not ours), folded names with uids of units, what a lone dash means.

    `dash` is zero, not applicable or not reported; None where nobody settled it.
    """

    headings: Mapping[str, str | None] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    dash: State | None = None


def learned(record: Record, *, sender: str = EVERYONE) -> Learned:
    """What is known of every sender's workbooks, and of this one's before it."""
    told: dict[str, Any] = settings.get(record, SETTING, {})
    both = (told.get(EVERYONE, {}), told.get(sender, {}))
    return Learned(
        {key: code for one in both for key, code in one.get("headings", {}).items()},
        {key: uid for one in both for key, uid in one.get("units", {}).items()},
        next((State(one["dash"]["-"]) for one in reversed(both) if one.get("dash", {}).get("-")), None),
    )


def learn_heading(record: Record, *, heading: str, element: str | None, sender: str = EVERYONE) -> Changes:
    """Settle what a heading means from now on; None: it is none of our figures."""
    return _learn(record, sender, "headings", fold(heading), element)


def learn_unit(record: Record, *, written: str, unit: str, sender: str = EVERYONE) -> Changes:
    """Settle which unit (uid) a written name means from now on."""
    return _learn(record, sender, "units", fold(written), unit)


def learn_dash(record: Record, *, meaning: State, sender: str = EVERYONE) -> Changes:
    """Settle what a lone dash means in a sender's workbooks: zero, not applicable or not reported."""
    return _learn(record, sender, "dash", "-", str(meaning))


def forget(record: Record, *, text: str, sender: str = EVERYONE) -> Changes:
    """Take back what was settled about a heading or a name."""
    told: dict[str, Any] = settings.get(record, SETTING, {})
    for known in told.get(sender, {}).values():
        known.pop(fold(text), None)
    with record.change(say("Forget what “{text}” means", text=text), source="import") as change:
        settings.put(record, SETTING, told)
    return changed(change.rows, Subject.CATALOGUE)


def _learn(record: Record, sender: str, what: str, key: str, meaning: str | None) -> Changes:
    told: dict[str, Any] = settings.get(record, SETTING, {})
    told.setdefault(sender, {}).setdefault(what, {})[key] = meaning
    with record.change(say("Settle what “{text}” means", text=key), source="import") as change:
        settings.put(record, SETTING, told)
    return changed(change.rows, Subject.CATALOGUE)
