"""Plan files: the shipped five, the round trip, and faults with their lines."""

import json
import re
import unicodedata
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.elements import Indicator
from desktop.domain.plans import (
    Baseline,
    Comparator,
    Contradiction,
    Deadline,
    OtherPlace,
    OutlineSection,
    Place,
    Plan,
    PlanKind,
    Target,
    Task,
)
from desktop.domain.plans.deadlines import MonthDay, Reading, Recurrence, read_deadline
from desktop.exchange.catalogue_file import read_catalogue
from desktop.exchange.plan_file import UNITS, dump_plan, load_plan

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "resources" / "catalogue" / "plans").glob("*.yaml"))


@cache
def indicators() -> dict[str, Indicator]:
    text = (ROOT / "resources" / "catalogue" / "indicators.yaml").read_text(encoding="utf-8")
    found, findings = read_catalogue(text, "indicators.yaml")
    assert findings == []
    return found.catalogue.indicators


def folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def shipped(path: Path) -> Plan:
    plan, findings = load_plan(path.read_text(encoding="utf-8"), path.name, indicators=indicators())
    assert [(finding.rule, finding.row) for finding in findings] == []
    assert plan is not None
    return plan


def test_five_plans_are_shipped_under_their_codes() -> None:
    plans = tuple(shipped(path) for path in FILES)
    assert {plan.code for plan in plans} == {
        "172-KH/TU-tuyen-quang",
        "200/KH-UBND-bac-ninh",
        "55/KH-UBND-yen-bai",
        "62-NQ/TU-yen-bai",
        "102-KH/TU-hai-duong",
    }
    assert [path.stem for path in FILES] == sorted(plan.code.replace("/", "-") for plan in plans)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_sentence_is_a_verbatim_part_of_its_seed(path: Path) -> None:
    plan = shipped(path)
    seed = folded((ROOT / "tests" / "data" / "seeds" / plan.source).read_text(encoding="utf-8"))
    quoted = [target.sentence for target in plan.targets]
    quoted += [task.sentence for task in plan.tasks] + [task.also.sentence for task in plan.tasks if task.also]
    quoted += [deadline.sentence for deadline in plan.deadlines]
    quoted += [place.sentence for found in plan.contradictions for place in found.places]
    assert [sentence for sentence in quoted if sentence not in seed] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_plan_survives_the_round_trip(path: Path) -> None:
    plan = shipped(path)
    again, findings = load_plan(dump_plan(plan), "again.yaml")
    assert findings == []
    assert again == plan
    assert dump_plan(again) == dump_plan(plan)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_task_names_an_actor_or_a_deadline_or_stands_in_an_appendix(path: Path) -> None:
    bare = [
        task.clause for task in shipped(path).tasks if not (task.lead or task.partners or task.when_text or task.number)
    ]
    assert bare == []


