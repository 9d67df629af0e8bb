"""Keccak-256 as Ethereum uses it: SHA-3 before its padding was changed (hashlib has only SHA-3)."""

from __future__ import annotations

_RATE = 136
_SIZE = 32
_LANE = (1 << 64) - 1
_ROUNDS = 24


def keccak256(message: bytes) -> bytes:
    padded = bytearray(message + b"\x01" + b"\0" * (-(len(message) + 1) % _RATE))
    padded[-1] |= 0x80
    state = [0] * 25
    for start in range(0, len(padded), _RATE):
        for lane in range(_RATE // 8):
            offset = start + 8 * lane
            state[lane] ^= int.from_bytes(padded[offset : offset + 8], "little")
        state = _permuted(state)
    return b"".join(lane.to_bytes(8, "little") for lane in state)[:_SIZE]


def _permuted(state: list[int]) -> list[int]:
    """Keccak-f[1600] (FIPS 202, 3.3); lane (x, y) stands at x + 5 y."""
    register = 1
    for _ in range(_ROUNDS):
        state = _chi(_rho_and_pi(_theta(state)))
        # The round constants come from a linear feedback register (FIPS 202, algorithm 5).
        for exponent in range(7):
            if register & 1:
                state[0] ^= 1 << ((1 << exponent) - 1)
            register = register << 1 ^ (0x171 if register >> 7 else 0)
    return state


def _rotated(lane: int, by: int) -> int:
    return (lane << by | lane >> (64 - by)) & _LANE if by else lane


def _theta(state: list[int]) -> list[int]:
    columns = [
        state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20] for x in range(5)
    ]
    mixed = [columns[(x - 1) % 5] ^ _rotated(columns[(x + 1) % 5], 1) for x in range(5)]
    return [lane ^ mixed[place % 5] for place, lane in enumerate(state)]


def _rho_and_pi(state: list[int]) -> list[int]:
    moved = list(state)
    x, y = 1, 0
    for step in range(24):
        target = y + 5 * ((2 * x + 3 * y) % 5)
        moved[target] = _rotated(state[x + 5 * y], (step + 1) * (step + 2) // 2 % 64)
        x, y = y, (2 * x + 3 * y) % 5
    return moved


def _chi(state: list[int]) -> list[int]:
    return [
        lane ^ (~state[_beside(place, 1)] & state[_beside(place, 2)])
        for place, lane in enumerate(state)
    ]


def _beside(place: int, by: int) -> int:
    return place - place % 5 + (place % 5 + by) % 5
