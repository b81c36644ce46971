"""The words of a deadline and what is read from them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.plans.deadlines import (
    UNKNOWN,
    MonthDay,
    Reading,
    Recurrence,
    read_deadline,
    read_deadlines,
)

TABLE = """
trong tháng 01 hàng năm                             | yearly 01-01 01-31
Sở Y tế hoàn thành xây dựng kế hoạch trong tháng 01 hàng năm | yearly 01-01 01-31
hàng năm                                            | yearly 01-01 12-31
Hằng năm                                            | yearly 01-01 12-31
quý I hàng năm                                      | yearly 01-01 03-31
ngày 20 tháng 11 hàng năm                           | yearly 01-01 11-20
trước ngày 15/12 hàng năm                           | yearly 01-01 12-15 exclusive
định kỳ hàng quý                                    | quarterly - -
tháng 5/2018                                        | once - 2018-05-31
hoàn thành trong tháng 6 năm 2018                   | once - 2018-06-30
tháng 2/2020                                        | once - 2020-02-29
quý I năm 2022                                      | once - 2022-03-31
6 tháng đầu năm 2018                                | once - 2018-06-30
2018                                                | once - 2018-12-31
đến năm 2025                                        | once - 2025-12-31
năm 2018 theo lộ trình của Chính phủ                | once - 2018-12-31 [theo lộ trình của Chính phủ]
2018-2020                                           | span 2018-01-01 2020-12-31
2016 - 2020, định hướng đến năm 2025                | span 2016-01-01 2020-12-31 [định hướng đến năm 2025]
Từ tháng 4 năm 2018 đến năm 2019                    | span 2018-04-01 2019-12-31
Từ tháng 4 năm 2018                                 | continuous 2018-04-01 -
từ ngày 01/7/2018 trở đi                            | continuous 2018-07-01 -
đến năm 2020 và những năm tiếp theo                 | continuous - -
thường xuyên                                        | continuous - -
thường xuyên đến năm 2025                           | continuous - 2025-12-31
2017 - 2020 và những năm tiếp theo                  | continuous 2017-01-01 -
hàng tháng                                          | continuous - - [hàng tháng]
định kỳ 6 tháng                                     | continuous - - [6 tháng]
tháng 5 và tháng 6 năm 2018                         | span 2018-05-01 2018-06-30
tháng 13/2018                                       | unknown - - [tháng 13/2018]
(*thực hiện thường xuyên*)                          | continuous - -
Đã phê duyệt chủ trương đầu tư                      | unknown - - [Đã phê duyệt chủ trương đầu tư]
31/02/2018                                          | unknown - - [31/02/2018]
trước ngày 15/10/2022                               | once - 2022-10-15 exclusive
trước *ngày 30/10/2022*                             | once - 2022-10-30 exclusive
trước ngày 15 tháng 10 năm 2022                     | once - 2022-10-15 exclusive
chậm nhất ngày 15/10/2022                           | once - 2022-10-15
sau năm 2020                                        | continuous 2021-01-01 -
sau ngày 31/12/2022                                 | continuous 2023-01-01 -
giai đoạn 2021-2025, định hướng đến năm 2030        | span 2021-01-01 2025-12-31 [định hướng đến năm 2030]
trong giai đoạn hiện nay đến 2030                   | once - 2030-12-31
"""


def written(reading: Reading) -> str:
    parts = [str(reading.recurrence), str(reading.start or "-"), str(reading.due or "-")]
    parts += ["exclusive"] * reading.exclusive + ([f"[{reading.condition}]"] if reading.condition else [])
    return " ".join(parts)


@pytest.mark.parametrize("line", [line for line in TABLE.splitlines() if line.strip()])
def test_the_words_read_as_the_table_says(line: str) -> None:
    words, expected = (part.strip() for part in line.split("|"))
    assert written(read_deadline(words)) == expected


def test_two_rhythms_are_two_readings() -> None:
    assert [reading.recurrence for reading in read_deadlines("Định kỳ hàng quý, năm")] == ["quarterly", "yearly"]


def test_a_cited_document_gives_no_deadline() -> None:
    reading = read_deadline("thực hiện theo Kế hoạch số 44/KH-UBND ngày 12/3/2018 của UBND tỉnh")
    assert (reading.recurrence, reading.due) == (Recurrence.UNKNOWN, None)
    begun = read_deadline("Thực hiện từ tháng 7/2018 theo Kế hoạch số 44/KH-UBND ngày 12/3/2018")
    assert (begun.recurrence, begun.start, begun.due) == (Recurrence.CONTINUOUS, date(2018, 7, 1), None)


def test_nothing_printed_is_unknown_without_a_condition() -> None:
    assert read_deadline(None) == read_deadline(" ") == UNKNOWN


def test_the_last_of_february_is_the_29th_in_a_leap_year_only() -> None:
    assert MonthDay(2, 29).on(2023) == date(2023, 2, 28)
    assert MonthDay(2, 29).on(2024) == date(2024, 2, 29)


years = st.integers(1990, 2090)
days = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@given(days)
def test_any_day_is_read_in_every_way_of_writing_it(day: date) -> None:
    for words in (
        f"ngày {day:%d/%m/%Y}",
        f"{day.day}/{day.month}/{day.year}",
        f"ngày {day.day} tháng {day.month} năm {day.year}",
    ):
        assert read_deadline(words) == Reading(Recurrence.ONCE, None, day)
        assert read_deadline(f"xong trước {words}") == Reading(Recurrence.ONCE, None, day, exclusive=True)


@given(st.integers(1, 12), years)
def test_a_month_is_due_on_its_last_day(month: int, year: int) -> None:
    for words in (f"tháng {month}/{year}", f"trong tháng {month:02d} năm {year}", f"{month}/{year}"):
        due = read_deadline(words).due
        assert isinstance(due, date)
        assert (due.year, due.month) == (year, month)
        assert (date.fromordinal(due.toordinal() + 1)).day == 1


@given(years, years)
def test_a_span_runs_from_its_first_to_its_last_day(one: int, other: int) -> None:
    first, last = sorted((one, other))
    expected = Reading(Recurrence.SPAN, date(first, 1, 1), date(last, 12, 31))
    for words in (f"{first}-{last}", f"giai đoạn {first} - {last}", f"từ năm {first} đến năm {last}"):
        assert read_deadline(words) == expected


@given(st.text(max_size=60))
def test_any_words_at_all_are_read_without_a_fault(words: str) -> None:
    for reading in read_deadlines(words):
        if reading.recurrence is Recurrence.YEARLY:
            assert isinstance(reading.due, MonthDay)
        else:
            assert not isinstance(reading.due, MonthDay)
        assert not reading.exclusive or reading.due is not None


@given(
    st.lists(
        st.sampled_from("trước từ đến ngày tháng năm quý I 5 12 31 2018 2020 / - , hàng thường xuyên theo".split())
    )
)
def test_any_order_of_the_usual_words_is_read_without_a_fault(words: list[str]) -> None:
    for reading in read_deadlines(" ".join(words)):
        if isinstance(reading.start, date) and isinstance(reading.due, date):
            assert reading.start <= reading.due
