from __future__ import annotations

from db.store import Store
from db.tables.listing import BY_NAME, TABLES, Pace, Sort


def test_every_table_is_listed_and_nothing_else(store: Store) -> None:
    found = store.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    assert {name for (name,) in found} == BY_NAME.keys()


def test_numbers_are_given_once() -> None:
    assert len({table.number for table in TABLES}) == len(TABLES)


def test_numbers_once_released_stay() -> None:
    """A number stands in journals everywhere: adding a table adds a line here, changing one is a mistake."""
    assert {table.number: table.name for table in TABLES} == dict(
        enumerate(
            "record node change journal blob own_key release released mark unit unit_version unit_attribute unit_act "
            "unit_part unit_alias office office_version office_commune setting element category form form_element "
            "indicator rule period value denominator submission judgement finding_reason plan target task "
            "task_progress partner package seen conflict waiting disclosure erasure backup "
            "assignment second_entry finding_count journal_key erased_trace".split(),
            1,
        )
    ) | dict(
        enumerate(
            "child child_alias child_status weighing_session measurement unnamed_visit access_log".split(),
            60,
        )
    ) | dict(enumerate("criteria_set criteria_score recognition station_item station_fact".split(), 70)) | {
        80: "criteria_evidence"
    } | dict(enumerate("child_supplement child_treatment".split(), 86))


def test_personal_columns_exist(store: Store) -> None:
    for table in TABLES:
        columns = {row[1] for row in store.connection.execute(f"PRAGMA table_info({table.name})")}
        assert table.personal <= columns, table.name


def test_private_keys_and_blobs_are_never_journalled() -> None:
    assert BY_NAME["own_key"].sort is Sort.UNJOURNALLED
    assert BY_NAME["blob"].sort is Sort.UNJOURNALLED


def test_every_exchanged_table_says_when_it_is_released() -> None:
    for table in TABLES:
        assert isinstance(table.pace, Pace) == (table.sort is Sort.EXCHANGED), table.name


def test_all_tables_are_strict(store: Store) -> None:
    loose = store.connection.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' "
        "AND NOT strict"
    ).fetchall()
    assert loose == []
