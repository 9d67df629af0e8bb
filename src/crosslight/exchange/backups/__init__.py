"""Backups of the data and, apart and short-lived, of the key store; and proof that one restores."""

from __future__ import annotations

from crosslight.exchange.backups.creating import create_backup
from crosslight.exchange.backups.errors import BackupFault, BackupUnusable
from crosslight.exchange.backups.keystore import back_up_keys, keys_in
from crosslight.exchange.backups.restoring import Restored, restore_test

__all__ = [
    "BackupFault",
    "BackupUnusable",
    "Restored",
    "back_up_keys",
    "create_backup",
    "keys_in",
    "restore_test",
]
