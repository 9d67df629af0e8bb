"""The Merkle tree of RFC 6962, section 2.1: hashes, growth, proofs and their verification."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

Subtree: TypeAlias = Callable[[int, int], bytes]
"""The hash of the entries from `start` up to, not including, `end`."""


def leaf_hash(entry: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """All that a tree must remember to grow: one hash per 1 in the binary size, largest first."""

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if len(self.hashes) != self.size.bit_count():
            raise ValueError("A frontier holds one hash for every complete subtree.")

    def push(self, leaf: bytes) -> Frontier:
        """The frontier with one more leaf hash."""
        hashes, remaining = list(self.hashes), self.size
        while remaining & 1:
            leaf = node_hash(hashes.pop(), leaf)
            remaining >>= 1
        return Frontier(self.size + 1, (*hashes, leaf))

    @property
    def root(self) -> bytes:
        if not self.hashes:
            return EMPTY_ROOT
        root = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            root = node_hash(left, root)
        return root

    def to_bytes(self) -> bytes:
        return b"".join(self.hashes)

    @classmethod
    def from_bytes(cls, *, size: int, data: bytes) -> Frontier:
        if len(data) % HASH_BYTES:
            raise ValueError("A stored frontier is a row of whole hashes.")
        return cls(
            size,
            tuple(data[at : at + HASH_BYTES] for at in range(0, len(data), HASH_BYTES)),
        )


class Growth:
    """A frontier that changes in place: half the time where a million leaves are added."""

    def __init__(self, frontier: Frontier | None = None) -> None:
        self.size = frontier.size if frontier else 0
        self._hashes: list[bytes] = list(frontier.hashes) if frontier else []

    def push(self, leaf: bytes) -> None:
        remaining = self.size
        while remaining & 1:
            leaf = node_hash(self._hashes.pop(), leaf)
            remaining >>= 1
        self._hashes.append(leaf)
        self.size += 1

    @property
    def frontier(self) -> Frontier:
        return Frontier(self.size, tuple(self._hashes))

    @property
    def root(self) -> bytes:
        return self.frontier.root


def root_of(leaves: Iterable[bytes]) -> bytes:
    growth = Growth()
    for leaf in leaves:
        growth.push(leaf)
    return growth.root


def inclusion_proof(*, index: int, size: int, subtree: Subtree) -> tuple[bytes, ...]:
    """RFC 6962, section 2.1.1: the hashes that lead from entry `index` to the root."""
    if not 0 <= index < size:
        raise ValueError("Only an entry of the tree has a proof in it.")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(subtree(middle, end))
            end = middle
        else:
            path.append(subtree(start, middle))
            start = middle
    return tuple(reversed(path))


def consistency_proof(*, old: int, new: int, subtree: Subtree) -> tuple[bytes, ...]:
    """RFC 6962, section 2.1.2: the hashes that show the tree of `old` entries inside `new`."""
    if not 0 < old <= new:
        raise ValueError("A tree is consistent only with a later state of itself.")
    path: list[bytes] = []
    start, end = 0, new
    while end != old:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(subtree(middle, end))
            end = middle
        else:
            path.append(subtree(start, middle))
            start = middle
    if start:
        path.append(subtree(start, end))
    return tuple(reversed(path))


def verify_inclusion(
    *, index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes
) -> bool:
    """RFC 9162, section 2.1.3.2. False for anything malformed; never raises."""
    if not 0 <= index < size or not _are_hashes(leaf, root, *proof):
        return False
    position, last, result = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if position & 1 or position == last:
            result = node_hash(sibling, result)
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        else:
            result = node_hash(result, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and result == root


def verify_consistency(
    *, old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """RFC 9162, section 2.1.4.2. False for anything malformed; never raises.

    An empty tree is the beginning of every tree; the proof of that is empty.
    """
    if not 0 <= old <= new or not _are_hashes(old_root, new_root, *proof):
        return False
    if old == new:
        return not proof and old_root == new_root
    if old == 0:
        return not proof
    hashes = list(proof)
    if old & (old - 1) == 0:
        hashes.insert(0, old_root)
    return bool(hashes) and _joins(old, new, hashes) == (old_root, new_root)


def _joins(old: int, new: int, hashes: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """Both roots as the proof makes them; None where it is too short or too long."""
    position, last = old - 1, new - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    old_root = new_root = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return None
        if position & 1 or position == last:
            old_root, new_root = node_hash(sibling, old_root), node_hash(sibling, new_root)
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        else:
            new_root = node_hash(new_root, sibling)
        position, last = position >> 1, last >> 1
    return (old_root, new_root) if last == 0 else None


def _split(size: int) -> int:
    """The largest power of two below `size`: where RFC 6962 cuts a tree in two."""
    return 1 << (size - 1).bit_length() - 1


def _are_hashes(*values: bytes) -> bool:
    return all(len(value) == HASH_BYTES for value in values)
