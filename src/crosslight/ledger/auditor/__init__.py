"""What lies in every export for whoever checks it without Crosslight: a page and a script."""

from __future__ import annotations

import json
from importlib.resources import files

from crosslight.core.evidence.acts import Act
from crosslight.core.evidence.export import README, SCRIPT

_FOLDER = files(__name__)


def page() -> bytes:
    return (_FOLDER / README).read_bytes()


def script() -> bytes:
    """Checks an export with sha256sum, openssl and jq; it knows the acts of this release."""
    acts = json.dumps({act.value: act.classification.value for act in Act}, sort_keys=True)
    return (_FOLDER / SCRIPT).read_bytes().replace(b"@ACTS@", acts.encode())


def page_of_proofs() -> bytes:
    """For a folder that proves some entries instead of holding the whole ledger."""
    return (_FOLDER / "PROOFS.txt").read_bytes()


def script_of_proofs() -> bytes:
    """Checks such a folder, or one receipt."""
    return (_FOLDER / "verify-proofs.sh").read_bytes()
