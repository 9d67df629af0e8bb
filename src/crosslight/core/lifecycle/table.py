"""A procedure is a list of moves; anything that is not listed is refused."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Generic, TypeVar

S = TypeVar("S", bound=StrEnum)
V = TypeVar("V", bound=StrEnum)


class IllegalMove(ValueError):
    """`verb` is not possible from `state`."""

    def __init__(self, state: StrEnum, verb: StrEnum) -> None:
        self.state = state
        self.verb = verb
        super().__init__(f"{verb.value} is not possible from {state.value}")


@dataclass(frozen=True, slots=True)
class Move(Generic[S, V]):
    source: S
    verb: V
    target: S


@dataclass(frozen=True)
class Lifecycle(Generic[S, V]):
    name: str
    first: S
    moves: tuple[Move[S, V], ...]

    @cached_property
    def _table(self) -> dict[tuple[S, V], S]:
        return {(move.source, move.verb): move.target for move in self.moves}

    def next(self, state: S, verb: V) -> S:
        """The state after `verb`; raises IllegalMove where the table has no such move."""
        try:
            return self._table[state, verb]
        except KeyError:
            raise IllegalMove(state, verb) from None

    def can(self, state: S, verb: V) -> bool:
        return (state, verb) in self._table

    def states_before(self, verb: V) -> frozenset[S]:
        """Every state from which `verb` is possible: the policy's state clause."""
        return frozenset(move.source for move in self.moves if move.verb is verb)
