"""What a witness adds to a checkpoint: the C2SP format cosignature/v1 with Ed25519.

https://github.com/C2SP/C2SP/blob/main/tlog-cosignature.md. A cosignature says: at this time, this
was the largest state of the ledger that I had seen, and it continued all that I saw before.
"""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crosslight.core.evidence.notes import (
    ED25519_SIGNATURE_BYTES,
    KeyKind,
    Note,
    NoteFault,
    Signature,
    VerifierKey,
    verifier_key,
)

_TIME_BYTES = 8
_LATEST = 2**63 - 1


def cosign(text: str, *, name: str, key: Ed25519PrivateKey, seconds: int) -> Signature:
    """`text` is the checkpoint without signatures; `seconds` the time since 1970."""
    if not 0 < seconds <= _LATEST:
        raise ValueError("A cosignature needs a time after 1970.")
    key_id = verifier_key(name=name, key=key, kind=KeyKind.WITNESS).id
    signature = key.sign(_message(text, seconds))
    return Signature(name, key_id, seconds.to_bytes(_TIME_BYTES, "big") + signature)


def cosigned_at(note: Note, *, key: VerifierKey) -> int | None:
    """When the witness last cosigned, in seconds since 1970; None where it did not.

    Raises NoteFault for a line in the name of `key` that is false.
    """
    if key.kind is not KeyKind.WITNESS:
        raise NoteFault(f"The key of {key.name} is not the key of a witness.")
    times = [_time(line, note.text, key=key) for line in note.of(key)]
    return max(times, default=None)


def _time(line: Signature, text: str, *, key: VerifierKey) -> int:
    if len(line.blob) != _TIME_BYTES + ED25519_SIGNATURE_BYTES:
        raise NoteFault(f"The cosignature of {line.name} has the wrong length.")
    seconds = int.from_bytes(line.blob[:_TIME_BYTES], "big")
    if not 0 < seconds <= _LATEST:
        raise NoteFault(f"The cosignature of {line.name} bears no possible time.")
    key.verify(line.blob[_TIME_BYTES:], _message(text, seconds))
    return seconds


def _message(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()
