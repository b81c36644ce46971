"""The catalogue: elements, forms, indicators and rules, kept as the definitions that the files gave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeVar

from db.store import Store
from db.tables.definitions import dump
from db.tables.definitions import load as loaded
from desktop.domain.elements import Catalogue, Element, Form, Indicator

if TYPE_CHECKING:
    from desktop.domain.rules import Rule

T = TypeVar("T", "Element", "Form", "Indicator", "Rule")
_DEFINED: Final = ("element", "form", "indicator", "rule")


def load(store: Store) -> Catalogue:
    """Everything installed, in the order of installation; the same object until something is installed."""
    return store.cached(
        "catalogue",
        _DEFINED,
        lambda: Catalogue(
            _defined(store, "element", Element), _defined(store, "form", Form), _defined(store, "indicator", Indicator)
        ),
    )


def rules(store: Store) -> dict[str, Rule]:
    """The check rules by code, in the order of installation."""
    from desktop.domain.rules import Rule

    return store.cached("rules", ("rule",), lambda: _defined(store, "rule", Rule))


def _defined(store: Store, table: str, cls: type[T]) -> dict[str, T]:
    found = store.connection.execute(f"SELECT code, definition FROM {table} ORDER BY id")
    return {code: loaded(cls, text) for code, text in found}


def put(store: Store, catalogue: Catalogue, rules: Iterable[Rule] = ()) -> int:
    """Install or renew definitions; how many rows differed. Forms know their elements' order as columns."""
    before = store.head()
    _put(store, "element", catalogue.elements)
    _put(store, "form", catalogue.forms)
    _put(store, "indicator", catalogue.indicators)
    _put(store, "rule", {rule.code: rule for rule in rules})
    numbers = element_ids(store)
    forms = form_ids(store)
    for form in catalogue.forms.values():
        _put_columns(store, forms[form.code], [numbers[code] for code in form.elements])
    return store.head() - before


def _put(store: Store, table: str, definitions: Mapping[str, Any]) -> None:
    store.connection.executemany(
        f"INSERT INTO {table} (code, definition) VALUES (?, ?) ON CONFLICT (code) DO UPDATE "
        "SET definition = excluded.definition WHERE definition <> excluded.definition",
        [(code, dump(definition)) for code, definition in definitions.items()],
    )


def _put_columns(store: Store, form: int, elements: list[int]) -> None:
    held = store.connection.execute("SELECT element FROM form_element WHERE form = ?", (form,)).fetchall()
    for (element,) in held:
        if element not in elements:
            store.connection.execute("DELETE FROM form_element WHERE (form, element) = (?, ?)", (form, element))
    store.connection.executemany(
        "INSERT INTO form_element (form, element, position) VALUES (?, ?, ?) ON CONFLICT DO UPDATE "
        "SET position = excluded.position WHERE position <> excluded.position",
        [(form, element, place) for place, element in enumerate(elements, 1)],
    )


def _ids(store: Store, table: str) -> dict[str, int]:
    return store.cached(
        f"{table} ids", (table,), lambda: dict(store.connection.execute(f"SELECT code, id FROM {table}").fetchall())
    )


def _codes(store: Store, table: str) -> dict[int, str]:
    return store.cached(
        f"{table} codes", (table,), lambda: {number: code for code, number in _ids(store, table).items()}
    )


def element_ids(store: Store) -> dict[str, int]:
    """The record's integer of every element, by code."""
    return _ids(store, "element")


def element_codes(store: Store) -> dict[int, str]:
    """The code of every element's integer."""
    return _codes(store, "element")


def form_ids(store: Store) -> dict[str, int]:
    """The record's integer of every form, by code."""
    return _ids(store, "form")


def form_codes(store: Store) -> dict[int, str]:
    """The code of every form's integer."""
    return _codes(store, "form")


def category_ids(store: Store) -> dict[str, int]:
    """The record's integer of every category; `default` is the total."""
    return _ids(store, "category")


def category_codes(store: Store) -> dict[int, str]:
    """The code of every category's integer."""
    return _codes(store, "category")


def category_definition(store: Store, code: str) -> str:
    """The definition of a category, as JSON text."""
    found = store.connection.execute("SELECT definition FROM category WHERE code = ?", (code,)).fetchone()
    return str(found[0]) if found else "{}"


def put_category(store: Store, code: str, definition: str) -> None:
    """Install a category, inside a change; one that is there is left as it is."""
    store.connection.execute(
        "INSERT INTO category (code, definition) VALUES (?, ?) ON CONFLICT (code) DO NOTHING", (code, definition)
    )
