"""Points of every commune of the sample office, for looking at the page of criteria; invented, like the sample year."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from desktop.application import criteria_recognitions, offices
from desktop.application.records import Record

POINTS = (
    (13, 9, 11.5, 8, 17, 11, 5.5, 10, 3, 4),
    (13, 8.5, 10.5, 7.5, 16.5, 10, 5.5, 9.5, 3, 3.5),
    (12.5, 8.5, 10.5, 7.5, 16.5, 10.5, 5, 9.5, 3, 3),
    (12, 8, 10.5, 7.5, 16, 10, 5, 9.5, 2.5, 3),
    (12.5, 6.5, 10, 7.5, 16, 10.5, 5, 9.5, 2.5, 3.5),
    (12.5, 8, 10, 7.5, 16, 10, 5, 9, 2.5, 3),
    (12.5, 6.5, 10.5, 7.5, 16, 10, 5, 9.5, 2.5, 3.5),
    (12, 7.5, 10, 7, 16, 9.5, 5, 9, 2.5, 3),
    (12.5, 7.5, 9, 7, 15.5, 9.5, 5, 9, 2.5, 3),
    (12, 7.5, 9.5, 7, 15.5, 9.5, 5, 9, 2.5, 3),
    (11.5, 4.5, 9, 7, 15.5, 9.5, 5, 8.5, 2.5, 3),
    (11.5, 4, 9.5, 7, 14.5, 9.5, 4.5, 8.5, 2.5, 2.5),
    (11, 4.5, 8.5, 6.5, 14.5, 9, 4.5, 8.5, 2, 2.5),
)
"""By criterion 1 to 10, a commune a line; the communes behind the last line are not scored."""
SLACK = (0.5, 1, 0.5, 0, 1, 0.5, 0, 0.5, 0, 0)
"""How much more each commune gave itself."""


def fill(record: Record, *, year: int = 2024, communes: int = len(POINTS)) -> list[str]:
    """Score the communes by criterion: their own column and the office's check. Gives their codes in order."""
    from db.tables import criteria as tables
    from desktop.application.changes import Subject, changed
    from desktop.wording import say

    served = offices.communes_of(record, on=date(year, 12, 31))
    scores = []
    for commune, line in zip(served[:communes], POINTS[:communes], strict=False):
        for place, points in enumerate(line):
            code, most = str(place + 1), (14, 10, 12, 9, 19, 12, 6, 11, 3, 4)[place]
            own = min(Fraction(points) + Fraction(SLACK[place]), Fraction(most))
            reason = "Bác sĩ của trạm nghỉ từ 10/2024, chưa có người thay." if code == "2" and points < 5 else None
            scores.append(tables.Score(commune.uid, year, "1300", code, "self", own))
            scores.append(tables.Score(commune.uid, year, "1300", code, "office", Fraction(points), reason))
    with record.change(say("Score the communes"), source="test") as change:
        tables.put_scores(record, scores)
    changed(change.rows, Subject.CRITERIA)
    return [commune.code for commune in served]


def recognise(record: Record, *, today: date) -> None:
    """Decisions for most communes: some hold, one is due, one ran out, one was withdrawn."""
    served = offices.communes_of(record, on=today)
    for at, commune in enumerate(served[:9]):
        day = date(today.year - 1, 12, 20) if at < 6 else date(today.year - 3, 3, 2) if at < 8 else date(2019, 6, 1)
        criteria_recognitions.recognise(
            record, unit=commune.code, year=day.year - 1, decision=f"{1620 + at}/QĐ-UBND", day=day
        )
    last = served[5]
    criteria_recognitions.withdraw(
        record, unit=last.code, day_of_decision=date(today.year - 1, 12, 20), from_=today, note="Không giữ được chuẩn"
    )
