"""The store: one connection to one record file, and the only way to write into it, a change.

Each thread opens its own store; on a stick or a network drive all of them take turns at one (`turns`). Reads need
nothing; `reading()` gives several reads one and the same state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self, TypeVar

from db import by_key, chain, driver, holder, journal, migrate, sentences
from db.cache import Cache
from db.errors import AlreadyThere, Damaged, Locked, NoRecord
from db.life import Life, State
from db.tables.codes import DEFAULT_CATEGORY, DEFAULT_CATEGORY_CODE
from db.turns import SharedConnection, Turns
from desktop.system import paths
from desktop.system.drives import Drive, drive_of
from desktop.wording import Sentence, say

if TYPE_CHECKING:
    from sqlite_utils import Database

T = TypeVar("T")
Clock = Callable[[], datetime]
IN_MEMORY: Final = ":memory:"


def _clock() -> datetime:
    return datetime.now().astimezone()


@dataclass(slots=True)
class Change:
    """The open change; `rows` is known after it is committed, 0 when it wrote nothing and left no trace.

    `what` may be said anew while it is open: what was written is sometimes known only then.
    """

    id: int
    node: str
    at: str
    first: int
    what: Sentence
    rows: int = 0


class Store:
    """One record, opened. Made by `open` or `create`, closed by `close` or as a context manager."""

    def __init__(
        self, connection: driver.Connection, path: str, *, key: bytes | None, actor: str, now: Clock, drive: Drive
    ) -> None:
        self.connection = connection
        self.path = path
        self.key = key
        self.actor = actor
        self.now = now
        self.drive = drive
        self.warnings: list[Sentence] = []
        self.context = journal.Context()
        self.uid = ""
        self._life = Life(connection)
        self._cache = Cache(connection)
        self._indexed: int | None = None
        self._database: Database | None = None
        journal.register_functions(connection, self.context)

    @classmethod
    def create(
        cls,
        path: Path | str,
        *,
        key: bytes | None = None,
        actor: str = "",
        now: Clock = _clock,
        memory: Path | None = None,
        drive: Drive | None = None,
    ) -> Self:
        """A new record at a path (or `:memory:`); AlreadyThere where a file stands."""
        from uuid import uuid4

        name = str(path)
        if name != IN_MEMORY and Path(name).exists():
            raise AlreadyThere(Path(name).name)
        store = cls._connected(name, key, actor, now, drive)
        try:
            migrate.climb(store.connection, name, new=True, key=key, backups=Path(), now=now())
            with store.writing():
                journal.install(store.connection)
                store.connection.execute(
                    "INSERT INTO record (id, uid, made_at, made_by) VALUES (1, ?, ?, ?)",
                    (str(uuid4()), store.stamp(), actor),
                )
            if name != IN_MEMORY:
                # The hundreds of statements that made the schema would fill this connection's cache for good.
                store.close()
                store = cls._connected(name, key, actor, now, drive)
            store.know(memory)
            with store.change(say("Create the record"), source="system"):
                store.connection.execute(
                    "INSERT INTO category (id, code, definition) VALUES (?, ?, '{}')",
                    (DEFAULT_CATEGORY, DEFAULT_CATEGORY_CODE),
                )
        except BaseException:
            store.close()
            if name != IN_MEMORY:
                for tail in ("", "-wal", "-shm", "-journal"):
                    Path(name + tail).unlink(missing_ok=True)
            raise
        return store

    @classmethod
    def open(
        cls,
        path: Path | str,
        *,
        key: bytes | None = None,
        actor: str = "",
        now: Clock = _clock,
        memory: Path | None = None,
        backups: Path | None = None,
        drive: Drive | None = None,
        repair: bool = True,
    ) -> Self:
        """An existing record; older schemas climb after a copy into `backups`.

        Raises NoRecord, NotARecord, DatabaseTooNew, WrongKey, Damaged, Locked. Triggers that differ from the tables'
        columns are written anew and said in `warnings` (`repair=False`, for tests: Damaged).
        """
        name = str(path)
        if not Path(name).is_file():
            raise NoRecord(Path(name).name)
        migrate.refuse_foreign(Path(name))
        store = cls._connected(name, key, actor, now, drive)
        try:
            kept = backups or paths.backups()
            copy = migrate.climb(store.connection, name, new=False, key=key, backups=kept, now=now())
            store.mend(repair=repair or copy is not None)
            store.know(memory)
        except driver.DatabaseError as fault:
            store.close()
            raise driver.explained(fault, name, key) from fault
        except BaseException:
            store.close()
            raise
        return store

    @classmethod
    def _connected(cls, name: str, key: bytes | None, actor: str, now: Clock, drive: Drive | None) -> Self:
        lies = Drive.LOCAL if name == IN_MEMORY else drive or drive_of(Path(name))
        if lies is Drive.LOCAL:
            return cls(driver.connect(name, key=key), name, key=key, actor=actor, now=now, drive=lies)
        try:
            connection = driver.connect(name, key=key, drive=lies, kind=SharedConnection)
            holder.seize(connection)
        except Locked as fault:
            raise Locked(Path(name).name, holder.told(Path(name))) from fault
        store = cls(connection, name, key=key, actor=actor, now=now, drive=lies)
        holder.note(Path(name), store.stamp())
        store.warnings.append(
            say("The record lies on a stick or a network drive: slower, and for one program at a time.")
        )
        return store

    def mend(self, *, repair: bool) -> None:
        """Compare the file's triggers with its columns; write them anew, or refuse."""
        wrong = journal.differing(self.connection)
        if not wrong:
            return
        if not repair:
            raise Damaged(Path(self.path).name)
        with self.writing():
            journal.install(self.connection)
        self.warnings.append(say("The journal's triggers were not as they must be and were written anew."))

    def know(self, memory: Path | None) -> None:
        """Learn which record this is, and where the computer's memory of it lies."""
        self.uid = str(self.connection.execute("SELECT uid FROM record").fetchone()[0])
        if self.path != IN_MEMORY:
            self._life.know(self.uid, Path(self.path), memory or paths.home() / "machine")

    def close(self) -> None:
        """Let go of the file; what was committed stays."""
        self._life.close()
        if self._database is not None:
            self._database = None
        if not self.shares:
            holder.forget(Path(self.path))
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def db(self) -> Database:
        """The same connection for sqlite-utils; loaded at the first use, because it costs an empty window's time."""
        if self._database is None:
            from sqlite_utils import Database

            self._database = Database(self.connection)
        return self._database

    @property
    def is_encrypted(self) -> bool:
        """Whether the file is opened with a key."""
        return self.key is not None

    @property
    def shares(self) -> bool:
        """Whether other stores may have the same file open; not on a stick or a network drive."""
        return self.drive is Drive.LOCAL

    @property
    def turns(self) -> Turns | None:
        """The turns that threads take at this store; None where each opens its own."""
        return self.connection.turns if isinstance(self.connection, SharedConnection) else None

    def stamp(self) -> str:
        """Now, as it is kept: ISO to the second with the offset. For people; nothing is decided by it."""
        return self.now().isoformat(timespec="seconds")

    @contextmanager
    def change(
        self, what: Sentence, *, source: str, undoes: int | None = None, actor: str | None = None
    ) -> Iterator[Change]:
        """One intent of one person: everything inside is kept together, or nothing if it raises.

        A change that wrote no journalled row leaves no row of its own.
        """
        with nullcontext() if self.turns is None else self.turns.kept():
            with self._transaction():
                before, at = self._life.state(), self.stamp()
                self._cache.look(before.head)
                node = self._life.node(before.node, at)
                opened = Change(before.change + 1, node.uid, at, before.head, what)
                after = before
                self.context.open(opened.id)
                try:
                    yield opened
                    after = self._seal(
                        opened, before._replace(node=node), self.actor if actor is None else actor, source, undoes
                    )
                finally:
                    self.context.close()
            self._life.went_on(after)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction for unjournalled tables only: journalled ones refuse, because no change is open."""
        with self._transaction():
            self._life.forget()
            yield

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if self.connection.in_transaction:
            raise RuntimeError("a change is already open on this store")
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            self._cache.steady(steady=True)
            yield
            self.connection.execute("COMMIT")
        except driver.OperationalError as fault:
            self._roll_back()
            told = driver.spoken(fault, Path(self.path).name)
            if told is None:
                raise  # a fault of ours
            raise told from fault
        except BaseException:
            self._roll_back()
            raise
        finally:
            self._cache.steady(steady=False)

    def _roll_back(self) -> None:
        self._life.forget()
        self._indexed = None
        self._cache.forget()
        if self.connection.in_transaction:
            with suppress(driver.DatabaseError):
                self.connection.execute("ROLLBACK")

    def _seal(self, opened: Change, before: State, actor: str, source: str, undoes: int | None) -> State:
        written = self.connection.execute("SELECT tbl FROM journal WHERE sequence > ?", (before.head,)).fetchall()
        opened.rows = len(written)  # sequences have no gaps
        if not written:
            return before
        head = before.head + opened.rows
        self._cache.wrote(head, {table for (table,) in written})
        seals = self.context.seals
        if len(seals) != opened.rows:  # a row was refused after it had been sealed
            found = self.connection.execute("SELECT seal FROM journal WHERE sequence > ?", (before.head,))
            seals = [bytes(seal) for (seal,) in found]
        told = sentences.dump(opened.what)
        made = chain.link(before.chain, opened.id, opened.node, actor, opened.at, told, seals)
        self.connection.execute(
            "INSERT INTO change (id, node, actor, at, what, undoes, source, chain) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (opened.id, before.node.number, actor, opened.at, told, undoes, source, made),
        )
        self._index(head, opened.rows)
        return State(before.node, head, opened.id, made)

    def _index(self, head: int, written: int) -> None:
        """Let the index by key wait for more, if it may."""
        if self._indexed is None or head - self._indexed >= by_key.MOST:
            self._indexed = by_key.mark(self.connection)
        if written >= by_key.MANY or head - self._indexed >= by_key.MOST:
            self._indexed = by_key.catch_up(self.connection)

    def head(self) -> int:
        """The newest journal sequence; 0 in an empty journal."""
        return int(self.connection.execute("SELECT ifnull(max(sequence), 0) FROM journal").fetchone()[0])

    @property
    def node(self) -> str:
        """This record's life on this computer, 16 hex digits; drawn anew after a copy or a restore.

        Outside a change the newest one in the file is told: a copied file gets its new node with its first change.
        """
        return self._life.newest_node().uid

    def draw_node(self, reason: str, at: str) -> None:
        """Begin a new life of the record (`created restored copied older`); inside a transaction."""
        self._life.draw(reason, at)

    def remember(self) -> None:
        """Let the computer remember this file, here and so far; done after every change."""
        if self.path != IN_MEMORY:
            self._life.went_on(self._life.state())

    def rest(self) -> None:
        """For idle moments: bring the index by key up to date, and the write-ahead log into the file; waits for nobody.

        Left alone SQLite does the latter in the middle of a change, which costs that change two syncs.
        """
        if self.drive is not Drive.LOCAL or self.connection.in_transaction:
            return
        if self.head() != by_key.mark(self.connection):
            patience = self.connection.execute("PRAGMA busy_timeout").fetchone()[0]
            self.connection.execute("PRAGMA busy_timeout = 0").fetchall()
            try:
                with suppress(Locked), self.writing():
                    self._indexed = by_key.catch_up(self.connection)
            finally:
                self.connection.execute(f"PRAGMA busy_timeout = {patience}").fetchall()
        self.connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Several reads of one state; inside a change it is the change's own."""
        if self.connection.in_transaction:
            yield
            return
        self.connection.execute("BEGIN")
        self._cache.steady(steady=True)
        try:
            yield
        finally:
            self._cache.steady(steady=False)
            self.connection.execute("COMMIT")

    def data_version(self) -> int:
        """Moves when another connection has written; our own changes are known to who made them."""
        return int(self.connection.execute("PRAGMA data_version").fetchone()[0])

    def cached(self, name: str, tables: tuple[str, ...], make: Callable[[], T]) -> T:
        """What `make` gives, made again only after one of the tables was written, by whomever."""
        return self._cache.cached(name, tables, make)

    def fixed(self, name: str, make: Callable[[], T]) -> T:
        """What `make` gives, made once: for what follows from the schema alone."""
        return self._cache.fixed(name, make)
