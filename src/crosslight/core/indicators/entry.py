"""Reading one entry of the catalogue's data; every complaint names the entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from crosslight.core.indicators.errors import CatalogueError

Choice = TypeVar("Choice", bound=StrEnum)


class Entry:
    """A mapping of the data and the name by which a complaint calls it."""

    def __init__(self, name: str, raw: object) -> None:
        self.name = name
        if not isinstance(raw, Mapping):
            raise CatalogueError(f"{name}: a mapping was expected.")
        self._raw: Mapping[object, object] = raw

    def fault(self, sentence: str) -> CatalogueError:
        return CatalogueError(f"{self.name}: {sentence}")

    def names(self) -> tuple[str, ...]:
        return tuple(str(key) for key in self._raw)

    def has(self, key: str) -> bool:
        return self._raw.get(key) is not None

    def allow_only(self, keys: Iterable[str]) -> None:
        """Refuse keys that nobody would read: they are misspellings."""
        unknown = sorted(set(self.names()) - set(keys))
        if unknown:
            raise self.fault(f"unknown key {', '.join(unknown)}.")

    def value(self, key: str) -> object:
        if key not in self._raw:
            raise self.fault(f"{key} is missing.")
        return self._raw[key]

    def text(self, key: str) -> str:
        value = self.value(key)
        if not isinstance(value, str) or not value.strip():
            raise self.fault(f"{key} must be a text.")
        return value

    def optional_text(self, key: str) -> str | None:
        return self.text(key) if self.has(key) else None

    def whole_number(self, key: str, *, default: int | None = None) -> int:
        value = self.value(key) if default is None else self._raw.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self.fault(f"{key} must be a whole number.")
        return value

    def flag(self, key: str) -> bool:
        value = self.value(key)
        if not isinstance(value, bool):
            raise self.fault(f"{key} must be true or false.")
        return value

    def items(self, key: str) -> Sequence[object]:
        value = self.value(key)
        if not isinstance(value, list):
            raise self.fault(f"{key} must be a list.")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        values = self.items(key)
        texts = tuple(value for value in values if isinstance(value, str))
        if len(texts) != len(values):
            raise self.fault(f"{key} must be a list of texts.")
        return texts

    def codes(self, key: str, *, known: Iterable[str]) -> tuple[str, ...]:
        """Return a list of codes, none empty and each of the known ones."""
        codes = self.texts(key)
        unknown = sorted(set(codes) - set(known))
        if unknown or not codes:
            raise self.fault(f"{key} has {', '.join(unknown) or 'no entry'}, which is not known.")
        return codes

    def code(self, key: str, *, known: Iterable[str]) -> str:
        code = self.text(key)
        if code not in known:
            raise self.fault(f"{key} {code!r} is not known.")
        return code

    def choice(self, key: str, kind: type[Choice]) -> Choice:
        value = self.value(key)
        try:
            return kind(str(value))
        except ValueError:
            raise self.fault(f"{key} {value!r} is not known.") from None

    def entry(self, key: str) -> Entry:
        return Entry(f"{self.name}, {key}", self.value(key))

    def entries(self, key: str) -> tuple[Entry, ...]:
        """Return the mappings of a list; each is called by its id, or by its place."""
        return tuple(
            Entry(f"{self.name}, {_name_of(raw, place)}", raw)
            for place, raw in enumerate(self.items(key), start=1)
        )

    def named_texts(self) -> dict[str, str]:
        """Return the entry as a mapping of texts."""
        return {key: self.text(key) for key in self.names()}


def _name_of(raw: object, place: int) -> str:
    if isinstance(raw, Mapping) and isinstance(raw.get("id"), str):
        return str(raw["id"])
    return f"number {place}"
