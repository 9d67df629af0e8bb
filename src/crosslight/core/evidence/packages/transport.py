"""A package on its way: encrypted to those who may open it, in the format age (age-encryption.org).

Whatever is read was sent by a stranger, so the header is measured before the library parses it: it
takes time that grows with the square of the header's length.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import BinaryIO

from pyrage import DecryptError, IdentityError, RecipientError, decrypt_io, encrypt_io
from pyrage.x25519 import Identity, Recipient

from crosslight.core.evidence.packages.faults import PackageFault, shown

SUFFIX = ".age"
# One key that is lost, or one person who leaves, must not close a package for good.
FEWEST_RECIPIENTS = 2
MOST_RECIPIENTS = 20
_PRIVATE = "AGE-SECRET-KEY-"
_VERSION = b"age-encryption.org/v1\n"
_MAC = re.compile(rb"--- [A-Za-z0-9+/]{43}\n")
_STANZA = re.compile(rb"-> [!-~]+(?: [!-~]+)*\n")
_BODY = re.compile(rb"[A-Za-z0-9+/]{0,64}\n")
# X25519, and what is added at random so that nobody relies on there being nothing else.
_KINDS = re.compile(rb"-> (?:X25519 [A-Za-z0-9+/]{43}|[!-~]*-grease(?: [!-~]+)*)\n")
_LONGEST_LINE = 256
_MOST_LINES = 4 * (MOST_RECIPIENTS + 1)


def new_identity() -> str:
    """A private key, to be kept; `recipient_of` is what may be handed out."""
    return str(Identity.generate())


def recipient_of(identity: str) -> str:
    return str(_identity(identity).to_public())


def read_identities(text: str) -> tuple[str, ...]:
    """As `age-keygen` writes them: one a line, beside comments and empty lines."""
    found = _lines(text)
    if not found:
        raise PackageFault("There is no identity in the file.")
    for each in found:
        _identity(each)
    return found


def read_recipients(text: str) -> tuple[str, ...]:
    """One a line, beside comments and empty lines, or a single one."""
    found = _lines(text)
    for each in found:
        _recipient(each)
    return found


def check_recipients(recipients: Sequence[str]) -> None:
    if not FEWEST_RECIPIENTS <= len(set(recipients)) == len(recipients) <= MOST_RECIPIENTS:
        raise PackageFault(
            f"A package is sealed to {FEWEST_RECIPIENTS} to {MOST_RECIPIENTS} recipients, each "
            "named once: one key alone may be lost."
        )
    for each in recipients:
        _recipient(each)


def seal(plain: BinaryIO, out: BinaryIO, *, recipients: Sequence[str]) -> None:
    check_recipients(recipients)
    encrypt_io(plain, out, [_recipient(each) for each in recipients])


def unseal(sealed: BinaryIO, out: BinaryIO, *, identities: Sequence[str]) -> None:
    """Decrypt from the beginning. Raises PackageFault, with a useless rest in `out`."""
    check_header(sealed)
    try:
        decrypt_io(sealed, out, [_identity(each) for each in identities])
    except DecryptError as error:
        raise PackageFault("It was not sealed to this identity.") from error
    except OSError as error:
        if error.errno is not None:
            raise
        raise PackageFault("Its encrypted content was changed or cut off.") from error


def check_header(sealed: BinaryIO) -> None:
    """A binary age file for at most so many recipients; `sealed` is at its beginning afterwards."""
    sealed.seek(0)
    if sealed.read(len(_VERSION)) != _VERSION:
        raise PackageFault("It is not encrypted in the binary format of age.")
    recipients = 0
    for _ in range(_MOST_LINES):
        line = sealed.readline(_LONGEST_LINE)
        if _MAC.fullmatch(line) and recipients:
            sealed.seek(0)
            return
        if _STANZA.fullmatch(line):
            recipients += 1
            if not _KINDS.fullmatch(line):
                raise PackageFault(f"It is sealed in another way than to keys: {shown(line)}.")
        elif not recipients or not _BODY.fullmatch(line):
            raise PackageFault("The header of the encrypted file does not have its form.")
    raise PackageFault("The header of the encrypted file is longer than its recipients need.")


def _lines(text: str) -> tuple[str, ...]:
    lines = (line.strip() for line in text.splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def _identity(text: str) -> Identity:
    try:
        return Identity.from_str(text)
    except IdentityError as error:
        raise PackageFault("This is not an age identity (AGE-SECRET-KEY-1…).") from error


def _recipient(text: str) -> Recipient:
    try:
        return Recipient.from_str(text)
    except RecipientError as error:
        if text.upper().startswith(_PRIVATE):
            raise PackageFault("This is a private key, not an age recipient (age1…).") from error
        raise PackageFault(f"{shown(text)} is not an age recipient (age1…).") from error
