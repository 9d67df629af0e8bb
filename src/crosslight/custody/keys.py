"""The deployment's two intake keys: one signs custody statements, the other opens what is sent.

Both are files beside the ledger's key, made on first need and never made again: without the
signing key the chain of custody goes on under another name, and without the opening one packages
that are on their way cannot be read.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from pyrage import x25519

from crosslight.core.evidence.packages.custody import fingerprint
from crosslight.foundation.key_files import create_key, create_secret, read_key


def signing_key() -> Ed25519PrivateKey:
    path = Path(settings.INTAKE_SIGNING_KEY_FILE)
    if not path.exists():
        create_key(path)
    return _signing_key(path, path.stat().st_mtime_ns)


def platform_name() -> str:
    """The pseudonym under which the deployment itself makes statements: its key's fingerprint."""
    return fingerprint(signing_key().public_key().public_bytes_raw())


def opening_identity() -> str:
    """The age identity, as text. Whoever has it reads every package on its way."""
    path = Path(settings.INTAKE_AGE_FILE)
    if not path.exists():
        create_secret(path, f"{x25519.Identity.generate()}\n".encode("ascii"))
    return path.read_text("ascii").strip()


def recipient() -> str:
    """What contributors encrypt to: `age1…`."""
    return str(x25519.Identity.from_str(opening_identity()).to_public())


@lru_cache(maxsize=4)
def _signing_key(path: Path, changed_ns: int) -> Ed25519PrivateKey:  # noqa: ARG001  keys the cache
    return read_key(path)