texts = (
    st.text(
        alphabet=st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp", "Zs"), blacklist_characters="\ufeff")
        | st.just(" "),
        min_size=1,
        max_size=20,
    )
    .map(folded)
    .filter(bool)
)
numbers = st.decimals(min_value=0, max_value=10_000, places=2, allow_nan=False)
moments = st.dates(date(1990, 1, 1), date(2090, 1, 1))
month_days = st.dates(date(2000, 1, 1), date(2000, 12, 31)).map(lambda day: MonthDay(day.month, day.day))
whens = st.none() | texts | st.sampled_from(["hàng năm", "Định kỳ hàng quý, năm", "2018-2020", "thường xuyên"])
dated = st.builds(
    Reading,
    st.sampled_from([kind for kind in Recurrence if kind is not Recurrence.YEARLY]),
    st.none() | moments,
    st.none() | moments,
    st.booleans(),
    st.none() | texts,
)
yearly = st.builds(Reading, st.just(Recurrence.YEARLY), st.none() | month_days, st.none() | month_days, st.booleans())
readings = dated | yearly
tuples = st.lists(texts, max_size=3).map(tuple)
targets = st.builds(
    lambda with_value, **parts: Target(comparator=with_value[0], value=with_value[1], **parts),
    st.tuples(st.sampled_from([kind for kind in Comparator if kind is not Comparator.TEXT]), numbers)
    | st.just((Comparator.TEXT, None)),
    indicator=texts,
    year=st.none() | st.integers(1990, 2100),
    unit=st.sampled_from([*UNITS, ""]),
    text=texts,
    clause=texts,
    sentence=texts,
    condition=st.none() | texts,
    baseline=st.none() | st.builds(Baseline, st.integers(1990, 2100), numbers),
)
tasks = st.builds(
    Task,
    texts,
    st.none() | texts,
    texts,
    tuples,
    tuples,
    whens,
    readings,
    texts,
    texts,
    st.none() | st.builds(OtherPlace, texts, texts, whens, readings),
)
plans = st.builds(
    Plan,
    *[texts] * 5,
    moments,
    st.sampled_from(PlanKind),
    texts,
    st.lists(targets, max_size=2).map(tuple),
    st.lists(tasks, max_size=2).map(tuple),
    st.lists(st.builds(OutlineSection, texts, texts, st.integers(1, 5), tuples), max_size=2).map(tuple),
    st.lists(st.builds(Deadline, texts, texts, texts, readings, texts, texts), max_size=2).map(tuple),
    st.lists(
        st.builds(
            Contradiction,
            texts,
            texts,
            texts,
            st.lists(st.builds(Place, texts, texts), min_size=1, max_size=2).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
)


@given(plans)
def test_any_plan_is_the_same_after_writing_and_reading(plan: Plan) -> None:
    again, findings = load_plan(dump_plan(plan), "again.yaml")
    assert again == plan, findings


SMALL = """\
format: sotram-plan/1
code: 1-KH/TU-tinh
symbol: 1-KH/TU
province: Tỉnh
title: Kế hoạch
issuer: Tỉnh ủy
date: 2021-10-26
kind: plan
source: tự viết
targets:
  - indicator: insurance_coverage
    year: 2025
    comparator: ">="
    value: 95
    unit: "%"
    text: bảo hiểm y tế đạt 95%
    clause: II
    sentence: Tỷ lệ tham gia bảo hiểm y tế đạt 95% dân số.
tasks:
  - group: I
    number: 1
    lead: Sở Y tế
    when_text: tháng 5/2018
    clause: Phụ lục, 1
    sentence: "*Xây dựng kế hoạch*"
    also:
      clause: II.4
      when_text: tháng 6/2018
      sentence: xây dựng
"""


def faults(text: str) -> list[tuple[str, int | None]]:
    return [(found.rule, found.row) for found in load_plan(text, "a.yaml", indicators=indicators())[1]]


def test_a_small_plan_is_read_whole() -> None:
    plan, findings = load_plan(SMALL, "a.yaml", indicators=indicators())
    assert findings == []
    assert plan is not None
    task = plan.tasks[0]
    assert (task.number, task.text, task.lead, task.clauses) == (
        "1",
        "Xây dựng kế hoạch",
        ("Sở Y tế",),
        "Phụ lục, 1; II.4",
    )
    assert task.reading == read_deadline("tháng 5/2018")
    assert task.differs is not None
    assert task.differs.reading.due == date(2018, 6, 30)
    assert plan.targets[0].value == Decimal(95)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("kind: plan", "kind: idea", ("yaml_choice", 8)),
        ("sotram-plan/1", "sotram-plan/9", ("yaml_choice", 1)),
        ("date: 2021-10-26", "date: 26/10/2021", ("yaml_date", 7)),
        ("year: 2025", "year: 25", ("yaml_number", 12)),
        ("value: 95", "value: 95,0", ("yaml_number", 14)),
        ("    value: 95\n", "", ("plan_value", 11)),
        ('unit: "%"', "unit: phần", ("yaml_choice", 15)),
        ('unit: "%"', "unit: ‰", ("plan_unit", 11)),
        ("insurance_coverage", "insurance", ("plan_indicator", 11)),
        ("text: bảo hiểm y tế đạt 95%", "text: bảo hiểm y tế trên 95%", ("plan_comparator", 11)),
        ("text: bảo hiểm y tế đạt 95%", "text: bảo hiểm xã hội đạt 95%", ("plan_words", 11)),
        ("    number: 1\n", "    numbr: 1\n", ("yaml_unknown", 21)),
        ("    clause: Phụ lục, 1\n", "", ("yaml_missing", 20)),
        ("when_text: tháng 5/2018", "when_text: hàng quý, năm", ("plan_rhythms", 20)),
        ("when_text: tháng 5/2018", "due: 2018-05-31", ("plan_reading", 20)),
        ("when_text: tháng 5/2018", "recurrence: yearly\n    due: 13-01", ("yaml_date", 24)),
        ("when_text: tháng 5/2018", "when_text: 2018\n    recurrence: quarterly", ("plan_reading", 20)),
        ("targets:\n", "targets: []\ntargets:\n", ("yaml_repeated", 11)),
    ],
)
def test_a_fault_is_found_on_its_line(old: str, new: str, fault: tuple[str, int]) -> None:
    assert old in SMALL
    assert fault in faults(SMALL.replace(old, new, 1))


