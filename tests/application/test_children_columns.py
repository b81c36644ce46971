"""Whole districts in columns say the same as children looked at one by one, in records as mixed up as they come."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.tables import child_columns, weighing
from db.tables import children as people
from desktop.application import records
from desktop.application.children import children_of
from desktop.application.children_columns import expected, known_of
from desktop.application.children_figures import visits
from desktop.application.children_follow import follow_up
from desktop.application.children_list import listed
from desktop.application.nutrition_sessions import session_points
from desktop.application.offices import communes_of
from desktop.application.records import Record
from desktop.domain.children import Child, Measurement, Origin, Position, Presence, Session, Sex, Status
from desktop.errors import Cancelled
from desktop.wording import say
from tests.application import children_one_by_one as plain

BEGUN, DAY = date(2021, 1, 10), date(2024, 6, 10)
SEEDS = st.integers(0, 10_000)
FEW = settings(max_examples=4 if settings.default.max_examples < 100 else 60, deadline=None)


@contextmanager
def mixed_up(empty: Path, seed: int) -> Iterator[tuple[Record, list[str], Random]]:
    """A record of some children in three communes: moved, merged (in circles too), struck, dated wrongly."""
    random = Random(seed)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "s.sotramdb"
        shutil.copyfile(empty, path)
        with records.open_record(path, actor="thống kê") as record:
            communes = [one.uid for one in communes_of(record, on=DAY)][:3]
            with record.change(say("Type a value"), source="window"):
                fill(record, communes, random)
            yield record, communes, random


def fill(record: Record, communes: list[str], random: Random) -> None:
    uid = lambda: str(UUID(int=random.getrandbits(128), version=4))  # noqa: E731
    day = lambda: BEGUN + timedelta(days=random.randrange(1500))  # noqa: E731
    children = [
        Child(
            uid(), random.choice(communes), random.choice(("Giàng A Dê", "Lù Thị Kía", "Lù  Thị Kía", "Ánh")),
            random.choice((Sex.MALE, Sex.FEMALE, None)),
            None if random.random() < 0.1 else DAY - timedelta(days=random.randrange(-40, 2100)),
            random.choice(("Bản Mù", "bản mù", "Háng", "")), random.choice(("Mông", "Kinh", "")),
            struck=random.random() < 0.05,
        )
        for _ in range(40)
    ]  # fmt: skip
    people.put(record, children)
    told = [
        Status(one.uid, day(), random.choice(list(Presence)), random.choice((None, *communes)))
        for one in random.choices(children, k=25)
    ]
    people.put_statuses(record, {(one.child, one.valid_from): one for one in told}.values())
    for one in random.sample(children, 10):
        people.put_alias(record, one.uid, random.choice(children).uid if random.random() < 0.9 else uid())
    sessions = [
        Session(uid(), random.choice((None, *communes)), first := day(), first + timedelta(2)) for _ in "ab" * 4
    ]
    weighing.put_sessions(record, sessions)
    weighing.put(record, {(one.child, one.day): one for one in measured(children, sessions, random)}.values())


def measured(children: list[Child], sessions: list[Session], random: Random) -> Iterator[Measurement]:
    for child in children:
        for session in random.sample(sessions, 5):
            alone = random.random() < 0.2
            day = session.first + timedelta(days=random.randrange(40) if alone else random.randrange(2))
            held = None if alone else session.uid
            if random.random() < 0.15:
                yield Measurement(child.uid, day, held, absent=True, origin=Origin.IMPORT)
                continue
            yield Measurement(
                child.uid, day, held, random.choice((None, 3100, 7800, 7800, 11000, 16500)),
                random.choice((None, 480, 655, 790, 866, 1010)), random.choice((None, *Position)),
                random.random() < 0.05, random.choice((None, None, 110, 120, 140)),
                note=random.choice(("", "mệt")),
            )  # fmt: skip


@pytest.fixture(params=[child_columns.MANY, -1], ids=["asked for", "everybody"])
def read(request: pytest.FixtureRequest) -> Iterator[None]:
    """Both ways of reading: whose children are meant, and everybody at once, some at a time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(child_columns, "MANY", request.param)
        patch.setattr(child_columns, "EACH", 7)
        yield


@pytest.mark.usefixtures("read")
@given(SEEDS)
@FEW
def test_who_is_expected_and_which_visit_counts(empty_district: Path, seed: int) -> None:
    with mixed_up(empty_district, seed) as (record, communes, random):
        asked, first = random.sample(communes, random.randrange(1, 4)), DAY - timedelta(days=random.randrange(900))
        known = known_of(record, communes=asked, day=DAY)
        rows, places = expected(known, day=DAY)
        found = {
            known.people.uids[row]: asked[place] for row, place in zip(rows.tolist(), places.tolist(), strict=True)
        }
        assert found == plain.expected(record, asked, DAY)
        assert {one.child.uid: one.unit for one in children_of(record, communes=asked, day=DAY)} == found
        uids = dict(zip(known.people.ids.tolist(), known.people.uids, strict=True))
        of_some = [one.uid for one in random.sample(weighing.sessions(record), 3)]
        for sessions in (None, of_some):
            seen = visits(record, communes=asked, first=first, last=DAY, sessions=sessions)
            told = {
                uids[number]: (asked[place], day, grams or None, length or None)
                for number, place, day, grams, length in zip(
                    *(one.tolist() for one in (seen.numbers, seen.communes, seen.days, seen.grams, seen.millimetres)),
                    strict=True,
                )
            }
            assert told == {
                uid: (unit, one.day.toordinal(), one.weight, one.lenhei)
                for uid, (unit, one) in plain.visits(record, asked, first, DAY, sessions).items()
            }


@pytest.mark.usefixtures("read")
@given(SEEDS)
@FEW
def test_the_follow_up_list_and_the_whole_list(empty_district: Path, seed: int) -> None:
    with mixed_up(empty_district, seed) as (record, communes, random):
        asked = random.sample(communes, random.randrange(1, 4))
        for day in (DAY, DAY - timedelta(days=random.randrange(900))):
            assert follow_up(record, communes=asked, day=day) == plain.follow_up(record, asked, day)
        assert listed(record, today=DAY) == plain.listed(record, None, DAY)
        code = next(one.code for one in communes_of(record, on=DAY) if one.uid == communes[0])
        assert listed(record, unit=code, today=DAY) == plain.listed(record, communes[:1], DAY)


@pytest.mark.usefixtures("read")
@given(SEEDS)
@FEW
def test_a_round_of_sessions_counts_what_each_of_them_found(empty_district: Path, seed: int) -> None:
    with mixed_up(empty_district, seed) as (record, communes, random):
        asked = random.sample(communes, random.randrange(1, 4))
        for point in session_points(record, communes=asked, last=DAY, since=BEGUN):
            held = [
                one.uid
                for one in weighing.sessions(record, units_asked=asked)
                if point.first <= one.first and (one.last or one.first) <= point.last
            ]
            last = min(point.last, DAY)
            assert point.tally.measured <= len(plain.visits(record, asked, point.first, last, held))


def test_it_stops_at_a_step(empty_district: Path) -> None:
    def stop(done: int, total: int) -> None:
        assert 0 <= done <= total
        raise Cancelled

    with mixed_up(empty_district, 1) as (record, communes, _random):
        with pytest.raises(Cancelled):
            follow_up(record, communes=communes, day=DAY, step=stop)
        with pytest.raises(Cancelled):
            listed(record, today=DAY, step=stop)
        assert not record.connection.in_transaction
