"""Plans: each document's header with its outline, its targets and its tasks, as the files gave them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final
from uuid import NAMESPACE_OID, uuid5

from db.store import Store
from db.tables.definitions import dump
from db.tables.definitions import load as loaded
from desktop.domain.plans.plan import Plan, Target, Task

_TABLES: Final = ("plan", "target", "task")
_TASKS: Final = uuid5(NAMESPACE_OID, "sotram/tasks")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a task came for one occurrence (the ISO day it falls due, or empty where it never does)."""

    task: str
    occurrence: str
    state: str
    note: str | None = None
    document: str | None = None
    evidence: str | None = None


def task_uid(plan: str, position: int) -> str:
    """The uid of a plan's task by its place, the same in every copy of the plan."""
    return str(uuid5(_TASKS, f"{plan}|{position}"))


def put(store: Store, plan: Plan) -> int:
    """Install or renew a plan; how many rows differed. Progress stays with the task's place."""
    before = store.head()
    header = replace(plan, targets=(), tasks=())
    connection = store.connection
    connection.execute(
        "INSERT INTO plan (code, title, issuer, date, kind, definition) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (code) DO UPDATE SET title = excluded.title, issuer = excluded.issuer, date = excluded.date, "
        "kind = excluded.kind, definition = excluded.definition WHERE (title, issuer, date, kind, definition) IS NOT "
        "(excluded.title, excluded.issuer, excluded.date, excluded.kind, excluded.definition)",
        (plan.code, plan.title, plan.issuer, plan.date.isoformat(), plan.kind.value, dump(header)),
    )
    number = int(connection.execute("SELECT id FROM plan WHERE code = ?", (plan.code,)).fetchone()[0])
    _put_targets(store, number, plan.targets)
    _put_tasks(store, number, plan)
    return store.head() - before


def _put_targets(store: Store, plan: int, targets: tuple[Target, ...]) -> None:
    wanted = [(place, target.indicator, target.year, dump(target)) for place, target in enumerate(targets, 1)]
    found = store.connection.execute(
        "SELECT position, indicator, year, definition FROM target WHERE plan = ? ORDER BY position", (plan,)
    ).fetchall()
    if found == wanted:
        return
    store.connection.execute("DELETE FROM target WHERE plan = ?", (plan,))
    store.connection.executemany(
        "INSERT INTO target (plan, position, indicator, year, definition) VALUES (?, ?, ?, ?, ?)",
        [(plan, *row) for row in wanted],
    )


def _put_tasks(store: Store, number: int, plan: Plan) -> None:
    store.connection.executemany(
        "INSERT INTO task (uid, plan, position, definition) VALUES (?, ?, ?, ?) ON CONFLICT (uid) DO UPDATE "
        "SET definition = excluded.definition WHERE definition <> excluded.definition",
        [(task_uid(plan.code, place), number, place, dump(task)) for place, task in enumerate(plan.tasks, 1)],
    )
    gone = "FROM task WHERE plan = ? AND position > ?"
    place = (number, len(plan.tasks))
    store.connection.execute(f"DELETE FROM task_progress WHERE task IN (SELECT id {gone})", place)
    store.connection.execute(f"DELETE {gone}", place)


def load(store: Store) -> tuple[Plan, ...]:
    """Every plan with its targets and tasks, by date; the same objects until a plan is installed."""
    return store.cached("plans", _TABLES, lambda: _load(store))


def _load(store: Store) -> tuple[Plan, ...]:
    targets: dict[int, list[Target]] = {}
    tasks: dict[int, list[Task]] = {}
    for plan, text in store.connection.execute("SELECT plan, definition FROM target ORDER BY plan, position"):
        targets.setdefault(plan, []).append(loaded(Target, text))
    for plan, text in store.connection.execute("SELECT plan, definition FROM task ORDER BY plan, position"):
        tasks.setdefault(plan, []).append(loaded(Task, text))
    return tuple(
        replace(loaded(Plan, text), targets=tuple(targets.get(plan, ())), tasks=tuple(tasks.get(plan, ())))
        for plan, text in store.connection.execute("SELECT id, definition FROM plan ORDER BY date, id")
    )


def remove(store: Store, code: str) -> None:
    """Take a plan out of the record with its targets, tasks and their progress; the journal keeps it."""
    inside = "(SELECT id FROM plan WHERE code = ?)"
    store.connection.execute(
        f"DELETE FROM task_progress WHERE task IN (SELECT id FROM task WHERE plan IN {inside})", (code,)
    )
    for table in ("task", "target"):
        store.connection.execute(f"DELETE FROM {table} WHERE plan IN {inside}", (code,))
    store.connection.execute("DELETE FROM plan WHERE code = ?", (code,))


def put_progress(store: Store, progress: Progress) -> None:
    """Write how far a task came."""
    task = store.connection.execute("SELECT id FROM task WHERE uid = ?", (progress.task,)).fetchone()[0]
    store.connection.execute(
        "INSERT INTO task_progress (task, occurrence, state, note, document, evidence) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET state = excluded.state, note = excluded.note, document = excluded.document, "
        "evidence = excluded.evidence WHERE (state, note, document, evidence) IS NOT "
        "(excluded.state, excluded.note, excluded.document, excluded.evidence)",
        (task, progress.occurrence, progress.state, progress.note, progress.document, progress.evidence),
    )


def progress(store: Store) -> list[Progress]:
    """All that was said about tasks."""
    found = store.connection.execute(
        "SELECT t.uid, p.occurrence, p.state, p.note, p.document, p.evidence FROM task_progress p "
        "JOIN task t ON t.id = p.task ORDER BY t.plan, t.position, p.occurrence"
    )
    return [Progress(*row) for row in found]


def _codes(store: Store) -> list[str]:
    return [code for (code,) in store.connection.execute("SELECT code FROM plan ORDER BY date, id")]


def codes(store: Store) -> list[str]:
    """The codes of the plans in the record, by date."""
    return store.cached("plan codes", ("plan",), lambda: _codes(store))
