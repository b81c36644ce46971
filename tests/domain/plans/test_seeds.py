"""What holds for every shipped plan: targets in their indicator's unit, rows with actors or times, words for people."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from desktop.domain.plans.actors import is_mine
from desktop.domain.plans.deadlines import Recurrence
from desktop.domain.plans.plan import Comparator, Plan
from desktop.domain.text import squeeze
from desktop.exchange.catalogue_file import read_catalogue
from desktop.exchange.plan_file import dump_plan, load_plan
from tests.domain.plans.conftest import PLANS

ROOT = Path(__file__).parents[3]
CATALOGUE = ROOT / "resources" / "catalogue"
FILES = sorted(PLANS.glob("*.yaml"))
INDICATORS = CATALOGUE / "indicators.yaml"
COUNTS = {
    "102-KH/TU-hai-duong": (0, 8, 22, 5),
    "172-KH/TU-tuyen-quang": (39, 23, 0, 0),
    "200/KH-UBND-bac-ninh": (43, 74, 0, 0),
    "55/KH-UBND-yen-bai": (3, 122, 0, 0),
    "62-NQ/TU-yen-bai": (33, 36, 0, 0),
}
OWN_WORDS = ("cấp huyện", "các huyện", "địa phương", "các cấp")


@pytest.fixture(scope="module", params=FILES, ids=[file.stem for file in FILES])
def plan(request: pytest.FixtureRequest) -> Plan:
    known = read_catalogue(INDICATORS.read_text(encoding="utf-8"), INDICATORS.name)[0].catalogue.indicators
    file: Path = request.param
    found, findings = load_plan(file.read_text(encoding="utf-8"), file.name, indicators=known)
    assert findings == []
    assert found is not None
    assert file.stem == found.code.replace("/", "-")
    return found


def test_a_plan_survives_being_written(plan: Plan) -> None:
    assert load_plan(dump_plan(plan), "x.yaml") == (plan, [])


def test_every_sentence_stands_in_the_document(plan: Plan, text: str) -> None:
    said = [(aim.clause, aim.sentence) for aim in plan.targets]
    said += [(one.clause, one.sentence) for one in plan.tasks]
    said += [(sender.who, sender.sentence) for sender in plan.deadlines]
    said += [(one.also.clause, one.also.sentence) for one in plan.tasks if one.also]
    said += [(place.clause, place.sentence) for found in plan.contradictions for place in found.places]
    assert [where for where, sentence in said if sentence not in text] == []


def test_nothing_is_lost_of_what_was_read(plan: Plan) -> None:
    assert (len(plan.targets), len(plan.tasks), len(plan.sections), len(plan.deadlines)) == COUNTS[plan.code]


def test_every_value_is_printed_in_the_words_of_its_target(plan: Plan) -> None:
    for target in plan.targets:
        assert (target.value is None) is (target.comparator is Comparator.TEXT)
        if target.value is not None:
            assert str(target.value).replace(".", ",") in re.findall(r"\d+(?:,\d+)?", target.text), target.text


def test_a_condition_is_printed_beside_its_target(plan: Plan) -> None:
    assert all(target.condition in target.sentence for target in plan.targets if target.condition)


def test_every_item_of_the_body_names_who_acts_or_when(plan: Plan) -> None:
    items = [task for task in plan.tasks if task.number is None]
    assert [task.clause for task in items if not (task.lead or task.partners or task.when_text)] == []


def test_who_only_takes_part_is_so_printed(plan: Plan) -> None:
    """Places, levels and those who benefit are no partners; without a leader or a time a partner must be said so."""
    alone = [task for task in plan.tasks if task.partners and not task.lead]
    assert [task.clause for task in alone if not re.search("hợp tác với|với sự tham gia của", task.sentence)] == []


def test_nobody_leads_and_takes_part_at_once(plan: Plan) -> None:
    assert [task.clause for task in plan.tasks if set(task.lead) & set(task.partners)] == []


def test_no_two_rows_say_the_same(plan: Plan) -> None:
    said = [(task.text, task.reading) for task in plan.tasks]
    assert len(said) == len(set(said))


def test_the_words_for_people_begin_large_and_end_clean(plan: Plan) -> None:
    for task in plan.tasks:
        assert task.text[0] == task.text[0].upper()
        assert not task.text.endswith((";", " "))


def test_a_time_that_is_printed_is_kept_whole(plan: Plan) -> None:
    """What is in italic brackets at the end of an item is its time, unless it names a way ("qua ...")."""
    for task in plan.tasks:
        found = re.search(r"\(\*+([^*()]*(?:năm|xuyên|/\d{4}))\*+\)\.?$", task.sentence)
        if found:
            assert task.when_text == found[1]


def test_headings_of_rows_stand_in_the_document(plan: Plan, seed: str) -> None:
    plain = squeeze(seed.replace("*", ""))
    mended = {
        "2. Sở Kế hoạch và Đầu tư và Sở Tài chính",
        "5. Nâng cao chất lượng khám, chữa bệnh, khắc phục căn bản tình trạng quá tải bệnh viện",
    }
    groups = {task.group for task in plan.tasks} - mended
    assert [group for group in groups if group not in plain] == []


def test_a_period_or_a_day_is_never_read_from_a_cited_document(plan: Plan) -> None:
    for task in plan.tasks:
        if task.when_text and task.reading.recurrence is not Recurrence.UNKNOWN:
            assert not re.match(r"(theo|ngày \d+/\d+/\d{4} của)", task.when_text)


def test_what_speaks_of_all_districts_is_a_districts(plan: Plan) -> None:
    for task in plan.tasks:
        actors = " ; ".join((*task.lead, *task.partners))
        if any(words in actors for words in OWN_WORDS):
            assert is_mine(task, "district", "Huyện Mù Cang Chải"), actors


def test_what_only_provincial_bodies_do_is_not_a_districts(plan: Plan) -> None:
    for task in plan.tasks:
        actors = (*task.lead, *task.partners)
        if actors and all(re.match(r"(Sở |Bệnh viện Đa khoa tỉnh|Công an tỉnh|Ban Tuyên giáo)", one) for one in actors):
            assert not is_mine(task, "district"), actors


def test_body_items_stand_in_the_order_of_the_document(plan: Plan, text: str) -> None:
    places = [text.index(task.sentence) for task in plan.tasks if task.number is None]
    assert [one for one, other in pairwise(places) if one > other] == []
