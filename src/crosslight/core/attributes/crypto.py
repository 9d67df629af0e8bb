"""Addresses of crypto-assets: which chain, and whether the checksum in the address holds.

Base58Check (Bitcoin, Litecoin, Dogecoin, TRON, XRP), Bech32 and Bech32m (BIP 173, BIP 350),
mixed-case Ethereum addresses (EIP-55).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256

from crosslight.core.attributes.keccak import keccak256

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_XRP58 = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_BECH32_CONSTANTS = frozenset({1, 0x2BC830A3})
_PAYLOAD = 25
_CHECK = 4
_HEX = 40


@dataclass(frozen=True, slots=True)
class _Shape:
    chain: str
    pattern: re.Pattern[str]


_SHAPES = (
    _Shape("ethereum", re.compile(r"0x[0-9a-fA-F]{40}")),
    _Shape("bitcoin", re.compile(r"(?i:bc1)[02-9ac-hj-np-zAC-HJ-NP-Z]{8,87}")),
    _Shape("litecoin", re.compile(r"(?i:ltc1)[02-9ac-hj-np-zAC-HJ-NP-Z]{8,86}")),
    _Shape("bitcoin", re.compile(r"[13][1-9A-HJ-NP-Za-km-z]{24,34}")),
    _Shape("tron", re.compile(r"T[1-9A-HJ-NP-Za-km-z]{33}")),
    _Shape("litecoin", re.compile(r"[LM][1-9A-HJ-NP-Za-km-z]{25,33}")),
    _Shape("dogecoin", re.compile(r"D[5-9A-HJ-NP-U][1-9A-HJ-NP-Za-km-z]{32}")),
    _Shape("xrp", re.compile(r"r[1-9A-HJ-NP-Za-km-z]{24,34}")),
)


def chain_of(text: str) -> str | None:
    """Chain whose addresses look like `text`."""
    return next((shape.chain for shape in _SHAPES if shape.pattern.fullmatch(text)), None)


def normalise(raw: str) -> str | None:
    """Address with the case that its kind ignores in lower case, or None."""
    text = raw.strip()
    chain = chain_of(text)
    if chain is None:
        return None
    return text.lower() if _ignores_case(text) else text


def _ignores_case(text: str) -> bool:
    return text.lower().startswith(("0x", "bc1", "ltc1"))


def is_sound(text: str) -> bool:
    """Whether the checksum holds; an Ethereum address in one case has none and is sound."""
    chain = chain_of(text)
    if chain is None:
        return False
    if chain == "ethereum":
        return _is_eip55(text[2:])
    if _ignores_case(text):
        return _is_bech32(text)
    return _is_base58check(text, _XRP58 if chain == "xrp" else _BASE58)


def _is_base58check(text: str, alphabet: str) -> bool:
    """Twenty-five bytes, of which the last four are the start of a double SHA-256."""
    number = 0
    for character in text:
        number = number * 58 + alphabet.index(character)
    if number.bit_length() > 8 * _PAYLOAD:
        return False
    content = number.to_bytes(_PAYLOAD, "big")
    # Each leading zero byte is one leading first letter of the alphabet, no more and no fewer.
    zeros = len(content) - len(content.lstrip(b"\0"))
    if zeros != len(text) - len(text.lstrip(alphabet[0])):
        return False
    return sha256(sha256(content[:-_CHECK]).digest()).digest()[:_CHECK] == content[-_CHECK:]


def _is_bech32(text: str) -> bool:
    if text not in {text.lower(), text.upper()}:
        return False
    prefix, _, data = text.lower().partition("1")
    values = [ord(character) >> 5 for character in prefix]
    values += [0, *(ord(character) & 31 for character in prefix)]
    values += [_BECH32.index(character) for character in data]
    return _polynomial(values) in _BECH32_CONSTANTS


def _polynomial(values: list[int]) -> int:
    total = 1
    for value in values:
        top = total >> 25
        total = (total & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(_GENERATORS):
            total ^= generator if top >> place & 1 else 0
    return total


def _is_eip55(digits: str) -> bool:
    if digits in {digits.lower(), digits.upper()}:
        return True
    signs = keccak256(digits.lower().encode()).hex()[:_HEX]
    return all(
        character.isdigit() or character.isupper() == (int(sign, 16) > 7)  # noqa: PLR2004
        for character, sign in zip(digits, signs, strict=True)
    )
