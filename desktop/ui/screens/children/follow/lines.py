"""The lines of the follow-up list: a case or the head of a village, and how their columns are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from desktop.application.children_follow import Followed, Why
from desktop.domain.growth.classes import Class, acute_words, class_words
from desktop.domain.growth.scores import Index, Score
from desktop.domain.text import fold
from desktop.system.i18n import _, render
from desktop.ui.screens.children import words
from desktop.ui.screens.children.visits import ground, is_severe
from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.tables import Column
from desktop.ui.words import capital

_INDICES: Final = (Index.HA, Index.WA, Index.WH)
SIGNS: Final = {
    Why.SEVERE: (Sign.OFF_PATH, Tone.BAD),
    Why.MODERATE: (Sign.WARNING, Tone.WARN),
    Why.FALTERING: (Sign.WARNING, Tone.WARN),
    Why.OVERDUE: (Sign.LATE, Tone.BAD),
}
SEX, MOTHER, WEIGHT, HEIGHT = 1, 3, 5, 6
"""Columns that give way where there is little room."""


@dataclass(frozen=True, slots=True)
class Line:
    """A case, or the head of a village."""

    village: str
    followed: Followed | None = None
    count: int = 0
    is_treated: bool = False
    """Whether the child is on the register of acute malnutrition on the day."""


def word(why: Why) -> str:
    """A reason in one word."""
    return {
        Why.SEVERE: _("Severe"),
        Why.MODERATE: _("Moderate"),
        Why.FALTERING: _("Faltering"),
        Why.OVERDUE: _("Weigh again"),
    }[why]


def told(followed: Followed) -> str:
    """All reasons in words: the classes, faltering, since when weighing is due, a figure that cannot be right."""
    case = followed.case
    said = [render(class_words(index, found)) for index, found in case.found]
    if case.arm in (Class.GRADE_1, Class.GRADE_2) and case.arm is not None:
        said.append(render(acute_words(case.arm)))
    said = said[:1] + [one[:1].lower() + one[1:] for one in said[1:]]
    if Why.FALTERING in case.whys:
        said.append(_("faltering"))
    if Why.OVERDUE in case.whys and case.due is not None:
        said.append(_("weigh again since {day}").format(day=f"{case.due:%d/%m/%Y}"))
    if case.last is not None and any((found := case.last.scores.of(one)) and found.flagged for one in _INDICES):
        said.append(_("a figure to check"))
    return ", ".join(dict.fromkeys(said))


def sought(followed: Followed) -> str:
    """What a search looks through."""
    child = followed.case.child
    return fold(f"{child.name} {child.mother} {child.village}")


def grouped(found: Sequence[Followed], treated: frozenset[str] = frozenset()) -> list[Line]:
    """The cases under the heads of their villages; those of no known village last."""
    lines: list[Line] = []
    by_village: dict[str, list[Followed]] = {}
    for one in found:
        by_village.setdefault(one.case.child.village, []).append(one)
    for village, some in sorted(by_village.items(), key=lambda pair: not pair[0]):
        lines.append(Line(village, count=len(some)))
        lines += [Line(village, one, is_treated=one.case.child.uid in treated) for one in some]
    return lines


def columns() -> list[Column[Line]]:
    """Particulars, the last figures, z-scores with their grounds, and why."""
    made: list[Column[Line]] = [
        Column(_("Full name"), _name, second=None, width=170),
        Column(_("Sex"), lambda line: words.sex(line.followed.case.child.sex) if line.followed else "", width=44),
        Column(_("Born on"), lambda line: words.born(line.followed.case.child) if line.followed else "", width=84),
        Column(_("Mother"), lambda line: line.followed.case.child.mother if line.followed else "", width=130),
        Column(_("Weighed on"), _day, width=84),
        Column(_("Weight"), _weight, number=True, width=74),
        Column(_("Height"), _height, number=True, width=54),
        *(_score(title, index) for title, index in ((_("H/A"), Index.HA), (_("W/A"), Index.WA), (_("W/H"), Index.WH))),
        Column(
            _("Why"),
            _why,
            sign=_sign,
            tone=_tone,
            stretch=True,
            tip=lambda line: _why(line).replace(", ", "\n"),
        ),
    ]
    return made


def _why(line: Line) -> str:
    if line.followed is None:
        return ""
    said = told(line.followed)
    # First, because the end of many reasons is cut where there is little room.
    return f"{capital(_('in treatment'))}, {said[:1].lower()}{said[1:]}" if line.is_treated else said


def _name(line: Line) -> str:
    if line.followed is not None:
        return line.followed.case.child.name
    name = line.village or _("village unknown")
    return f"{name} ({line.count})"


def _day(line: Line) -> str:
    last = line.followed.case.last if line.followed else None
    return last.measurement.day.strftime("%d/%m/%Y") if last else _("never") if line.followed else ""


def _weight(line: Line) -> str:
    last = line.followed.case.last if line.followed else None
    return words.kilograms(last.measurement.weight) if last else ""


def _height(line: Line) -> str:
    last = line.followed.case.last if line.followed else None
    return words.centimetres(last.measurement.lenhei) if last else ""


def _score(title: str, index: Index) -> Column[Line]:
    def of(line: Line) -> Score | None:
        last = line.followed.case.last if line.followed else None
        return last.scores.of(index) if last else None

    return Column(
        title,
        lambda line: words.score(of(line)),
        ground=lambda line: ground(of(line)),
        strong=lambda line: is_severe(of(line)),
        number=True,
        width=56,
    )


def _sign(line: Line) -> Sign | None:
    return SIGNS[line.followed.case.worst][0] if line.followed else None


def _tone(line: Line) -> Tone | None:
    return SIGNS[line.followed.case.worst][1] if line.followed else None
