"""Acts and what they do, in sentences: the same for the window and the command line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from desktop.application.acts_preview import CodeEffect, Effect, Preview, UnitEffect, Unknowable, Why
from desktop.domain.acts import ActKind
from desktop.wording import Sentence, say

KINDS: Final = {
    ActKind.ESTABLISH: say("Establish"),
    ActKind.RENAME: say("Rename"),
    ActKind.RECODE: say("Give another code"),
    ActKind.MERGE: say("Merge"),
    ActKind.SPLIT: say("Divide"),
    ActKind.MOVE: say("Put under another unit"),
    ActKind.DISSOLVE: say("Dissolve"),
}


def preview_sentences(preview: Preview) -> Iterator[Sentence]:
    """All that an act does, one line for each thing."""
    for unit in preview.units:
        yield unit_sentence(unit)
    for code in preview.codes:
        if code.effect is Effect.REUSED:
            yield code_sentence(code)
    if preview.series:
        cells = sum(series.cells for series in preview.series)
        yield say(
            "{count} elements have figures on these units ({cells} cells).", count=len(preview.series), cells=cells
        )
    for lost in preview.unknowable:
        if lost.cells:
            yield lost_sentence(lost)


def unit_sentence(effect: UnitEffect) -> Sentence:
    """What happens to a unit."""
    before, after = effect.before, effect.after
    if before is None and after is not None:
        return say("{code} {name} begins.", code=after.code, name=after.name)
    if after is None and before is not None:
        return say("{code} {name} ends.", code=before.code, name=before.name)
    assert before is not None and after is not None  # noqa: S101, PT018 - an effect has at least one side
    if before.name != after.name:
        return say("{code} {before} is now {after}.", code=after.code, before=before.name, after=after.name)
    if before.code != after.code:
        return say(
            "{name} has the code {after} instead of {before}.", name=after.name, before=before.code, after=after.code
        )
    return say(
        "{name} lies under {after} instead of {before}.",
        name=after.name,
        before=before.parent or "–",
        after=after.parent or "–",
    )


def code_sentence(effect: CodeEffect) -> Sentence:
    """Whom a code means before and after."""
    if effect.before == effect.after:
        return say("{name} goes on under the code {code} with other land.", name=effect.after or "–", code=effect.code)
    return say(
        "Code {code} meant {before} and means {after} from then on.",
        code=effect.code,
        before=effect.before or "–",
        after=effect.after or "–",
    )


def lost_sentence(lost: Unknowable) -> Sentence:
    """Which figures are not computable on other boundaries, and why."""
    name, day, count, because = lost.name, lost.boundaries, lost.cells, ", ".join(lost.named or lost.because)
    if lost.reason is Why.PART:
        return say(
            "{name}, boundaries of {day}: {count} cells not computable; only part of {because} came, no share given.",
            name=name,
            day=day,
            count=count,
            because=because,
        )
    if lost.reason is Why.OUTSIDE:
        return say(
            "{name}, boundaries of {day}: {count} cells not computable without {because}, outside this office.",
            name=name,
            day=day,
            count=count,
            because=because,
        )
    return say(
        "{name}, boundaries of {day}: {count} later cells cannot be told apart from {because}.",
        name=name,
        day=day,
        count=count,
        because=because,
    )
