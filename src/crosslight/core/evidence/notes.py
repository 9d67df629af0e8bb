"""Texts under signatures, and the keys that verify them: the C2SP format signed-note.

https://github.com/C2SP/C2SP/blob/main/signed-note.md. What is read has one spelling only: base64
is refused where it is not what encoding would have given.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

# The specification asks for 16 at least.
MOST_SIGNATURES = 64
ED25519_SIGNATURE_BYTES = 64
_ED25519_KEY_BYTES = 32
_KEY_ID_BYTES = 4
_DASH = "—"
# Lone surrogates stand for bytes that are no UTF-8.
_NAME = re.compile(r"[^\s+\ud800-\udfff]+")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


class NoteFault(ValueError):
    """A note, signature or key that does not hold; the message says why."""


class KeyKind(IntEnum):
    """The signature types of signed-note that are read here."""

    LEDGER = 0x01
    WITNESS = 0x04


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """The public half of a key under its name, as `name+id+key` (signed-note, vkey)."""

    name: str
    public: bytes
    kind: KeyKind = KeyKind.LEDGER

    @property
    def id(self) -> bytes:
        digest = hashlib.sha256(self.name.encode() + b"\n" + self._material).digest()
        return digest[:_KEY_ID_BYTES]

    @property
    def _material(self) -> bytes:
        return bytes([self.kind]) + self.public

    def to_text(self) -> str:
        return f"{self.name}+{self.id.hex()}+{to_base64(self._material)}"

    def verify(self, signature: bytes, message: bytes) -> None:
        """Raises NoteFault where `signature` is not this key's Ed25519 signature of `message`."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature as error:
            raise NoteFault(
                f"The signature of {self.name} does not belong to this text."
            ) from error

    @classmethod
    def from_text(cls, text: str) -> VerifierKey:
        parts = text.split("+", 2)
        if len(parts) != 3 or not is_key_name(parts[0]):  # noqa: PLR2004  name, id, key
            raise NoteFault("A verifier key reads name+id+key.")
        material = from_base64(parts[2])
        kinds = {bytes([kind]): kind for kind in KeyKind}
        kind = kinds.get(material[:1])
        if kind is None or len(material) != 1 + _ED25519_KEY_BYTES:
            raise NoteFault("The verifier key is not an Ed25519 key of a ledger or a witness.")
        key = cls(parts[0], material[1:], kind)
        if key.to_text() != text:
            raise NoteFault("The verifier key does not match its own id.")
        return key


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line; `blob` is what follows the key's id."""

    name: str
    key_id: bytes
    blob: bytes

    def to_line(self) -> str:
        return f"{_DASH} {self.name} {to_base64(self.key_id + self.blob)}\n"

    @classmethod
    def from_line(cls, line: str) -> Signature:
        """From a line without its end."""
        dash, _, rest = line.partition(" ")
        name, _, encoded = rest.partition(" ")
        if dash != _DASH or not is_key_name(name):
            raise NoteFault("A signature line reads: dash, name, signature.")
        data = from_base64(encoded)
        if len(data) <= _KEY_ID_BYTES:
            raise NoteFault(f"The signature line of {name} holds no signature.")
        return cls(name, data[:_KEY_ID_BYTES], data[_KEY_ID_BYTES:])


@dataclass(frozen=True, slots=True)
class Note:
    """`text` ends in a newline; nothing in it is to be believed before a signature was verified."""

    text: str
    signatures: tuple[Signature, ...]

    def to_text(self) -> str:
        return "\n".join([self.text, "".join(line.to_line() for line in self.signatures)])

    @classmethod
    def from_text(cls, text: str) -> Note:
        body, separator, lines = text.rpartition("\n\n")
        if not separator or not lines.endswith("\n"):
            raise NoteFault("A note is a text, an empty line and lines with signatures.")
        if _CONTROL.search(text):
            raise NoteFault("A note holds no control characters.")
        return cls(f"{body}\n", _signatures(lines.split("\n")[:-1]))

    def of(self, key: VerifierKey) -> tuple[Signature, ...]:
        """The lines that claim to be of `key`. Those of unknown keys are ignored."""
        return tuple(
            line for line in self.signatures if (line.name, line.key_id) == (key.name, key.id)
        )

    def names(self, name: str) -> bool:
        return any(line.name == name for line in self.signatures)


def _signatures(lines: Sequence[str]) -> tuple[Signature, ...]:
    if len(lines) > MOST_SIGNATURES:
        raise NoteFault(f"A note has at most {MOST_SIGNATURES} signatures here.")
    return tuple(map(Signature.from_line, lines))


def verifier_key(
    *, name: str, key: Ed25519PrivateKey, kind: KeyKind = KeyKind.LEDGER
) -> VerifierKey:
    return VerifierKey(name, key.public_key().public_bytes_raw(), kind)


def is_key_name(text: str) -> bool:
    """Not empty, without spaces of any script and without a plus."""
    return bool(_NAME.fullmatch(text)) and not _CONTROL.search(text)


def to_base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def from_base64(text: str) -> bytes:
    """Only the one spelling that encoding gives: the last character has spare bits."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoteFault("This is not base64.") from error
    if to_base64(data) != text:
        raise NoteFault("This is not base64 in its one canonical spelling.")
    return data
