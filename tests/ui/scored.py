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


COUNTS = (5, 4, 6, 4, 8, 5, 5, 5, 3, 2)


def detailed_set() -> bytes:
    """A made-up official table of 47 rows in the shape of QĐ 1300: knock-outs, steps by zone, a rule. Not the regulation."""
    from dataclasses import replace

    from desktop.application.criteria_sets import shipped_sets
    from desktop.domain.criteria.sets import Criterion, own_code
    from desktop.exchange.criteria_table.writing import table_xlsx

    frame = shipped_sets()["1300"]
    criteria = [
        Criterion(part.number, part.name, part.maximum, _rows(part.number, part.maximum or Fraction(0), count))
        for part, count in zip(frame.criteria, COUNTS, strict=True)
    ]
    one = replace(
        frame, code="", frame="1300", first_year=2024, criteria=tuple(criteria), gaps=(),
        sources=(("bảng điểm", "bảng mẫu, không phải quy định"),), name="Bảng 47 chỉ tiêu mẫu",
    )  # fmt: skip
    return table_xlsx(replace(one, code=own_code(one)), made=date(2024, 1, 2))


def _rows(number: str, maximum: Fraction, count: int) -> tuple:
    from desktop.domain.criteria.sets import Row

    halves = int(maximum * 2)
    parts = [Fraction(halves // count + (at < halves % count), 2) for at in range(count)]
    rows = []
    for at, most in enumerate(parts, 1):
        rule = f"insurance_coverage: >=95 = {float(most):g}; >=80 = 0.5; <80 = 0" if (number, at) == ("6", 1) else None
        steps = ((3, (Fraction(0), most)),) if (number, at) == ("3", 2) else ()
        least = most if (number, at) in (("2", 1), ("4", 2)) else None
        proof = ("Quyết định thành lập", "Biên bản họp") if at == 1 else ()
        rows.append(Row(f"{number}.{at}", f"Chỉ tiêu mẫu {number}.{at}", most, least=least, steps_in_zone=steps,
                        evidence=proof, rule=rule))  # fmt: skip
    return tuple(rows)


def fill_detailed(record: Record, *, year: int = 2024) -> list[str]:
    """The made-up table loaded, zones said, all communes scored row by row. Gives their codes in order."""
    from db.tables import criteria as tables
    from desktop.application import criteria_tables, criteria_zones
    from desktop.wording import say

    one = criteria_tables.install(record, content=detailed_set(), name="bang.xlsx").criteria
    assert one is not None
    served = offices.communes_of(record, on=date(year, 12, 31))
    scores = []
    for place, commune in enumerate(served):
        zone = 3 if place % 3 else 2
        criteria_zones.set_zone(record, unit=commune.code, zone=zone, day=date(2020, 1, 1), basis="1736/QĐ-SYT")
        for at, row in enumerate(one.rows):
            lost = Fraction(1 if (at * 7 + place * 3) % 11 < 1 + place // 3 else 0, 2)
            given = row.maximum if row.steps_in(zone) else max(row.maximum - lost, Fraction(0))
            if row.least is not None and place not in (9, 12):
                given = row.maximum
            columns = ("self", "office") if place < 12 else ("self",)
            scores += [tables.Score(commune.uid, year, one.code, row.code, by, given) for by in columns]
    with record.change(say("Score the communes"), source="test"):
        tables.put_scores(record, scores)
    return [commune.code for commune in served]
