"""Partners: the offices whose keys this record trusts, and its own keys."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Final

from db.store import Store


@dataclass(frozen=True, slots=True)
class Partner:
    """One key of one partner office (uid). `role` is parent, child or desk; `key_file` its signed JSON as it came."""

    office: str
    role: str
    code: str | None
    name: str
    level: str
    key_file: str
    sign_key: str
    seal_key: str
    serial: int
    escrow: str | None = None
    confirmed: bool = False
    revoked_from: str | None = None
    revoked_reason: str | None = None
    replaced_by: int | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class OwnKey:
    """A key of ours: `private` in clear or wrapped by a passphrase; never in the journal."""

    serial: int
    public: str
    private: bytes
    wrapped: bool
    made_at: str
    retired_at: str | None = None


_NAMES: Final = tuple(field.name for field in fields(Partner) if field.name != "id")
_COLUMNS: Final = ", ".join(_NAMES)


def put(store: Store, partner: Partner) -> int:
    """Write a partner, new (`id` None) or changed; its number."""
    row = [getattr(partner, name) for name in _NAMES]
    if partner.id is None:
        marks = ", ".join("?" * len(row))
        made = store.connection.execute(f"INSERT INTO partner ({_COLUMNS}) VALUES ({marks}) RETURNING id", row)
        return int(made.fetchone()[0])
    sets = ", ".join(f"{name} = ?" for name in _NAMES)
    store.connection.execute(f"UPDATE partner SET {sets} WHERE id = ?", [*row, partner.id])
    return partner.id


def everyone(store: Store) -> list[Partner]:
    """All partners' keys, replaced and revoked ones included, oldest first."""
    found = store.connection.execute(f"SELECT {_COLUMNS}, id FROM partner ORDER BY id")
    names = (*_NAMES, "id")
    partners = [Partner(**dict(zip(names, row, strict=True))) for row in found]
    return [replace(partner, confirmed=bool(partner.confirmed)) for partner in partners]


def put_own(store: Store, key: OwnKey) -> None:
    """Keep a key of ours; inside a change or `writing()`: this table is not journalled."""
    store.connection.execute(
        "INSERT INTO own_key (serial, public, private, wrapped, made_at, retired_at) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (serial) DO UPDATE SET public = excluded.public, private = excluded.private, "
        "wrapped = excluded.wrapped, retired_at = excluded.retired_at",
        (key.serial, key.public, key.private, int(key.wrapped), key.made_at, key.retired_at),
    )


def own_keys(store: Store) -> list[OwnKey]:
    """Our keys, newest first: the first that is not retired is in use."""
    found = store.connection.execute(
        "SELECT serial, public, private, wrapped, made_at, retired_at FROM own_key ORDER BY serial DESC"
    )
    return [OwnKey(row[0], row[1], bytes(row[2]), bool(row[3]), row[4], row[5]) for row in found]
