"""Which ledgers are believed, and how many witnesses it takes: the C2SP format tlog-policy.

https://github.com/C2SP/C2SP/blob/main/tlog-policy.md
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from crosslight.core.evidence.cosignature import cosigned_at
from crosslight.core.evidence.notes import KeyKind, Note, NoteFault, VerifierKey

NONE = "none"
_FORBIDDEN = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]")
_NUMBER = re.compile(r"[1-9][0-9]{0,3}")


class PolicyFault(ValueError):
    """A policy file that says nothing clear; the message names the line."""


class QuorumFault(NoteFault):
    """A checkpoint that the policy does not accept; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Group:
    """Counts as a witness once `threshold` of its members do."""

    threshold: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrustPolicy:
    """`quorum` names a witness or a group; None asks for no witness at all.

    `addresses` are those under which witnesses are asked (tlog-witness), where a line says one.
    """

    ledgers: tuple[VerifierKey, ...]
    witnesses: Mapping[str, VerifierKey]
    groups: Mapping[str, Group]
    quorum: str | None
    addresses: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_bytes(cls, data: bytes) -> TrustPolicy:
        reader = _Reader()
        for number, words in _lines(data):
            try:
                reader.read(words)
            except (PolicyFault, NoteFault) as error:
                raise PolicyFault(f"Line {number} of the policy: {error}") from error
        return reader.policy()

    def accepted(self, note: str) -> tuple[str, ...]:
        """The witnesses that cosigned, by their names in the policy, if they are enough.

        Raises NoteFault where they are not, and for a false cosignature in the name of any.
        """
        parsed = Note.from_text(note)
        cosigners = tuple(
            name for name, key in self.witnesses.items() if cosigned_at(parsed, key=key) is not None
        )
        if not self.is_met_by(cosigners):
            raise QuorumFault(
                f"The policy asks for the quorum {self.quorum}, which is not met: of its "
                f"{len(self.witnesses)} witnesses {', '.join(cosigners) or 'nobody'} cosigned."
            )
        return cosigners

    def is_met_by(self, cosigners: Sequence[str]) -> bool:
        if self.quorum is None:
            return True
        counted = set(cosigners)
        # A group names only what stands before it, so one pass in order is enough.
        for name, group in self.groups.items():
            if len(counted.intersection(group.members)) >= group.threshold:
                counted.add(name)
        return self.quorum in counted


def _lines(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """What is not ASCII stays opaque, as the format asks; comments and empty lines are left out."""
    if _FORBIDDEN.search(data):
        raise PolicyFault("A policy holds no control characters but tabs and line ends.")
    text = data.decode("utf-8", errors="backslashreplace")
    for number, line in enumerate(text.split("\n"), start=1):
        words = [word for word in re.split(r"[ \t]+", line) if word]
        if words and not words[0].startswith("#"):
            yield number, words


@dataclass
class _Reader:
    ledgers: list[VerifierKey] = field(default_factory=list)
    witnesses: dict[str, VerifierKey] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    members: set[str] = field(default_factory=set)
    quorums: list[str] = field(default_factory=list)
    addresses: dict[str, str] = field(default_factory=dict)

    def read(self, words: Sequence[str]) -> None:
        readers: Mapping[str, _LineReader] = {
            "log": self._ledger,
            "witness": self._witness,
            "group": self._group,
            "quorum": self._quorum,
        }
        reader = readers.get(words[0])
        if reader is None:
            raise PolicyFault("it begins with none of log, witness, group and quorum.")
        reader(words[1:])

    def policy(self) -> TrustPolicy:
        if not self.quorums:
            raise PolicyFault("The policy has no line with the quorum.")
        (quorum,) = self.quorums
        return TrustPolicy(
            ledgers=tuple(self.ledgers),
            witnesses=self.witnesses,
            groups=self.groups,
            quorum=None if quorum == NONE else quorum,
            addresses=self.addresses,
        )

    def _ledger(self, words: Sequence[str]) -> None:
        if len(words) not in {1, 2}:
            raise PolicyFault("it reads: log, key, and an address if there is one.")
        self.ledgers.append(_key(words[0], KeyKind.LEDGER, others=self.ledgers))

    def _witness(self, words: Sequence[str]) -> None:
        if len(words) not in {2, 3}:
            raise PolicyFault("it reads: witness, name, key, and an address if there is one.")
        self._check_new(words[0])
        others = list(self.witnesses.values())
        self.witnesses[words[0]] = _key(words[1], KeyKind.WITNESS, others=others)
        if len(words) == 3:  # noqa: PLR2004  name, key, address
            self.addresses[words[0]] = words[2]

    def _group(self, words: Sequence[str]) -> None:
        if len(words) < 3:  # noqa: PLR2004  name, threshold, a member
            raise PolicyFault("it reads: group, name, a number or all or any, and members.")
        name, asked, *members = words
        self._check_new(name)
        for member in members:
            self._check_known(member)
            if member in self.members:
                raise PolicyFault(f"{member} is a member already.")
            self.members.add(member)
        self.groups[name] = Group(_threshold(asked, of=len(members)), tuple(members))

    def _quorum(self, words: Sequence[str]) -> None:
        if len(words) != 1 or self.quorums:
            raise PolicyFault("one line, with one name, says what the quorum is.")
        if words[0] != NONE:
            self._check_known(words[0])
        self.quorums.append(words[0])

    def _check_new(self, name: str) -> None:
        if name == NONE or name in self.witnesses or name in self.groups:
            raise PolicyFault(f"the name {name} is taken.")

    def _check_known(self, name: str) -> None:
        if name not in self.witnesses and name not in self.groups:
            raise PolicyFault(f"{name} is no witness or group of a line before.")


_LineReader: TypeAlias = Callable[[Sequence[str]], None]


def _key(text: str, kind: KeyKind, *, others: Sequence[VerifierKey]) -> VerifierKey:
    key = VerifierKey.from_text(text)
    if key.kind is not kind:
        raise PolicyFault(f"this is not the key of a {kind.name.lower()}.")
    if any(key.public == other.public for other in others):
        raise PolicyFault("this key is there already, perhaps under another name.")
    return key


def _threshold(asked: str, *, of: int) -> int:
    if asked in {"any", "all"}:
        return 1 if asked == "any" else of
    if not _NUMBER.fullmatch(asked) or int(asked) > of:
        raise PolicyFault(f"the number must be from 1 to {of}.")
    return int(asked)
