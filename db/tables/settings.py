"""Settings of the record (not of the computer): a name and a JSON value."""

from __future__ import annotations

import json
from typing import Any

from db.store import Store


def get(store: Store, name: str, otherwise: Any = None) -> Any:
    """A setting's value, or what is given where it was never set."""
    found = store.connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
    return json.loads(found[0]) if found else otherwise


def put(store: Store, name: str, value: Any) -> None:
    """Set it, inside a change."""
    store.connection.execute(
        "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value "
        "WHERE value <> excluded.value",
        (name, json.dumps(value, ensure_ascii=False, sort_keys=True)),
    )


def everything(store: Store) -> dict[str, Any]:
    """All settings by name."""
    found = store.connection.execute("SELECT name, value FROM setting ORDER BY name")
    return {name: json.loads(value) for name, value in found}
