"""Papers of the national criteria from a record, and many cells of a sheet at once."""

from datetime import date

import pytest

from desktop.application import criteria_papers as papers
from desktop.application import offices
from desktop.application.criteria import standing_of
from desktop.application.criteria_block import TypedPoints, put_block
from desktop.application.offices import communes_of
from desktop.domain.criteria.scoring import By
from desktop.domain.periods import Period
from desktop.errors import AppError, UsageError

YEAR = Period.of_year(2024)
TODAY = date(2025, 1, 14)
POINTS = ("13", "9", "11,5", "8", "17", "11", "5,5", "10", "3", "4")


def commune(record) -> str:
    return communes_of(record, on=YEAR.last)[0].code


def cells(by: By = By.OFFICE) -> list[TypedPoints]:
    return [TypedPoints(str(at), by, text) for at, text in enumerate(POINTS, 1)]


def test_a_block_is_one_change_and_one_bad_cell_refuses_all_of_it(district):
    code, before = commune(district), district.head()
    with pytest.raises(AppError) as refused:
        put_block(district, unit=code, year=2024, cells=[*cells(), TypedPoints("1", By.SELF, "15")])
    assert refused.value.code == "criteria_points"
    assert refused.value.advice is not None
    assert district.head() == before
    put_block(district, unit=code, year=2024, cells=cells())
    assert standing_of(district, unit=code, year=2024).judged.total == 92
    put_block(district, unit=code, year=2024, cells=[TypedPoints("1", By.OFFICE, "")])
    assert standing_of(district, unit=code, year=2024).judged.total is None


@pytest.mark.parametrize("name", papers.PAPERS)
def test_every_paper_is_made_of_a_record_and_the_same_again(district, name):
    code = commune(district)
    put_block(district, unit=code, year=2024, cells=cells(papers.OF_COMMUNE.get(name, By.OFFICE)))
    unit = code if name in papers.OF_COMMUNE else None
    first, pages = papers.paper_pdf(district, name=name, unit=unit, period=YEAR, today=TODAY)
    assert pages >= 1
    named = unit or offices.office(district, on=YEAR.last).code
    assert papers.paper_pdf(district, name=name, unit=named, period=YEAR, today=TODAY)[0] == first


def test_a_paper_says_whose_it_must_be(district):
    for name in papers.PAPERS:
        unit = None if name in papers.OF_COMMUNE else commune(district)
        with pytest.raises(UsageError) as refused:
            papers.paper(district, name=name, unit=unit, period=YEAR, today=TODAY)
        assert refused.value.advice is not None


def test_an_office_that_scored_nobody_still_gets_its_summary(district):
    document = papers.paper(district, name=papers.REPORT, unit=None, period=YEAR, today=TODAY)
    assert "Chưa có điểm để so sánh." in str(document.blocks)
