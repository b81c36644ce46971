from __future__ import annotations

from db import history
from db.store import Store
from db.tables import findings
from db.tables.findings import KeptReason
from desktop.wording import say
from tests.db.making import begin_form, cell, type_in


def test_history_is_newest_first_and_names_the_cell(office: Store) -> None:
    type_in(office, cell(1, "births", 5), actor="lan")
    type_in(office, cell(1, "births", 7), actor="hoa")
    newest, oldest = history.of(office, unit="commune-1", period="2024", element="births")
    assert (newest.who, newest.before, newest.after) == ("hoa", {"amount": 50000}, {"amount": 70000})
    assert (oldest.before, oldest.table, str(oldest.what)) == (None, "value", "Type a value")
    assert newest.place == {
        "period": "2024",
        "unit": "commune-1",
        "element": "births",
        "category": "default",
        "kind": "actual",
    }
    assert newest.node == office.node


def test_what_is_asked_narrows_what_is_told(office: Store) -> None:
    for unit in (1, 2):
        for element in ("births", "deaths"):
            for period in ("2023", "2024"):
                type_in(office, cell(unit, element, unit, period=period))
    begin_form(office, 1)

    def told(**asked: str) -> int:
        return sum(entry.table == "value" for entry in history.of(office, **asked))  # type: ignore[arg-type]

    assert told() == 8
    assert told(unit="commune-1") == 4
    assert told(period="2024") == 4
    assert told(element="births") == 4
    assert told(unit="commune-1", period="2024") == 2
    assert told(unit="commune-1", element="births") == 2
    assert told(period="2023", element="deaths") == 2
    assert told(unit="commune-2", period="2023", element="deaths") == 1
    assert history.of(office, unit="nobody") == []
    assert history.of(office, period="1999") == []


def test_the_history_of_a_unit_tells_its_forms_and_names_too(office: Store) -> None:
    begin_form(office, 1)
    with office.change(say("Keep"), source="window"):
        findings.put(office, KeptReason("commune-1", "2024", "births", "r", "1", "đúng", "lan", "now"))
    tables = {entry.table for entry in history.of(office, unit="commune-1")}
    assert tables == {"unit", "unit_version", "office_commune", "submission", "finding_reason"}


def test_units_whose_numbers_begin_alike_are_not_mixed_up(office: Store) -> None:
    """Unit 1 is not unit 10, though its key begins with the same digit."""
    from db.tables import units
    from desktop.domain.units import Unit, UnitKind, UnitVersion

    more = [Unit(f"u{i}", UnitKind.COMMUNE, (UnitVersion(None, None, f"{i}", f"Xã {i}", None),)) for i in range(1, 30)]
    with office.change(say("More"), source="system"):
        units.put_units(office, more)
    numbers = units.ids(office)
    by_number = {number: uid for uid, number in numbers.items()}
    assert len(history.of(office, unit=by_number[1])) == 2, "the unit and its version"
    assert {entry.place["unit"] for entry in history.of(office, unit=by_number[3])} == {by_number[3]}


def test_only_the_newest_are_told_when_few_are_wanted(office: Store) -> None:
    for value in range(5):
        type_in(office, cell(1, "births", value))
    assert len(history.of(office, limit=3)) == 3
    found = history.of(office, unit="commune-1", element="births", limit=2)
    assert [entry.after for entry in found] == [{"amount": 40000}, {"amount": 30000}]


def test_the_rows_of_one_change_come_in_order(office: Store) -> None:
    type_in(office, cell(1, "births", 1), cell(2, "births", 2))
    change = history.of(office, limit=1)[0].change
    assert [entry.place["unit"] for entry in history.of_change(office, change) if entry.table == "value"] == [
        "commune-1",
        "commune-2",
    ]
