"""The ledger's keys, one after the other: an entry `key.rotated` is signed by the old and the new.

The new key's signature shows that somebody holds it; the old key's, that its holder agreed. Both
are over the ledger's name and the number of the entry, so neither can be used in another place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crosslight.core.evidence.entry import Rotation
from crosslight.core.evidence.notes import (
    KeyKind,
    NoteFault,
    VerifierKey,
    from_base64,
    to_base64,
    verifier_key,
)

_SHARD = re.compile(r"(?P<deployment>.+)/audit/[0-9]{4}")


class RotationFault(NoteFault):
    """An exchange of keys that does not hold; the message says why."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """From the entry with this number on, the ledger signs with `new`."""

    index: int
    old: VerifierKey
    new: VerifierKey


def sign_rotation(
    *, origin: str, index: int, old: Ed25519PrivateKey, new: Ed25519PrivateKey
) -> Rotation:
    """`index` is the number that the entry will have in its shard."""
    old_key, new_key = (verifier_key(name=origin, key=key).to_text() for key in (old, new))
    message = _statement(origin, index, old=old_key, new=new_key)
    return Rotation(
        old_key=old_key,
        new_key=new_key,
        old_signature=to_base64(old.sign(message)),
        new_signature=to_base64(new.sign(message)),
    )


def checked(rotation: Rotation, *, origin: str, index: int) -> Exchange:
    """Raise RotationFault unless both keys signed this exchange in this place."""
    try:
        old, new = map(VerifierKey.from_text, (rotation.old_key, rotation.new_key))
    except NoteFault as error:
        raise RotationFault(f"A key in it does not hold: {error}") from error
    if any((key.name, key.kind) != (origin, KeyKind.LEDGER) for key in (old, new)):
        raise RotationFault("It exchanges the key of another ledger.")
    if old == new:
        raise RotationFault("It exchanges a key for itself.")
    message = _statement(origin, index, old=rotation.old_key, new=rotation.new_key)
    for key, signature, which in (
        (old, rotation.old_signature, "old"),
        (new, rotation.new_signature, "new"),
    ):
        try:
            key.verify(from_base64(signature), message)
        except NoteFault as error:
            raise RotationFault(f"The {which} key did not sign the exchange.") from error
    return Exchange(index, old, new)


def _statement(origin: str, index: int, *, old: str, new: str) -> bytes:
    return f"crosslight/key-rotation/v1\n{origin}\n{index}\n{old}\n{new}\n".encode()


@dataclass(frozen=True, slots=True)
class KeyChain:
    """The keys of one shard in their order; `last` signs its newest checkpoint."""

    exchanges: tuple[Exchange, ...]
    last: VerifierKey

    @classmethod
    def of(cls, exchanges: Sequence[Exchange], *, last: VerifierKey) -> KeyChain:
        """Raise RotationFault where one exchange does not take up what the one before left."""
        for earlier, later in pairwise(exchanges):
            if earlier.new != later.old:
                raise RotationFault(
                    f"Entry {later.index} exchanges a key that was not in use there."
                )
        if exchanges and exchanges[-1].new != last:
            raise RotationFault("The ledger is signed with another key than it last took.")
        return cls(tuple(exchanges), last)

    @property
    def first(self) -> VerifierKey:
        return self.exchanges[0].old if self.exchanges else self.last

    @property
    def keys(self) -> tuple[VerifierKey, ...]:
        return (self.first, *(exchange.new for exchange in self.exchanges))

    def at(self, size: int) -> VerifierKey:
        """The key that signs a checkpoint of `size` entries."""
        for exchange in self.exchanges:
            if size <= exchange.index:
                return exchange.old
        return self.last

    def knows(self, held: VerifierKey) -> bool:
        """Whether `held` is one of these keys, perhaps under the name of another year's shard."""
        return any(is_same_signer(held, key) for key in self.keys)


def is_same_signer(one: VerifierKey, other: VerifierKey) -> bool:
    """The same key of the same deployment; every year it bears another shard's name."""
    return (one.public, one.kind, deployment(one.name)) == (
        other.public,
        other.kind,
        deployment(other.name),
    )


def deployment(origin: str) -> str:
    """What all shards of one ledger have in common; a name of another form stands for itself."""
    found = _SHARD.fullmatch(origin)
    return found["deployment"] if found else origin