def test_a_repeated_target_is_said() -> None:
    start, end = SMALL.index("  - indicator"), SMALL.index("tasks:")
    assert ("plan_target_repeated", 19) in faults(SMALL[:end] + SMALL[start:end] + SMALL[end:])


def test_text_that_is_no_plan_gives_findings_only() -> None:
    for text in ("", "- a", "format: [", "a: 1"):
        plan, findings = load_plan(text, "a.yaml")
        assert plan is None
        assert findings


def test_the_schema_names_the_fields_the_reader_knows() -> None:
    schema = json.loads((ROOT / "resources" / "catalogue" / "plan.schema.json").read_text(encoding="utf-8"))
    fields = schema["properties"]
    task = fields["tasks"]["items"]["properties"]
    whole = {
        **dict.fromkeys(fields, "x"),
        "targets": [dict.fromkeys(fields["targets"]["items"]["properties"], "x")],
        "tasks": [{**dict.fromkeys(task, "x"), "also": dict.fromkeys(task["also"]["properties"], "x")}],
        "outline": {
            name: [dict.fromkeys(part["items"]["properties"], "x")]
            for name, part in fields["outline"]["properties"].items()
        },
        "contradictions": [dict.fromkeys(fields["contradictions"]["items"]["properties"], "x")],
    }
    assert {finding.rule for finding in load_plan(json.dumps(whole), "a.yaml")[1]} & {
        "yaml_unknown",
        "yaml_missing",
    } == set()
    assert fields["targets"]["items"]["properties"]["unit"]["enum"] == list(UNITS)


def test_the_examples_of_the_help_page_make_one_plan() -> None:
    page = (ROOT / "resources" / "help" / "ke-hoach.md").read_text(encoding="utf-8")
    plan, findings = load_plan(
        "\n".join(re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)), "a.yaml", indicators=indicators()
    )
    assert [(finding.rule, finding.row) for finding in findings] == []
    assert plan is not None
    assert plan.tasks[0].differs is not None


def test_the_help_page_reads_deadlines_as_the_program_does() -> None:
    page = (ROOT / "resources" / "help" / "ke-hoach.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| (.+?) \| (mỗi|một|từ|liên|không).+\|$", page, re.MULTILINE))
    kinds = {
        "mỗi": ("yearly", "quarterly"),
        "một": ("once",),
        "từ": ("span",),
        "liên": ("continuous",),
        "không": ("unknown",),
    }
    assert len(rows) >= 11
    for words, kind in rows.items():
        for words_of_one in words.split("; "):
            assert read_deadline(words_of_one).recurrence in kinds[kind], words_of_one
