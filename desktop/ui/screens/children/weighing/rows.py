"""A line of the weighing list with what follows from it: z-scores, and one word that says how the child is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

from desktop.application import growth
from desktop.application.growth_charts import measured
from desktop.application.weighing import Line
from desktop.domain.child_care import Given
from desktop.domain.children import Child, Measurement, Status
from desktop.domain.findings import Finding, Severity
from desktop.domain.growth.classes import OVER, Class, acute_words, arm_class, class_of, class_words
from desktop.domain.growth.scores import Index, Scores
from desktop.system.i18n import _, render
from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import Sign


class State(Enum):
    """How a child stands in the session; the first that holds."""

    ABSENT = auto()
    WAITING = auto()
    FAULTY = auto()
    PARTLY = auto()
    SEVERE = auto()
    MODERATE = auto()
    HEAVY = auto()
    NORMAL = auto()


@dataclass(frozen=True, slots=True)
class Standing:
    """State with sign, one word, tone; `told` are all classes in words."""

    state: State
    sign: Sign
    word: str
    tone: Tone
    told: tuple[str, ...] = ()


WAITING: Final = Standing(State.WAITING, Sign.NOT_STARTED, "", Tone.MUTE)
Found = tuple[Index, Class]


@dataclass(frozen=True, slots=True)
class Row:
    """One child of the list; `now` is what this session found, `before` the last measurement before it."""

    child: Child
    status: Status | None
    now: Measurement | None
    before: Measurement | None
    expected: bool
    findings: tuple[Finding, ...]
    scores: Scores | None = None
    classes: tuple[Found, ...] = ()
    """The class of each index that could be computed."""
    standing: Standing = WAITING
    given: tuple[Given, ...] = ()
    """Supplements noted on the days of this session."""
    is_new: bool = False
    """Registered in this sitting: its particulars are typed in place."""

    @property
    def is_absent(self) -> bool:
        """Whether the child was looked for and did not come."""
        return self.now is not None and self.now.absent

    @property
    def is_measured(self) -> bool:
        """Whether weight or length was taken in this session."""
        return self.now is not None and self.now.is_measured

    def worst_at(self, element: str) -> Severity | None:
        """The worst finding that nobody keeps at a figure."""
        grades = [f.severity for f in self.findings if f.element == element and f.kept is None]
        return min(grades, key=list(Severity).index, default=None)


def rows_of(lines: Sequence[Line]) -> list[Row]:
    """The lines of a sheet, scored in one go."""
    rows = [Row(line.child, line.status, line.now, line.before, line.expected, tuple(line.findings)) for line in lines]
    visits = [(at, measured(row.child, row.now)) for at, row in enumerate(rows) if row.now is not None]
    for (at, _visit), scored in zip(visits, growth.scores([visit for _at, visit in visits]), strict=True):
        rows[at] = replace(rows[at], scores=scored)
    return [_judged(row) for row in rows]


def with_given(rows: Sequence[Row], given: Mapping[str, tuple[Given, ...]]) -> list[Row]:
    """The same lines with what was given to each child (by uid)."""
    return [replace(row, given=given[row.child.uid]) if row.child.uid in given else row for row in rows]


def new_row(child: Child) -> Row:
    """A child registered just now."""
    return _judged(Row(child, None, None, None, True, (), is_new=True))


def with_all(news: Sequence[tuple[Row, Measurement | None]]) -> list[Row]:
    """Many children with other measurements, scored in one go."""
    visits = [(at, measured(row.child, now)) for at, (row, now) in enumerate(news) if now is not None]
    scored = dict(zip((at for at, _visit in visits), growth.scores([visit for _at, visit in visits]), strict=True))
    return [_judged(replace(row, now=now, findings=(), scores=scored.get(at))) for at, (row, now) in enumerate(news)]


def with_child(row: Row, child: Child) -> Row:
    """The same measurement of a child whose particulars changed."""
    return _judged(replace(row, child=child, scores=_scores(child, row.now)))


def with_findings(row: Row, findings: tuple[Finding, ...]) -> Row:
    """The same measurement after it was checked."""
    return _judged(replace(row, findings=findings))


def _scores(child: Child, now: Measurement | None) -> Scores | None:
    return growth.scores([measured(child, now)])[0] if now is not None else None


def _judged(row: Row) -> Row:
    row = replace(row, classes=tuple(_classes(row)))
    return replace(row, standing=_standing(row))


# ---- one word ----

_ORDER: Final = (
    *((index, Class.GRADE_2) for index in (Index.WH, Index.HA, Index.WA)),
    *((index, Class.GRADE_1) for index in (Index.WH, Index.HA, Index.WA)),
    (Index.WH, Class.OBESE),
    (Index.WH, Class.OVERWEIGHT),
)


def _classes(row: Row) -> list[Found]:
    if row.scores is None or row.now is None or row.now.absent:
        return []
    return [
        (index, found)
        for index in (Index.HA, Index.WA, Index.WH)
        if (found := class_of(index, row.scores.of(index), oedema=row.now.oedema)) is not None
    ]


def _standing(row: Row) -> Standing:
    if row.is_absent:
        return Standing(State.ABSENT, Sign.NOT_STARTED, _("Absent"), Tone.MUTE)
    if row.now is None or row.now.is_empty or not (row.is_measured or row.now.oedema or row.now.muac):
        return Standing(State.WAITING, Sign.NOT_STARTED, _("Not weighed"), Tone.MUTE)
    fault = next((f for f in row.findings if f.severity is Severity.ERROR and f.kept is None), None)
    if fault is not None:
        return Standing(State.FAULTY, Sign.ERROR, _look_at(fault.element), Tone.BAD, (render(fault.message),))
    found = list(row.classes)
    flagged = {index for index, one in found if one is Class.IMPLAUSIBLE}
    if flagged:
        element = "lenhei" if Index.HA in flagged else "weight" if Index.WA in flagged else None
        return Standing(State.FAULTY, Sign.ERROR, _look_at(element), Tone.BAD, tuple(_told(row, found)))
    return _by_class(row, found)


def _by_class(row: Row, found: list[Found]) -> Standing:
    assert row.now is not None  # noqa: S101 - only asked for what was measured
    told = tuple(_told(row, found))
    arm = arm_class(row.now.muac, row.child.age_on(row.now.day))
    if row.now.oedema:
        return Standing(State.SEVERE, Sign.OFF_PATH, _("Oedema"), Tone.BAD, told)
    worst = next((one for one in _ORDER if one in found), None)
    if arm is Class.GRADE_2 and (worst is None or worst[1] is not Class.GRADE_2):
        return Standing(State.SEVERE, Sign.OFF_PATH, _arm(arm), Tone.BAD, told)
    if worst is None and arm is Class.GRADE_1:
        return Standing(State.MODERATE, Sign.WARNING, _arm(arm), Tone.WARN, told)
    if worst is not None:
        is_severe = worst[1] is Class.GRADE_2
        state = State.HEAVY if worst[1] in OVER else State.SEVERE if is_severe else State.MODERATE
        sign, tone = (Sign.OFF_PATH, Tone.BAD) if is_severe else (Sign.WARNING, Tone.WARN)
        return Standing(state, sign, render(class_words(*worst)), tone, told)
    lacking = _lacking(row)
    if lacking:
        return Standing(State.PARTLY, Sign.IN_ENTRY, lacking, Tone.BUSY, told)
    return Standing(State.NORMAL, Sign.CHECKED, _("Normal"), Tone.GOOD, told)


def _arm(found: Class) -> str:
    """The class by the arm as the column has room for it; the whole words stand in its tip."""
    return _("Acute, severe") if found is Class.GRADE_2 else _("Acute, moderate")


def _lacking(row: Row) -> str:
    assert row.now is not None  # noqa: S101 - only asked for what was measured
    if row.child.sex is None:
        return _("Sex unknown")
    if row.child.birth_date is None:
        return _("Age unknown")
    if row.now.weight is None:
        return _("No weight yet")
    return _("No height yet") if row.now.lenhei is None else ""


def _told(row: Row, found: list[Found]) -> list[str]:
    told = [render(class_words(index, one)) for index, one in found if one is not Class.NORMAL]
    if row.now is not None:
        arm = arm_class(row.now.muac, row.child.age_on(row.now.day))
        told += [render(acute_words(arm))] if arm not in (None, Class.NORMAL) and arm is not None else []
    return list(dict.fromkeys(told))


def _look_at(element: str | None) -> str:
    return {
        "weight": _("Check weight"),
        "lenhei": _("Check height"),
        "muac": _("Check arm"),
        "birth_date": _("Check birth date"),
        "sex": _("Check sex"),
    }.get(element or "", _("Check"))
