"""Dots and limits stand where their figures say, their shape tells how sure they are, and nothing leaves the drawing."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.reports.growth_chart import Area, Dot, Ink, Stroke, Words
from desktop.reports.interval_chart import ChartWords, IntervalRow, Line, Standing, draw_intervals, sorted_rows

PERCENT = st.floats(0, 100)
SAID = ChartWords("%", "ca/cân đo", "vượt", "chưa có số đo", "quá ít để xét")


def drawn(rows, **more):
    return draw_intervals(rows, wide=160, names=40, words=SAID, **more)


def words_of(drawing):
    return [mark.text for mark in drawing.marks if isinstance(mark, Words)]


def lines_of(*values):
    return [None if value is None else Line(value, "mục tiêu năm 2030: 20%") for value in values]


@given(
    st.lists(st.tuples(PERCENT, PERCENT, PERCENT).map(sorted), min_size=1, max_size=20),
    st.none() | PERCENT,
    st.none() | PERCENT,
)
def test_every_mark_lies_on_the_sheet_and_every_commune_between_its_limits(figures, aim, whole):
    rows = [IntervalRow(f"Xã {at}", rate, low, high, 50, 100) for at, (low, rate, high) in enumerate(figures)]
    target, mean = lines_of(aim, whole)
    drawing = drawn(rows, aim=target, whole=mean)
    for mark in drawing.marks:
        points = mark.points if isinstance(mark, Stroke | Area) else (mark.at,)
        assert all(-0.01 <= x <= drawing.width + 0.01 and -0.01 <= y <= drawing.height + 0.01 for x, y in points)
    verdicts = (Ink.LIMIT, Ink.DOUBT, Ink.GOOD, Ink.CHILD)
    level = [
        mark.points
        for mark in drawing.marks
        if isinstance(mark, Stroke) and mark.ink in verdicts and mark.points[0][1] == mark.points[1][1]
    ]
    shapes = [
        mark for mark in drawing.marks if isinstance(mark, Dot) or (isinstance(mark, Area) and mark.ink is not Ink.SAFE)
    ]
    assert len(shapes) == len(level) == len(rows)
    for mark, points in zip(shapes, level, strict=True):
        x = mark.at[0] if isinstance(mark, Dot) else mark.points[0][0]
        assert points[0][0] - 1e-6 <= x <= points[1][0] + 1e-6


def test_the_shape_says_how_sure_a_rate_is_worse_than_the_target():
    told = {
        IntervalRow("a", 30, 25, 35, 150, 500).standing(20): Standing.WORSE,
        IntervalRow("b", 22, 19, 25, 150, 680).standing(20): Standing.UNSURE,
        IntervalRow("c", 18, 15, 21, 150, 800).standing(20): Standing.MEETS,
        IntervalRow("d", 25, 9, 50, 3, 12).standing(20): Standing.FEW,
        IntervalRow("e", None).standing(20): Standing.NONE,
    }
    assert list(told) == list(told.values())


def test_the_worst_comes_first_and_who_has_no_figures_last_in_words():
    rows = [
        IntervalRow("Púng Luông", None),
        IntervalRow("Chế Tạo", 10, 5, 20, 40, 400),
        IntervalRow("Hồ Bốn", 28, 25, 31, 280, 1000),
    ]
    assert [row.name for row in sorted_rows(rows)] == ["Hồ Bốn", "Chế Tạo", "Púng Luông"]
    drawing = drawn(rows, aim=Line(22.2, "mục tiêu 22,2"))
    assert {"Púng Luông", "chưa có số đo", "mục tiêu 22,2", "28,0", "280/1.000", "+58"} <= set(words_of(drawing))
    assert sum(isinstance(mark, Dot) for mark in drawing.marks) == 1


def test_of_too_few_children_only_the_cases_are_told():
    drawing = drawn([IntervalRow("Chế Tạo", 25, 9, 50, 3, 12)], aim=Line(20, "mục tiêu"))
    assert {"quá ít để xét", "3/12"} <= set(words_of(drawing))
    assert "25,0" not in words_of(drawing)


def test_a_rate_is_rounded_as_in_the_tables_beside_it_and_no_line_crosses_words():
    rows = [
        IntervalRow("Hồ Bốn", 21.25, 13.7, 31.4, 17, 80),
        IntervalRow("Mồ Dề", 20, 3.6, 62.4, 1, 5),
        IntervalRow("Chế Tạo", 10, 5, 20, 40, 400),
    ]
    drawing = drawn(rows, aim=Line(22.2, "mục tiêu 22,2"))
    assert "21,3" in words_of(drawing)
    told = next(mark for mark in drawing.marks if isinstance(mark, Words) and mark.text == "quá ít để xét")
    down = [mark for mark in drawing.marks if isinstance(mark, Stroke) and mark.dash]
    assert len(down) == 2
    assert not any(mark.points[0][1] < told.at[1] < mark.points[1][1] for mark in down)
