"""Targets and verdicts in the plan's own words: never a typed comparison sign, always sign and word."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from desktop.application.plans import TargetStatus
from desktop.domain.elements import Indicator
from desktop.domain.lineage import Reason
from desktop.domain.plans import Comparator, Target
from desktop.domain.plans.status import Status, decimals_shown
from desktop.domain.text import fold
from desktop.system.i18n import _, grouped
from desktop.ui import figures, words
from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import TONES, Sign
from desktop.wording import say

SIGNS: Final = {
    Status.MET: Sign.CHECKED,
    Status.ON_TRACK: Sign.ON_PATH,
    Status.OFF_TRACK: Sign.OFF_PATH,
    Status.MISSED: Sign.ERROR,
    Status.TOO_FEW: Sign.TOO_FEW,
    Status.NO_PATH: Sign.INFO,
    Status.NOT_MEASURABLE: Sign.INFO,
    Status.NO_DATA: Sign.NOT_STARTED,
}
_WORDS: Final = {
    Status.MET: say("Met"),
    Status.ON_TRACK: say("On the path"),
    Status.OFF_TRACK: say("Behind the path"),
    Status.MISSED: say("Not met"),
    Status.TOO_FEW: say("Too few to judge"),
    Status.NO_PATH: say("No path yet"),
    Status.NOT_MEASURABLE: say("Not judged at this level"),
    Status.NO_DATA: say("No data yet"),
}
_SENSES: Final = {
    Comparator.AT_LEAST: lambda: _("reach {value}"),
    Comparator.AT_MOST: lambda: _("down to {value}"),
    Comparator.ABOVE: lambda: _("over {value}"),
    Comparator.BELOW: lambda: _("under {value}"),
    Comparator.ABOUT: lambda: _("about {value}"),
}


def word(status: Status) -> str:
    """The verdict as the office says it."""
    return _(_WORDS[status].msgid)


def said(row: TargetStatus) -> str:
    """The verdict of a target, or that its figure cannot be had on these boundaries."""
    if row.reason in set(Reason):
        return _("Cannot be computed")
    told = word(row.judgement.status)
    return _("{verdict}, over 100%: look").format(verdict=told) if row.is_over_whole else told


def sign(row: TargetStatus) -> Sign:
    """The sign before the verdict; a warning where the figure cannot be right."""
    return Sign.WARNING if row.is_over_whole else SIGNS[row.judgement.status]


def row_tone(row: TargetStatus) -> Tone:
    """The tone of what is said of a target."""
    return Tone.WARN if row.is_over_whole else tone(row.judgement.status)


def over_whole(row: TargetStatus) -> str:
    """Why a share over 100 % cannot be right, and where it is mended; empty for every other figure."""
    if not row.is_over_whole:
        return ""
    return _("More than the whole: {basis}. Compare the denominator with its source (Denominators…).").format(
        basis=basis(row)
    )


def tone(status: Status) -> Tone:
    """The tone of a verdict."""
    if status in (Status.NO_PATH, Status.NOT_MEASURABLE):
        return Tone.MUTE
    return TONES[SIGNS[status]]


def wanted(target: Target) -> str:
    """The target in words: đạt 96,5%, còn 22,2%, dưới 48/100.000."""
    if target.value is None:
        return target.text
    value = f"{grouped(target.value)}{unit(target.unit)}"
    return _SENSES[target.comparator]().format(value=value)


def unit(text: str) -> str:
    """A unit behind its number: percent without a space, words with one."""
    return text if text in ("%", "‰") or text.startswith("/") else f" {text}" if text else ""


def figure(row: TargetStatus) -> str:
    """The indicator's figure with its unit; empty without one."""
    value = row.figure.value
    if value is None:
        return ""
    return f"{'≈ ' if row.estimated else ''}{figures.rate(value, decimals(row))}{unit(row.indicator.unit)}"


def decimals(row: TargetStatus) -> int:
    """As many as it takes not to look like the target that is not met (design 3.3)."""
    value, usual = row.figure.value, row.indicator.decimals
    return usual if value is None else decimals_shown(row.target, value, row.indicator.direction, usual)


def required(row: TargetStatus) -> str:
    """What the path asks for by now."""
    value: Fraction | None = row.judgement.required_by_now
    return f"{figures.rate(value, decimals(row))}{unit(row.indicator.unit)}" if value is not None else ""


def name(indicator: Indicator) -> str:
    """An indicator's name without the rate's usual opening, which every row would repeat."""
    full = words.named(indicator.name_vi, indicator.name_en)
    for opening in ("Tỷ lệ ", "Tỷ suất "):
        if full.startswith(opening) and len(full) > 28 and not fold(full[len(opening) :]).startswith("so "):
            return words.capital(full[len(opening) :])
    return full


def basis(row: TargetStatus) -> str:
    """What the figure was computed from: 1.810/6.846, 12/14 communes."""
    parts = []
    top, bottom = row.figure.numerator, row.figure.denominator
    if top is not None and bottom is not None:
        parts.append(f"{figures.rate(top, 0)}/{figures.rate(bottom, 0)}")
    if row.figure.expected > 1:
        parts.append(
            _("{reported}/{expected} communes").format(reported=row.figure.reported, expected=row.figure.expected)
        )
    return " · ".join(parts)
