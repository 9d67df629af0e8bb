"""Who touches tables: the apps themselves; the doors never, the exercises only to look."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import layer_of, modules, name_of, tree

DOORS = frozenset({"web", "api", "cli", "config", "foundation", "core"})
# An app below the ledger: the ledger's own payloads can be sealed with its keys.
KEY_STORE = "foundation/sealing/"
# What each app holds besides its models; `migrations` are Django's.
PLACES = frozenset(
    {
        "models",
        "selectors",
        "services",
        "tasks",
        "migrations",
        # ledger: the readers of the record and of its export
        "verification",
        "export",
        # ledger: its writers, each with one reason to write
        "appending",
        "asking",
        "retention",
        "stamping",
        "accesses",
        # review: the names of contributors, looked for in what is to leave
        "sanitising",
    }
)
WRITES = frozenset(
    {
        "create",
        "bulk_create",
        "get_or_create",
        "update_or_create",
        "update",
        "bulk_update",
        "delete",
        "save",
        "raw",
    }
)
QUERYSETS = frozenset({"QuerySet", "RawSQL", "Manager"})


def managers(path: Path) -> Iterator[ast.Attribute]:
    """`Model.objects`; `entry.objects` of the ledger is a field, and its owner a small letter."""
    for node in ast.walk(tree(path)):
        if (
            isinstance(node, ast.Attribute)
            and node.attr in {"objects", "_default_manager", "_base_manager"}
            and isinstance(node.value, ast.Name)
            and node.value.id[:1].isupper()
        ):
            yield node


def calls(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            yield str(name), node.lineno


def test_the_doors_and_the_core_touch_no_table() -> None:
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in modules()
        if layer_of(path) in DOORS and not name_of(path).startswith(KEY_STORE)
        for node in managers(path)
    ]

    assert found == []


def test_the_doors_make_no_queryset() -> None:
    found = [
        f"{name_of(path)}:{line}"
        for path in modules()
        if layer_of(path) in DOORS
        for name, line in calls(path)
        if name in QUERYSETS
    ]

    assert found == []


def test_the_apps_touch_tables_only_where_reads_and_writes_live() -> None:
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in modules()
        if layer_of(path) not in DOORS | {"exercises"}
        and not PLACES & {part.removesuffix(".py") for part in path.parts}
        for node in managers(path)
    ]

    assert found == []


def test_selectors_only_read() -> None:
    found = [
        f"{name_of(path)}:{line} {name}"
        for path in modules()
        if "selectors" in name_of(path)
        for name, line in calls(path)
        if name in WRITES
    ]

    assert found == []


def test_exercises_look_at_tables_and_write_through_services() -> None:
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in modules()
        if layer_of(path) == "exercises"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES - {"update"}
    ]
    updates = [
        f"{name_of(path)}:{node.lineno}"
        for path in modules()
        if layer_of(path) == "exercises"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and node.attr == "update"
        and any(
            isinstance(under, ast.Attribute) and under.attr == "objects" for under in ast.walk(node)
        )
    ]

    assert found == []
    assert updates == []


# Statements that Django does not build, and why.
_OWN_WORDS = {
    "foundation/transactions.py",  # the lock of the ledger
    "ledger/appending.py",  # many entries at once, without objects of models in between
    "foundation/sealing/wiping.py",  # SQLite's journal, which keeps what was deleted
    "coordination/services/statements.py",  # bounded readings of the index, which a save waits for
    "exchange/bulk/candidates.py",  # DuckDB, in a file of its own; no deployment's database
}


def test_few_places_speak_to_a_database_in_their_own_words() -> None:
    """Migrations apart: a statement that Django did not build passes every check of ours."""
    raw = {"cursor", "execute", "executemany", "executescript", "raw", "extra", "RawSQL"}
    found = {
        name_of(path)
        for path in modules()
        if "migrations" not in path.parts
        for name, _ in calls(path)
        if name in raw
    }

    assert found == _OWN_WORDS
