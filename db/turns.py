"""Turns at the one connection of a record on a stick or a network drive, where nobody else may open the file.

The thread that opened it is at home. It holds the turn until another asks, and has it back when it wants: at the
other's next statement or step, only never inside a transaction or a change. Taken in the middle, while the other reads
on, it would end in a deadlock: SQLite's lock is held while our triggers' functions wait for Python's.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from db.driver import Connection


def _nobody_listens() -> None:
    """Where no loop runs at home, home leaves its turn by itself or never."""


class Turns:
    """Who may use a connection: one thread at a time."""

    def __init__(self, is_open: Callable[[], bool]) -> None:
        self._gate = threading.Condition()
        self._home = threading.get_ident()
        self._holder: int | None = self._home
        self._waiting: deque[int] = deque()
        self._promised: int | None = None
        self._inside = 0
        self._is_open = is_open
        self.ask: Callable[[], None] = _nobody_listens
        """Called, on any thread, when somebody waits for home; home then calls `leave` at its next quiet moment."""

    def come(self) -> None:
        """Wait for the turn; who has it lets home go first where it waits and no transaction is open."""
        is_ours = self._holder == threading.get_ident()
        if is_ours and not (self._waiting and self._waiting[0] == self._home and self.leave()):
            return
        with self._gate:
            self._take()

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Have the turn, and let nobody have it before the end."""
        self.come()
        self._inside += 1
        try:
            yield
        finally:
            self._inside -= 1

    @contextmanager
    def held(self) -> Iterator[None]:
        """Have the turn for a piece of work; home may come between two of its statements."""
        with self._gate:
            self._take()
        try:
            yield
        finally:
            self._go()

    def _take(self) -> None:
        me = threading.get_ident()
        if self._holder == me:
            return
        (self._waiting.appendleft if me == self._home else self._waiting.append)(me)
        if self._holder == self._home:
            self.ask()
        try:
            self._gate.wait_for(lambda: self._holder is None and (self._promised or self._waiting[0]) == me)
            self._holder = me
        finally:
            self._waiting.remove(me)
            if self._promised == me:
                self._promised = None
        if me == self._home and self._waiting:
            self.ask()

    def leave(self) -> bool:
        """Let the next one have the turn; False, and nothing done, in the middle of a transaction."""
        if self._holder == threading.get_ident():
            if self._inside or self._is_open():
                return False
            self._go()
        return True

    def _go(self) -> None:
        with self._gate:
            if self._holder == threading.get_ident():
                self._holder = None
                # Whoever waits now is next: home, coming back at once, would otherwise be first for ever.
                self._promised = self._waiting[0] if self._waiting else None
                self._gate.notify_all()

    @property
    def is_home_waiting(self) -> bool:
        """Whether home waits for the end of a statement or a transaction of this thread."""
        return self._home in self._waiting


class SharedConnection(Connection):
    """A connection for several threads: whoever uses it has its turn first."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.turns = Turns(lambda: super(SharedConnection, self).in_transaction)

    def execute(self, *args: Any) -> Any:
        """In turn."""
        self.turns.come()
        return super().execute(*args)

    def executemany(self, *args: Any) -> Any:
        """In turn."""
        self.turns.come()
        return super().executemany(*args)

    def backup(self, *args: Any, **named: Any) -> None:
        """In turn; whoever follows its progress may let others come between."""
        self.turns.come()
        super().backup(*args, **named)

    @property
    def in_transaction(self) -> bool:
        """In turn: a transaction of another thread is none of this one."""
        self.turns.come()
        return super().in_transaction
