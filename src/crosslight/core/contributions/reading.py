"""Reading untrusted values into a content: every fault is named, none stops the reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from crosslight.core.contributions.faults import ContentFaults, FormatFault

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")
# What is shown of a field name that nobody knows.
_LONGEST_NAME = 40


def code(member: StrEnum | None) -> str | None:
    return None if member is None else member.value


class Reader:
    """Takes typed values out of a mapping and gathers what is wrong with it under field paths."""

    def __init__(
        self,
        values: Mapping[str, object],
        *,
        path: str = "",
        faults: list[FormatFault] | None = None,
    ) -> None:
        self._values = values
        self._path = path
        self._faults = [] if faults is None else faults

    def raise_faults(self) -> None:
        if self._faults:
            raise ContentFaults(tuple(self._faults))

    def refuse_unknown(self, known: Iterable[str]) -> None:
        for name in sorted(set(map(str, self._values)) - set(known)):
            self._fault(
                name[:_LONGEST_NAME], "I-035", "This field is not known here.", "Leave it out."
            )

    def text(self, name: str, *, is_required: bool = False) -> str:
        value = self._values.get(name)
        if value is None:
            value = ""
        if not isinstance(value, str):
            self._wrong_kind(name, expected="text")
            return ""
        if is_required and not value:
            self._fault(name, "I-036", "This is empty.", "Fill it in or remove the row.")
        return value

    def line(self, name: str, *, is_required: bool = False) -> str:
        return " ".join(self.text(name, is_required=is_required).split())

    def flag(self, name: str) -> bool:
        value = self._values.get(name, False)
        if not isinstance(value, bool):
            self._wrong_kind(name, expected="yes or no")
            return False
        return value

    def member(self, name: str, choices: type[E], *, is_required: bool = False) -> E | None:
        value = self._values.get(name)
        if value in (None, "") and not is_required:
            return None
        return self._member(name, value, choices)

    def members(self, name: str, choices: type[E]) -> tuple[E, ...]:
        """Each member once, in the order of the list it belongs to."""
        found = {
            self._member(f"{name}.{at}", value, choices)
            for at, value in enumerate(self._list(name, most=len(choices)))
        }
        return tuple(member for member in choices if member in found)

    def rows(self, name: str, read: Callable[[Reader], T], *, most: int) -> tuple[T, ...]:
        rows = []
        for at, row in enumerate(self._list(name, most=most)):
            if isinstance(row, Mapping):
                path = self._at(f"{name}.{at}.")
                rows.append(read(Reader(row, path=path, faults=self._faults)))
            else:
                self._wrong_kind(f"{name}.{at}", expected="a row of named values")
        return tuple(rows)

    def _list(self, name: str, *, most: int) -> list[object]:
        value = self._values.get(name)
        if value is None:
            return []
        if not isinstance(value, list | tuple):
            self._wrong_kind(name, expected="a list")
            return []
        if len(value) > most:
            self._fault(
                name, "I-033", f"This list is longer than {most}.", "Keep what stands out most."
            )
            return []
        return list(value)

    def _member(self, name: str, value: object, choices: type[E]) -> E | None:
        for member in choices:
            if member.value == value:
                return member
        self._fault(
            name,
            "I-034",
            "This is not one of the answers on the list.",
            "Choose one of the answers offered.",
        )
        return None

    def _wrong_kind(self, name: str, *, expected: str) -> None:
        self._fault(name, "I-037", f"We expected {expected} here.", "Send it in that form.")

    def _fault(self, name: str, fault_code: str, message: str, remedy: str) -> None:  # noqa: PLR0917
        self._faults.append(
            FormatFault(code=fault_code, field=self._at(name), message=message, remedy=remedy)
        )

    def _at(self, name: str) -> str:
        return f"{self._path}{name}"
