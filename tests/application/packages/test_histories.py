"""Whatever people do with their records and sticks: after a quiet round all offices hold the same, nothing is lost.

The applying rule has thousands of histories without files (`tests/domain/test_versions.py`); here real records, real
packages and real restores go through fewer.
"""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.application.packages.programs import PROGRAMS
from tests.application.packages.world import SHAPES, World, fresh

small = st.integers(0, 7)
communes = st.sampled_from([1, 1, 2, 2, 3, 4])
elements = st.sampled_from(["births", "deaths"])
# Fifty in CI, which is about a minute; in "long" more of them, each with more steps.
PROFILE = settings()
LONG = PROFILE.max_examples > 100
HISTORIES = settings(
    PROFILE,
    max_examples=min(PROFILE.max_examples, 500) if LONG else 50,
    stateful_step_count=60 if LONG else 30,
    suppress_health_check=list(HealthCheck),
    deadline=None,
)


def histories(template: Path, folder: Path) -> type[RuleBasedStateMachine]:
    """A machine whose every run is one history of fresh copies of the template's offices."""
    numbers = itertools.count()

    class Histories(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.world: World | None = None

        @property
        def there(self) -> World:
            assert self.world is not None
            return self.world

        @initialize(shape=st.sampled_from(SHAPES))
        def begin(self, shape: tuple[str, ...]) -> None:
            self.world = World(template, fresh(folder / f"history{next(numbers)}"), shape)

        @rule(who=small, commune=communes, element=elements, amount=st.integers(1, 4))
        def write(self, who: int, commune: int, element: str, amount: int) -> None:
            self.there.write(who, commune, element, amount)

        @rule(who=small, commune=communes, element=elements, amount=st.integers(5, 9), to=small)
        def write_and_send(self, who: int, commune: int, element: str, amount: int, to: int) -> None:
            self.there.write(who, commune, element, amount)
            self.there.export(who, to)

        @rule(who=small, commune=communes)
        def complete(self, who: int, commune: int) -> None:
            self.there.complete(who, commune)

        @rule(who=small, commune=communes)
        def lock(self, who: int, commune: int) -> None:
            self.there.lock(who, commune)

        @rule(who=small, commune=communes)
        def reopen(self, who: int, commune: int) -> None:
            self.there.reopen(who, commune)

        @rule(who=small, commune=communes, is_return=st.booleans())
        def judge(self, who: int, commune: int, is_return: bool) -> None:
            self.there.judge(who, commune, is_return=is_return)

        @rule(who=small, commune=communes, amount=st.integers(1, 4), to=small)
        def complete_and_send(self, who: int, commune: int, amount: int, to: int) -> None:
            self.there.write(who, commune, "births", amount)
            self.there.complete(who, commune)
            self.there.export(who, to)

        @rule(who=small, which=small)
        def return_what_came(self, who: int, which: int) -> None:
            self.there.return_what_came(who, which)

        @rule(who=small, program=st.sampled_from(sorted(PROGRAMS)))
        def update(self, who: int, program: str) -> None:
            self.there.update(who, program)

        @rule(who=small, to=small, only_complete=st.booleans())
        def export(self, who: int, to: int, only_complete: bool) -> None:
            self.there.export(who, to, only_complete=only_complete)

        @rule(item=small, who=small)
        def deliver(self, item: int, who: int) -> None:
            self.there.deliver(item, who, again=False)

        @rule(item=small, who=small, again=st.booleans())
        def deliver_perhaps_again(self, item: int, who: int, again: bool) -> None:
            self.there.deliver(item, who, again=again)

        @rule(item=small)
        def lose(self, item: int) -> None:
            self.there.lose(item)

        @rule(who=small)
        def back_up(self, who: int) -> None:
            self.there.back_up(who)

        @rule(which=small)
        def restore(self, which: int) -> None:
            self.there.restore(which)

        @rule(who=small)
        def copy(self, who: int) -> None:
            self.there.copy(who)

        @rule(who=small, carried=st.booleans())
        def draw_keys(self, who: int, carried: bool) -> None:
            self.there.draw_keys(who)
            if carried:
                self.there.carry_key(who)

        @rule(who=small)
        def learn(self, who: int) -> None:
            self.there.learn(who)

        @rule(who=small, which=small, take_other=st.booleans())
        def decide(self, who: int, which: int, take_other: bool) -> None:
            self.there.decide(who, which, take_other=take_other)

        def teardown(self) -> None:
            if self.world is None:
                return
            try:
                if not self.world.went_back:
                    assert self.world.acknowledged_too_much() == []
                self.world.quiet_round()
                self.world.check_equal()
                self.world.check_receipt()
                self.world.check_sound()
                self.world.check_history()
                if not self.world.went_back:
                    assert self.world.acknowledged_too_much() == []
            finally:
                self.world.close()
                fresh(self.world.folder)

    return Histories


@pytest.mark.slow
def test_after_a_quiet_round_all_records_are_equal_and_nothing_written_is_lost(template: Path, tmp_path: Path) -> None:
    run_state_machine_as_test(histories(template, tmp_path), settings=HISTORIES)
