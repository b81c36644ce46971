from __future__ import annotations

import json
from pathlib import Path

import pytest

from db import check, driver, journal, undo
from db.store import Store
from db.tables import packages, partners
from db.tables.packages import Package
from db.tables.partners import Partner
from desktop.wording import say
from tests.db.making import begin_form, cell, type_in


def _rules(store: Store) -> set[str]:
    return {finding.rule for finding in check.check(store)}


def test_a_working_record_is_sound(office: Store) -> None:
    type_in(office, cell(1, "births", 1), cell(2, "births", 2))
    begin_form(office, 1)
    assert check.check(office) == []


TAMPERING = {
    "a rewritten journal row": ("UPDATE journal SET after = '{}' WHERE sequence = 3", "journal_row"),
    "a forged author": ("UPDATE change SET actor = 'x' WHERE id = 2", "chain_broken"),
    "a forged time": ("UPDATE change SET at = '2020' WHERE id = 2", "chain_broken"),
    "a missing change": ("DELETE FROM change WHERE id = 2", "journal_row"),
    "a missing last row": ("DELETE FROM journal WHERE sequence = (SELECT max(sequence) FROM journal)", "chain_broken"),
    "a value behind the journal's back": ("UPDATE value SET amount = 7", "journal_differs"),
    "a row behind the journal's back": ("DELETE FROM value", "journal_differs"),
    "a row nobody wrote": ("INSERT INTO setting VALUES ('a', '1')", "journal_differs"),
    "a dropped trigger": ("DROP TRIGGER value_insert_guard", "record_trigger"),
    "a missing parent": ("DELETE FROM period", "record_reference"),
}


@pytest.mark.parametrize(("deed", "rule"), TAMPERING.values(), ids=TAMPERING)
def test_tampering_is_found(office: Store, deed: str, rule: str) -> None:
    type_in(office, cell(1, "births", 1))
    wanted = office.connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    office.connection.execute("PRAGMA foreign_keys = OFF")
    for name, _ in wanted:
        office.connection.execute(f"DROP TRIGGER {name}")
    if deed.startswith("DROP"):
        for _, text in wanted:
            office.connection.execute(text)
        office.connection.execute(deed)
    else:
        office.connection.execute(deed)
        for _, text in wanted:
            office.connection.execute(text)
    assert rule in _rules(office)


def test_a_flipped_byte_is_found(office: Store, path: Path, key: bytes | None) -> None:
    """SQLite's own check does not see a changed figure in a plain record; the journal does."""
    type_in(office, *(cell(1, "births", 4711, period=str(year)) for year in range(2000, 2020)))
    office.close()
    told = bytearray(path.read_bytes())
    place = told.find(b'"amount":47110000') + 9 if key is None else len(told) - 3000
    told[place] ^= 1
    path.write_bytes(told)
    try:
        connection = driver.connect(str(path), key=key)
    except Exception:  # noqa: BLE001 - a damaged first page is told at once
        return
    with connection:
        assert check.check_file(connection, encrypted=key is not None) != []
    connection.close()


def test_the_head_passes_and_a_foreign_one_does_not(office: Store) -> None:
    head = check.head(office)
    type_in(office, cell(1, "births", 1))
    assert check.passes(office, head)
    assert check.passes(office, check.head(office))
    assert not check.passes(office, head._replace(chain="00" * 32))
    assert not check.passes(office, head._replace(sequence=10_000))


def test_inside_a_change_the_head_is_the_one_before(office: Store) -> None:
    head = check.head(office)
    with office.change(say("Send"), source="package"):
        from db.tables import settings

        settings.put(office, "a", 1)
        assert check.head(office) == head
    assert check.head(office) != head


def _sent(store: Store, head: dict[str, object], manifest: str) -> None:
    with store.change(say("Send"), source="package"):
        partner = partners.put(store, Partner("p", "parent", "15", "Sở Y tế", "province", "{}", "s", "a", 1))
        common = {"partner": partner, "node": store.node, "scope": "record", "made": "now", "base": {}, "seen": {}}
        packages.put(
            store,
            Package(
                "sent", "package", sequence=1, manifest_sha256=manifest, rows=1, forms=1, file="f", head=head, **common
            ),  # type: ignore[arg-type]
        )
        packages.put(
            store,
            Package(
                "taken",
                "receipt",
                sequence=1,
                manifest_sha256="r",
                rows=0,
                forms=0,
                file="f",
                answers=manifest,
                **common,
            ),  # type: ignore[arg-type]
        )


def test_every_receipted_head_must_lie_in_our_past(office: Store) -> None:
    _sent(office, check.head(office)._asdict(), "m1")
    assert check.check(office) == []
    _sent(office, {"sequence": 5, "chain": "00" * 32}, "m2")
    assert _rules(office) == {"chain_receipted"}


def test_only_the_first_of_many_alike_are_told(office: Store) -> None:
    type_in(office, *(cell(1, "births", year, period=str(year)) for year in range(1000, 1100)))
    office.connection.execute("DROP TRIGGER value_update_journal")
    with office.change(say("x"), source="cli"):
        office.connection.execute("UPDATE value SET amount = amount + 1")
    found = [finding for finding in check.check(office) if finding.rule == "journal_differs"]
    assert len(found) == check.MOST


def test_a_check_tells_how_far_it_is(office: Store) -> None:
    told: list[tuple[int, int]] = []
    check.check(office, step=lambda done, total: told.append((done, total)))
    assert [done for done, _ in told] == list(range(told[-1][1]))


def test_findings_are_said_in_words(office: Store) -> None:
    office.connection.execute("DROP TRIGGER value_update_journal")
    (finding,) = check.check(office)
    assert json.dumps(str(finding.message))
    assert finding.advice is not None


def test_figures_written_again_taken_back_and_written_anew_are_sound(office: Store) -> None:
    for amount in (5, 6, 5):  # stands as it was first written
        type_in(office, cell(1, "births", amount))
    for amount in (5, 6):
        type_in(office, cell(2, "births", amount))
        undo.undo(office, source=None)  # gone again
        type_in(office, cell(3, "births", amount))
    office.rest()
    assert check.check(office) == []
    type_in(office, cell(2, "births", 5), cell(3, "births", 7))
    assert check.check(office) == []


@pytest.mark.parametrize("rests", [True, False], ids=["in the index", "behind it"])
@pytest.mark.parametrize("typed", [(5,), (5, 6), (6, 5, 6)], ids=str)
@pytest.mark.parametrize(
    "written",
    [
        "UPDATE value SET note = 'x'",
        "UPDATE value SET amount = 70000",
        "UPDATE value SET amount = 50000, note = 'x'",
        "UPDATE value SET origin = 3",
        "DELETE FROM value",
        "INSERT INTO value SELECT unit + 1, period, element, category, kind, state, amount, text, origin, note FROM value",
    ],
    ids=range(6),
)
def test_what_was_written_around_the_journal_is_found(
    office: Store, written: str, typed: tuple[int, ...], rests: bool
) -> None:
    for amount in typed:
        type_in(office, cell(1, "births", amount))
    if rests:
        office.rest()
    for (name,) in office.connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'value%'"
    ).fetchall():
        office.connection.execute(f"DROP TRIGGER {name}")
    office.connection.execute(written)
    journal.install(office.connection)
    assert [finding.rule for finding in check.check(office)] == ["journal_differs"]
