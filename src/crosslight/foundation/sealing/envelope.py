"""How a value looks when it is sealed: `0x01 | key id (16) | nonce (12) | ciphertext and tag`.

The additional data names the place of the value (`table|column|row|key id`), so that a sealed
value opens only where it was put.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from crosslight.foundation.sealing.errors import SealBroken

VERSION = b"\x01"
KEY_ID_BYTES = 16
KEY_BYTES = 32
_NONCE_BYTES = 12
_TAG_BYTES = 16
_HEAD = len(VERSION) + KEY_ID_BYTES
_SHORTEST = _HEAD + _NONCE_BYTES + _TAG_BYTES


@dataclass(frozen=True, slots=True, repr=False)
class DataKey:
    """`id` is 16 bytes, `key` 32; never shown."""

    id: bytes
    key: bytes


def key_id_of(value: bytes) -> bytes:
    if len(value) < _SHORTEST or not value.startswith(VERSION):
        raise SealBroken
    return value[len(VERSION) : _HEAD]


def seal(plain: bytes, *, key: DataKey, place: str) -> bytes:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    text = AESGCM(key.key).encrypt(nonce, plain, _bound(place, key.id))
    return VERSION + key.id + nonce + text


def unseal(value: bytes, *, key: DataKey, place: str) -> bytes:
    """Raises SealBroken for a changed value, another place or another key."""
    if key_id_of(value) != key.id:
        raise SealBroken
    nonce, text = value[_HEAD : _HEAD + _NONCE_BYTES], value[_HEAD + _NONCE_BYTES :]
    try:
        return AESGCM(key.key).decrypt(nonce, text, _bound(place, key.id))
    except InvalidTag as error:
        raise SealBroken from error


def _bound(place: str, key_id: bytes) -> bytes:
    return f"{place}|{key_id.hex()}".encode()
