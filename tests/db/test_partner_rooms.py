"""Rooms of partners, packages, conflicts and passphrases."""

from pathlib import Path

from db import passphrase
from db.store import Store
from db.tables import (
    packages,
    partners,
    submissions,
)
from db.tables.packages import Conflict, Package, Waiting
from db.tables.partners import OwnKey, Partner
from db.tables.submissions import Life, Submission
from desktop.wording import say
from tests.db.making import changing, new_store, open_store


def test_partners_and_keys_come_back(office: Store) -> None:
    from dataclasses import replace

    partner = Partner("p", "parent", "15", "Sở Y tế", "province", "{}", "s", "a", 1)
    with changing(office):
        number = partners.put(office, partner)
    held = replace(partner, id=number, confirmed=True)
    with changing(office):
        partners.put(office, held)
    assert partners.everyone(office) == [held]
    keys = [OwnKey(1, "p1", b"s1", wrapped=False, made_at="t", retired_at="u"), OwnKey(2, "p2", b"s2", True, "t")]
    with office.writing():
        for key in keys:
            partners.put_own(office, key)
    assert partners.own_keys(office) == keys[::-1]
    assert b"s1" not in str(office.connection.execute("SELECT before, after FROM journal").fetchall()).encode()


def _package(office: Store, partner: int, sequence: int, **more: object) -> Package:
    told = {"direction": "sent", "kind": "package", "node": office.node, "manifest_sha256": f"m{sequence}"}
    return Package(
        partner=partner,
        scope="record",
        sequence=sequence,
        made="now",
        base={"n": 1},
        seen={"n": 2},
        rows=3,
        forms=1,
        file="f",
        **(told | more),  # type: ignore[arg-type]
    )


def test_packages_and_receipts_are_told_apart(office: Store) -> None:
    with changing(office):
        partner = partners.put(office, Partner("p", "parent", "15", "Sở", "province", "{}", "s", "a", 1))
        for expected in (1, 2):
            packages.put(office, _package(office, partner, expected, head={"sequence": 4, "chain": "00"}))
        packages.put(office, _package(office, partner, 1, kind="receipt"))
    found = packages.of(office, partner=partner, direction="sent", kind="package")
    assert [(told.sequence, told.base, told.head) for told in found] == [
        (1, {"n": 1}, {"sequence": 4, "chain": "00"}),
        (2, {"n": 1}, {"sequence": 4, "chain": "00"}),
    ]


def test_what_was_seen_never_shrinks(office: Store) -> None:
    with changing(office):
        packages.put_seen(office, "record", {"a": 3})
        packages.put_seen(office, "record", {"a": 2, "b": 1})
    assert packages.seen(office, "record") == {"a": 3, "b": 1}
    assert packages.seen(office, "children-full") == {}


def test_waiting_rows_and_conflicts_are_shown_until_they_are_settled(office: Store) -> None:
    with changing(office):
        partner = partners.put(office, Partner("p", "parent", "15", "Sở", "province", "{}", "s", "a", 1))
        package = packages.put(office, _package(office, partner, 1))
        packages.put_waiting(office, [Waiting(package, "value", "{}", "unit")])
        conflict = packages.put_conflict(office, Conflict("value", "[1]", package, "n 1", "{}", with_draft=True))
    (row,) = packages.waiting(office)
    (shown,) = packages.conflicts(office)
    assert (row.table, row.why, shown.with_draft, shown.id) == ("value", "unit", True, conflict)
    assert row.id is not None
    with changing(office):
        packages.mark_placed(office, row.id)
        packages.resolve(office, conflict, resolution="holder", reason="đã hỏi")
    assert packages.waiting(office) == []
    assert packages.conflicts(office) == []
    assert packages.conflicts(office, resolved=True)[0].reason == "đã hỏi"


def test_a_passphrase_opens_the_record_however_its_letters_are_composed(tmp_path: Path) -> None:
    path = tmp_path / "a.sotramdb"
    composed, apart = "m\u1eadt kh\u1ea9u", "ma\u0323\u0302t kha\u0302\u0309u"
    new_store(path, key=passphrase.new_key(composed)).close()
    assert passphrase.is_encrypted(path)
    with open_store(path, key=passphrase.key_of(path, apart)):
        pass


def test_a_plain_record_needs_no_passphrase(tmp_path: Path) -> None:
    new_store(tmp_path / "a.sotramdb").close()
    assert passphrase.key_of(tmp_path / "a.sotramdb", "x") is None
    assert not passphrase.is_encrypted(tmp_path / "a.sotramdb")


def test_a_form_that_went_to_another_holder_is_told_with_the_one_before(office: Store) -> None:
    def hold(unit: int, holder: str) -> None:
        with office.change(say("Begin a form"), source="package"):
            submissions.put(office, Submission(f"commune-{unit}", "commune", "2024", Life.IN_ENTRY, holder))

    hold(1, "a")
    hold(2, "a")
    since = office.head()
    hold(1, "b")
    hold(1, "c")
    hold(2, "b")
    hold(2, "a")  # and back
    hold(3, "b")  # begun since
    assert [(form.unit, form.holder, before) for form, before in submissions.handed(office, since)] == [
        ("commune-1", "c", "a")
    ]
    assert submissions.handed(office, office.head()) == []
