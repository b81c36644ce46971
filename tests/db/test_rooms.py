"""Rooms of the record: what is put comes back."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from db.store import Store
from db.tables import (
    blobs,
    catalogue,
    definitions,
    denominators,
    findings,
    offices,
    periods,
    plans,
    settings,
    submissions,
    units,
    values,
)
from db.tables.codes import KINDS, STATES, Origin
from db.tables.denominators import Denominator
from db.tables.findings import KeptReason
from db.tables.submissions import Judgement, Life, Submission, Verdict
from desktop.domain.elements import Catalogue
from desktop.domain.findings import Severity
from desktop.domain.periods import Period
from desktop.domain.plans.deadlines import read_deadline
from desktop.domain.plans.plan import (
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
from desktop.domain.rules import Rule, RuleKind
from desktop.domain.units import Unit, UnitVersion
from desktop.domain.values import NO, NOT_APPLICABLE, NOT_REPORTED, YES, ZERO, Kind, State, Value
from tests.db.making import CATALOGUE, COMMUNES, ELEMENTS, FORM, OFFICE, PROVINCE, cell, changing, type_in


def test_every_state_and_kind_has_a_code() -> None:
    assert set(STATES) == set(State)
    assert set(KINDS) == set(Kind)


EVERY = [
    cell(1, "births", 5),
    cell(1, "deaths", ZERO, note="không có"),
    cell(2, "births", NOT_REPORTED),
    cell(2, "deaths", NOT_APPLICABLE, period="202609D14"),
    cell(2, "insured", YES, kind=Kind.ESTIMATE),
    cell(3, "insured", NO, kind=Kind.ASSIGNED, origin=Origin.IMPORT),
    cell(3, "stunted", Value(State.TEXT, text="chữ")),
    cell(3, "births", Value(State.NUMBER, -125)),
]


def test_values_come_back_as_they_were_put(office: Store) -> None:
    type_in(office, *EVERY)
    assert sorted(values.cells(office, periods=["2024", "202609D14"], kind=None)) == sorted(EVERY)


def test_reading_narrows_by_unit_element_and_kind(office: Store) -> None:
    type_in(office, *EVERY)
    assert values.cells(office, periods=["2024"], units=["commune-1"]) == EVERY[:2]
    assert values.cells(office, periods=["2024"], elements=["stunted"]) == [EVERY[6]]
    assert values.cells(office, periods=["2024"], kind=Kind.ESTIMATE) == [EVERY[4]]
    assert values.cells(office, periods=["1999"], units=["nobody"], elements=["nothing"]) == []


def test_the_quick_reading_tells_the_same_figures(office: Store) -> None:
    type_in(office, cell(1, "births", 3), cell(1, "deaths", 0), cell(2, "births", NOT_APPLICABLE), cell(3, "births", 4))
    type_in(office, cell(1, "births", 9, kind=Kind.ESTIMATE), cell(1, "births", 7, period="2023"))
    numbers, codes = units.ids(office), catalogue.element_codes(office)
    asked = [numbers["commune-1"], numbers["commune-2"]]
    wanted = {number: code for number, code in codes.items() if code in {"births", "insured"}}
    period = periods.key(office, Period.parse("2024"))
    found = values.totals(office, period=period, units=asked, elements=wanted, kind=Kind.ACTUAL)
    assert found == {asked[0]: {"births": Value(State.NUMBER, 30000)}, asked[1]: {"births": NOT_APPLICABLE}}


def test_putting_the_same_again_writes_nothing(office: Store) -> None:
    assert type_in(office, *EVERY) == len(EVERY) + 2, "two periods came in"
    assert type_in(office, *EVERY) == 0


def test_a_note_stays_until_it_is_emptied(office: Store) -> None:
    def note() -> str | None:
        found = values.one(office, unit="commune-1", period="2024", element="births")
        assert found
        return found.note

    type_in(office, cell(1, "births", 1, note="a"))
    type_in(office, cell(1, "births", 2))
    assert note() == "a"
    assert type_in(office, cell(1, "births", 2, note="b")) == 1
    assert note() == "b"
    assert type_in(office, cell(1, "births", 2, note="")) == 1
    assert note() is None
    assert type_in(office, cell(1, "births", 2, note="")) == 0


def test_a_cell_of_an_unknown_unit_is_a_fault_of_ours(office: Store) -> None:
    with pytest.raises(KeyError):
        type_in(office, cell(9, "births", 1))
    assert office.connection.execute("SELECT count(*) FROM value").fetchone() == (0,)


def test_the_register_comes_back_in_its_order(office: Store) -> None:
    register = units.register(office)
    assert list(register.units.values()) == [PROVINCE, *COMMUNES]
    assert units.register(office) is register
    type_in(office, cell(1, "births", 1))
    assert units.register(office) is register, "a figure does not move the register"
    assert units.is_shipped(office) == register.units.keys()


def test_a_unit_that_changed_is_written_and_the_rest_left_alone(office: Store) -> None:
    first = COMMUNES[0]
    renamed = Unit(first.uid, first.kind, (*first.versions[:1], UnitVersion(date(2024, 1, 1), None, "1", "Mới", None)))
    with changing(office) as change:
        units.put_units(office, [renamed, *COMMUNES[1:]])
    assert change.rows == 2, "one version came, one went"
    assert units.register(office).units[first.uid] == renamed


def test_a_file_is_kept_once_under_its_hash(office: Store) -> None:
    with office.writing():
        name = blobs.put(office, b"scan")
        assert blobs.put(office, b"scan") == name
    assert blobs.get(office, name) == b"scan"
    assert blobs.get(office, "none") is None
    assert office.connection.execute("SELECT count(*) FROM blob").fetchone() == (1,)


def test_an_alias_is_followed_and_a_circle_ends(office: Store) -> None:
    with changing(office):
        units.put_alias(office, "theirs", "between")
        units.put_alias(office, "between", "commune-1")
        units.put_alias(office, "a", "b")
        units.put_alias(office, "b", "a")
    assert units.resolve(office, "theirs") == "commune-1"
    assert units.ids(office)["theirs"] == units.ids(office)["commune-1"]
    assert units.resolve(office, "a") in {"a", "b"}


def test_what_a_unit_is_holds_between_two_days(office: Store) -> None:
    with changing(office):
        units.put_attribute(office, unit="commune-1", name="zone", value="3", valid_to=date(2024, 12, 31))
        units.put_attribute(office, unit="commune-1", name="zone", value="2", valid_from=date(2025, 1, 1))
    assert units.attributes(office, date(2024, 6, 1)) == {"commune-1": {"zone": "3"}}
    assert units.attributes(office, date(2025, 6, 1)) == {"commune-1": {"zone": "2"}}


RULE = Rule("r", RuleKind.AT_MOST, Severity.ERROR, left=("stunted",), right=("births",), parameters=(("a", "1.5"),))


def test_the_catalogue_comes_back_as_it_was_installed(office: Store) -> None:
    with changing(office):
        catalogue.put(office, Catalogue(), [RULE])
    assert catalogue.load(office) == CATALOGUE
    assert catalogue.rules(office) == {"r": RULE}
    assert catalogue.load(office) is catalogue.load(office)
    with changing(office) as change:
        catalogue.put(office, CATALOGUE, [RULE])
    assert change.rows == 0


def test_a_form_with_fewer_columns_forgets_the_others(office: Store) -> None:
    from dataclasses import replace

    shorter = replace(FORM, sections=FORM.sections[1:])
    with changing(office):
        catalogue.put(office, Catalogue(ELEMENTS, {"commune": shorter}, {}))
    found = office.connection.execute("SELECT e.code, position FROM form_element JOIN element e ON e.id = element")
    assert found.fetchall() == [("insured", 1)]


@dataclass(frozen=True, slots=True)
class _Newer:
    code: str
    day: date | None = None
    exact: Decimal = Decimal("0.5")
    parts: tuple[tuple[str, int], ...] = ()
    table: dict[str, Decimal] | None = None


@dataclass(frozen=True, slots=True)
class _Older:
    code: str


def test_definitions_come_back_exactly() -> None:
    thing = _Newer("a", date(2025, 1, 14), Decimal("12.50"), (("x", 1), ("y", 2)), {"k": Decimal(1)})
    assert definitions.load(_Newer, definitions.dump(thing)) == thing
    assert definitions.dump(_Newer("a")) == '{"code":"a"}', "a new field with a default rewrites nothing"
    assert definitions.load(_Older, definitions.dump(thing)) == _Older("a"), "what a newer program wrote is ignored"


READING = read_deadline("trong tháng 01 hàng năm")
PLAN = Plan(
    "62-NQ/TU-yen-bai",
    "62-NQ/TU",
    "Yên Bái",
    "Nghị quyết",
    "Tỉnh ủy",
    date(2021, 10, 26),
    PlanKind.RESOLUTION,
    "seed.txt",
    targets=(
        Target("life", 2025, Comparator.AT_LEAST, Decimal("74.5"), "năm", "t", "II", "s"),
        Target("beds", None, Comparator.TEXT, None, "", "t", "II", "s", "c", Baseline(2020, Decimal("3.4"))),
    ),
    tasks=(
        Task("Sở Y tế", "1", "t", ("Sở Y tế",), ("Sở Tài chính",), "trong tháng 01 hàng năm", READING, "I", "s"),
        Task(
            *("g", None, "t", (), (), "2018", read_deadline("2018"), "II", "s"),
            OtherPlace("III", "s", "tháng 6/2018", read_deadline("tháng 6/2018")),
        ),
    ),
    sections=(OutlineSection("I", "Một", 1, ("a", "b")),),
    deadlines=(Deadline("Sở", "gửi", "trước ngày 15/10/2022", read_deadline("trước ngày 15/10/2022"), "III", "s"),),
    contradictions=(Contradiction("n", "t", "k", (Place("I", "s"), Place("II", "t"))),),
)


def test_a_plan_comes_back_as_it_was_installed(office: Store) -> None:
    with changing(office):
        assert plans.put(office, PLAN) == 5
    assert plans.load(office) == (PLAN,)
    with changing(office) as change:
        plans.put(office, PLAN)
    assert change.rows == 0
    with changing(office):
        plans.remove(office, PLAN.code)
    assert plans.load(office) == ()


def test_progress_stays_with_the_task_when_the_plan_is_renewed(office: Store) -> None:
    from dataclasses import replace

    told = plans.Progress(plans.task_uid(PLAN.code, 1), "2026-01-31", "done", document="12/KH")
    with changing(office):
        plans.put(office, PLAN)
        plans.put_progress(office, told)
        plans.put(office, replace(PLAN, title="Khác", tasks=PLAN.tasks[:1], targets=PLAN.targets[:1]))
    assert plans.progress(office) == [told]
    (held,) = plans.load(office)
    assert (held.title, len(held.tasks), len(held.targets)) == ("Khác", 1, 1)


def test_an_office_moves_on_a_day(office: Store) -> None:
    from dataclasses import replace

    area = replace(OFFICE, valid_from=date(2025, 7, 1), level="area", code="KV1", name="Trung tâm khu vực", parent="15")
    with changing(office):
        offices.put(office, area)
    assert offices.own(office, date(2025, 6, 30)) == OFFICE
    assert offices.own(office, date(2025, 7, 1)) == area
    assert offices.versions(office, OFFICE.uid) == [OFFICE, area]


def test_before_its_first_day_an_office_is_as_it_began(store: Store) -> None:
    from dataclasses import replace

    begun = replace(OFFICE, unit=None, valid_from=date(2025, 7, 1))
    with changing(store):
        offices.put(store, begun)
        offices.set_own(store, begun.uid)
    assert offices.own(store, date(2020, 1, 1)) == begun


def test_a_record_without_an_office_says_so(store: Store) -> None:
    assert offices.own(store, date(2025, 1, 1)) is None


def test_an_office_serves_communes_between_days_and_only_those_that_stand(office: Store) -> None:
    with changing(office):
        offices.put_communes(office, OFFICE.uid, ["commune-2"], valid_to=date(2023, 12, 31))
    assert offices.communes(office, OFFICE.uid, date(2023, 12, 31)) == ["commune-1", "commune-2", "commune-3"]
    assert offices.communes(office, OFFICE.uid, date(2024, 1, 1)) == ["commune-1", "commune-3"]


def test_forms_move_and_are_judged(office: Store) -> None:
    told = Submission("commune-2", "commune", "2024", Life.RETURNED, OFFICE.uid, 1, date(2025, 1, 14), "thiếu", "sở")
    judged = Judgement("commune-2", "commune", "2024", "sở", Verdict.RETURNED, "thiếu cột 3")
    with changing(office):
        submissions.put(office, Submission("commune-1", "commune", "2023", Life.IN_ENTRY, OFFICE.uid))
        submissions.put(office, told)
        submissions.judge(office, judged)
    assert submissions.of(office, periods=["2024"]) == [told]
    assert submissions.one(office, unit="commune-2", form="commune", period="2024") == told
    assert submissions.one(office, unit="commune-3", form="commune", period="2024") is None
    assert len(submissions.of(office)) == 2
    assert submissions.judgements(office) == [judged]


def test_periods_have_one_row_each(office: Store) -> None:
    with changing(office):
        first = periods.key(office, Period.parse("2026Q3"))
        assert periods.key(office, Period.parse("20260701-20260930")) == first
        periods.key(office, Period.parse("2025"))
    assert [period.id for period in periods.known(office)] == ["2025", "2026Q3"]


def test_denominators_reasons_and_settings_come_back(office: Store) -> None:
    told = Denominator("commune-1", 2024, "average", 50_000_000, "Cục Thống kê", official=True)
    kept = KeptReason("commune-1", "2024", "births", "r", "5", "đã hỏi", "lan", "2026")
    with changing(office):
        assert denominators.put(office, [told]) == 1
        assert denominators.put(office, [told]) == 0
        findings.put(office, kept)
        settings.put(office, "a", {"b": ["ế", 1]})
    assert denominators.of(office, [2024]) == [told]
    assert denominators.of(office, [2023]) == []
    assert findings.of(office, ["2024"]) == [kept]
    assert findings.of(office, ["2023"]) == []
    assert settings.get(office, "a") == {"b": ["ế", 1]}
    assert settings.get(office, "z", 7) == 7
