"""The applying rule of the package, against histories nobody would wish for."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.versions import (
    Acknowledged,
    Verdict,
    Version,
    above,
    base_for,
    by_release,
    highest,
    judge,
    merged,
    missing_sequences,
    newest_receipt,
    not_stood_on,
    rank_for,
)
from tests.domain.offices import KEYS, Offices

A1, A2, B1, B2 = Version("a", 1), Version("a", 2), Version("b", 1), Version("b", 2)

# The profile's budget is for ordinary properties; this one is the heart of the exchange.
HISTORIES = settings(max_examples=5 * settings.default.max_examples, deadline=None)
TREES = [[-1, 0], [-1, 0, 1], [-1, 0, 0], [-1, 0, 1, 1], [-1, 0, 0, 1], [-1, 0, 1, 2]]
CHANCES = {"write": 30, "release": 14, "export": 20, "deliver": 26, "lose": 4, "back_up": 3, "restore": 2, "copy": 1}

small = st.integers(0, 7)
step = st.one_of(
    st.tuples(st.just("write"), small, st.integers(0, KEYS - 1), st.integers(0, 2)),
    st.tuples(st.just("release"), small, st.integers(0, 2 * KEYS)),
    st.tuples(st.just("export"), small, small),
    st.tuples(st.just("deliver"), st.integers(0, 20), small, st.booleans()),
    st.tuples(st.just("lose"), st.integers(0, 20)),
    st.tuples(st.just("back_up"), small),
    st.tuples(st.just("restore"), small),
    st.tuples(st.just("copy"), small),
)


def play(world: Offices, steps: list[tuple]) -> Offices:
    for name, *arguments in steps:
        match name:
            case "write":
                world.write(*arguments)
            case "release":
                who, keys = arguments
                world.release(who, range(KEYS) if keys >= KEYS else [keys])
            case "export":
                world.export(*arguments)
            case "deliver":
                item, who, again = arguments
                world.deliver(item, who, again=again)
            case "lose":
                world.lose(*arguments)
            case "back_up":
                world.back_up(*arguments)
            case "restore":
                world.restore(*arguments)
            case "copy":
                world.copy_file(*arguments)
        if not world.restored:
            assert world.acknowledged_too_much() == []
    return world


def random_history(seed: int, *, new_node: bool = True) -> Offices:
    dice = random.Random(seed)
    tree = TREES[seed % len(TREES)]
    holders = [dice.randrange(len(tree)) for _ in range(KEYS)]
    world = Offices(tree, holders, new_node=new_node, silent=new_node and seed % 2 == 1)
    names = dice.choices(list(CHANCES), list(CHANCES.values()), k=100)
    four = [(name, *(dice.randrange(8) for _ in range(3))) for name in names]
    lengths = {"write": 3, "release": 2, "export": 2, "deliver": 3}
    steps = []
    for name, *numbers in four:
        arguments = numbers[: lengths.get(name, 1)]
        if name == "write":
            arguments = [numbers[0], numbers[1] % KEYS, numbers[2] % 3]
        if name == "deliver":
            arguments[2] = numbers[2] < 2
        steps.append((name, *arguments))
    return play(world, steps)


@HISTORIES
@given(
    st.sampled_from(TREES),
    st.lists(st.integers(0, 3), min_size=KEYS, max_size=KEYS),
    st.lists(step, max_size=80),
    st.booleans(),
)
def test_after_a_quiet_round_all_offices_are_equal_and_nothing_delivered_is_lost_unseen(tree, holders, steps, silent):
    world = play(Offices(tree, holders, silent=silent), steps)
    world.quiet_round()
    assert world.unequal() == []
    assert world.lost() == set()
    assert world.acknowledged_too_much() == []


@pytest.mark.slow
def test_long_random_histories_end_equal_and_need_every_branch_of_the_rule():
    verdicts = dict.fromkeys(Verdict, 0)
    for seed in range(5 * settings.default.max_examples):
        world = random_history(seed)
        world.quiet_round()
        assert (seed, world.unequal(), world.lost(), world.acknowledged_too_much()) == (seed, [], set(), [])
        for verdict, times in world.verdicts.items():
            verdicts[verdict] += times
    assert all(verdicts.values()), verdicts


def test_a_node_that_lives_on_after_a_restore_is_what_goes_wrong():
    """The world above has teeth: let restored and copied records keep their node, and it sees the damage."""

    def goes_wrong(seed: int) -> bool:
        try:
            world = random_history(seed, new_node=False)
            world.quiet_round()
        except AssertionError:
            return True
        return bool(world.unequal() or world.lost())

    assert sum(goes_wrong(seed) for seed in range(60)) > 10


def judged(incoming, ours=(), *, draft=False, sender=None, we=None, contents=None, rank=None):
    content = {} if contents is None else contents
    return judge(
        incoming,
        ours,
        draft=draft,
        sender_seen=sender or {},
        our_seen=we or {},
        rank=rank or rank_for("A", {"a": ("A", 1), "b": ("B", 1)}),
        content=lambda version: content.get(version, version),
    )


def test_what_we_never_had_is_taken():
    assert judged((A1,), we={"a": 5}) == (Verdict.TAKE, (A1,), A1)


def test_the_same_version_changes_nothing():
    assert judged((A1,), (A1,)) == (Verdict.NOTHING, (A1,), A1)


def test_a_row_that_the_sender_had_seen_gives_way():
    assert judged((B1,), (A1,), sender={"a": 1, "b": 1}) == (Verdict.TAKE, (B1,), B1)


def test_a_row_that_we_had_seen_does_not_come_back():
    assert judged((B1,), (A1,), sender={"b": 1}, we={"a": 1, "b": 1}) == (Verdict.SKIP, (A1,), A1)


def test_equal_content_is_no_conflict_and_the_greater_version_stands():
    found = judged((B2,), (A1,), contents={B2: "3", A1: "3"}, rank=by_release)
    assert found == (Verdict.KEEP_GREATER, (A1, B2), B2)
    assert not found.is_conflict


@pytest.mark.parametrize(("incoming", "ours"), [(A1, B2), (B2, A1)])
def test_two_unseen_writes_are_a_conflict_and_the_holder_stands_on_both_sides(incoming, ours):
    found = judged((incoming,), (ours,))
    assert found == (Verdict.CONFLICT, (A1, B2), A1)
    assert found.is_conflict


def test_of_two_lives_of_the_holder_the_later_one_stands():
    rank = rank_for("A", {"old": ("A", 1), "new": ("A", 2)})
    old, new = Version("old", 9), Version("new", 1)
    assert judged((new,), (old,), rank=rank).stands == new
    assert judged((old,), (new,), rank=rank).stands == new


def test_an_open_conflict_ends_with_a_version_that_has_seen_both():
    assert judged((A2,), (A1, B1), sender={"a": 2, "b": 1}) == (Verdict.TAKE, (A2,), A2)
    assert judged((A1, B1), (A2,), sender={"a": 1, "b": 1}, we={"a": 2, "b": 1}) == (Verdict.SKIP, (A2,), A2)


def test_an_open_conflict_loses_only_the_version_that_was_seen():
    assert judged((A2,), (A1, B1), sender={"a": 2}) == (Verdict.CONFLICT, (B1, A2), A2)


def test_under_a_draft_its_own_version_and_old_news_change_nothing():
    assert judged((A1,), (A1,), draft=True).verdict is Verdict.NOTHING
    assert judged((B1,), (A1,), draft=True, sender={"b": 1}, we={"a": 1, "b": 1}).verdict is Verdict.NOTHING
    assert judged((B1,), (), draft=True, we={"b": 1}).verdict is Verdict.NOTHING


def test_under_a_draft_news_becomes_the_released_version_and_is_shown():
    seen = judged((B2,), (B1,), draft=True, sender={"b": 2}, we={"b": 1})
    assert seen == (Verdict.CONFLICT_WITH_DRAFT, (B2,), B2)
    assert judged((B1,), (), draft=True, sender={"b": 1}) == (Verdict.CONFLICT_WITH_DRAFT, (B1,), B1)
    assert judged((B1,), (A1,), draft=True, sender={"b": 1}, we={"a": 1}).alive == (A1, B1)


def test_a_draft_written_early_and_released_late_still_travels():
    """A version is given at release, so nothing that is released later can lie below what was acknowledged."""
    world = Offices([-1, 0], [1, 1, 1, 1])
    world.write(1, 0, 0)
    for key in (1, 2, 3):
        world.write(1, key, 1)
        world.release(1, [key])
    world.send_until_taken(1, 0)
    world.release(1, [0])
    assert set(world.export(1, 0).rows) == {0}


def test_what_is_seen_grows_to_the_higher_of_both():
    assert merged({"a": 1, "b": 5}, {"a": 3, "c": 1}) == {"a": 3, "b": 5, "c": 1}
    assert highest([A1, A2, B1]) == {"a": 2, "b": 1}


def test_only_what_lies_above_the_base_travels():
    assert above(A2, {"a": 1})
    assert not above(A2, {"a": 2})
    assert above(B1, {})


def test_a_package_that_stands_on_what_we_lost_is_known_by_it():
    assert not_stood_on({"a": 3, "b": 1}, {"a": 2, "b": 1}) == {"a": 2}
    assert not_stood_on({"a": 3}, {"a": 3}) == {}
    assert not_stood_on({"c": 1}, {}) == {"c": 0}


def test_numbers_that_never_came_are_missing():
    assert missing_sequences({1, 2, 4, 6}, 6) == (3, 5)
    assert missing_sequences(set(), 1) == ()


def test_an_office_restored_while_all_is_quiet_gets_back_what_it_lost():
    world = Offices([-1, 0], [1, 1, 1, 1], silent=True)
    world.back_up(1)
    world.write(1, 0, 5)
    world.release(1)
    world.send_until_taken(1, 0)
    world.send_until_taken(0, 0)
    world.restore(0)
    world.write(1, 1, 7)
    world.release(1)
    world.send_until_taken(1, 0)
    world.send_until_taken(0, 0)
    assert world.unequal() == []
    assert set(world.records[1].released) == {0, 1}


def test_a_belated_receipt_does_not_lower_and_a_restored_partner_does():
    late, new = Acknowledged("b", 2, {"a": 2}), Acknowledged("b", 3, {"a": 5})
    restored = Acknowledged("b2", 1, {"a": 1})
    assert newest_receipt(new, late) == new
    assert newest_receipt(late, new) == new
    assert newest_receipt(new, restored) == restored
    assert newest_receipt(new, Acknowledged("b", 0, {"a": 4, "b": 7})) == Acknowledged("b", 3, {"a": 5, "b": 7})
    assert base_for(newest_receipt(None, new)) == {"a": 5}


def test_without_receipt_or_with_a_new_area_everything_travels():
    assert base_for(None) == {}
    assert base_for(Acknowledged("b", 1, {"a": 5}), same_area=False) == {}
