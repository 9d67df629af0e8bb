"""Who holds the key-encryption keys: a file, a hardware token or a Vault server, by setting."""

from __future__ import annotations

from typing import Protocol

from django.conf import settings

from crosslight.foundation.sealing.errors import KekUnusable
from crosslight.foundation.sealing.kek.wrapped import Wrapped
from crosslight.foundation.sealing.purposes import Purpose

__all__ = ["KeyEncryption", "Wrapped", "key_encryption"]


class KeyEncryption(Protocol):
    """Wraps and unwraps data keys; each purpose has its own key, each key its generations."""

    def is_ready(self, *, purpose: Purpose) -> bool:
        """Whether there is a key for this purpose."""

    def newest(self, *, purpose: Purpose) -> str:
        """The name of the generation that wraps now."""

    def renew(self, *, purpose: Purpose) -> str:
        """Make the next generation, the first one where there is none, and return its name."""

    def wrap(self, key: bytes, *, purpose: Purpose) -> Wrapped:
        """Under the newest generation."""

    def unwrap(self, wrapped: Wrapped, *, purpose: Purpose) -> bytes:
        """Under the generation that `wrapped` names. Raises KekUnusable."""

    def discard(self, kek: str, *, purpose: Purpose) -> None:
        """Delete an old generation; what is still wrapped under it is lost."""


def key_encryption() -> KeyEncryption:
    """As CROSSLIGHT_KEK says; a library is imported only for the one that needs it."""
    options = settings.KEY_ENCRYPTION
    if options.provider == "file":
        from crosslight.foundation.sealing.kek.files import FileKeys

        return FileKeys(options.folder)
    if options.provider == "vault":
        from crosslight.foundation.sealing.kek.vault import VaultKeys

        return VaultKeys(options.vault_url, token_file=options.vault_token_file)
    if options.provider == "pkcs11":
        from crosslight.foundation.sealing.kek.pkcs11 import TokenKeys

        return TokenKeys(
            options.pkcs11_module, token=options.pkcs11_token, pin_file=options.pkcs11_pin_file
        )
    raise KekUnusable(f"There is no keeper of keys named {options.provider}.")
