"""What travels with a piece of a file, as tus 1.0 spells it: the same at every door."""

from __future__ import annotations

import base64
import binascii

from crosslight.custody.errors import PieceDamaged


def read_offset(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise PieceDamaged("It is not said where the piece begins.")
    return int(text)


def read_checksum(text: str) -> str:
    """`sha256 BASE64`, as hexadecimal; empty where none was sent."""
    if not text:
        return ""
    name, _, value = text.partition(" ")
    try:
        digest = base64.b64decode(value, validate=True)
    except (ValueError, binascii.Error) as error:
        raise PieceDamaged("Its checksum is not base64.") from error
    if name != "sha256":
        raise PieceDamaged("Its checksum is not a SHA-256.")
    return digest.hex()
