"""Custody of files: taken in, checked, looked into, sealed, released, given on, destroyed."""

from __future__ import annotations

from crosslight.custody.services.desk import (
    Opened,
    consult_package,
    list_packages,
    list_packages_of,
    release_package,
    restrict_package,
)
from crosslight.custody.services.destroying import destroy_packages
from crosslight.custody.services.handing_in import hand_in_packages, set_packages_aside
from crosslight.custody.services.opening_up import Leaving, export_package, reveal_object
from crosslight.custody.services.own import consult_own_package, list_own_packages
from crosslight.custody.services.senders import register_key
from crosslight.custody.services.uploading import (
    PIECE_BYTES,
    Home,
    Offer,
    announce,
    append,
    cancel_upload,
    receive_at_once,
)

__all__ = [
    "PIECE_BYTES",
    "Home",
    "Leaving",
    "Offer",
    "Opened",
    "announce",
    "append",
    "cancel_upload",
    "consult_own_package",
    "consult_package",
    "destroy_packages",
    "export_package",
    "hand_in_packages",
    "list_own_packages",
    "list_packages",
    "list_packages_of",
    "receive_at_once",
    "register_key",
    "release_package",
    "restrict_package",
    "reveal_object",
    "set_packages_aside",
]
