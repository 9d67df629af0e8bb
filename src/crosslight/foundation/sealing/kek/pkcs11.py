"""A hardware token (PKCS#11): needs the library `python-pkcs11` and the token's own module.

Keys are AES-256 objects on the token, labelled `crosslight-victim-1` and so on, not extractable,
that wrap and unwrap (mechanism CKM_AES_KEY_WRAP). The data key passes through the token as a
session object.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from crosslight.foundation.sealing.errors import KekUnusable
from crosslight.foundation.sealing.kek.wrapped import Wrapped
from crosslight.foundation.sealing.purposes import Purpose

_BITS = 256


class TokenKeys:
    def __init__(self, module: str, *, token: str, pin_file: Path) -> None:
        try:
            self._library = importlib.import_module("pkcs11")
        except ImportError as error:
            raise KekUnusable(
                "The library python-pkcs11 is not installed, and CROSSLIGHT_KEK is pkcs11.",
                remedy="Install it (pip install python-pkcs11) or choose another keeper of keys.",
            ) from error
        self._module = module
        self._token = token
        self._pin_file = pin_file

    def is_ready(self, *, purpose: Purpose) -> bool:
        with self._session() as session:
            return bool(self._generations(session, purpose))

    def newest(self, *, purpose: Purpose) -> str:
        with self._session() as session:
            return self._newest(session, purpose)

    def renew(self, *, purpose: Purpose) -> str:
        with self._session() as session:
            number = max(self._generations(session, purpose), default=0) + 1
            label = _label(purpose, number)
            attribute = self._library.Attribute
            session.generate_key(
                self._library.KeyType.AES,
                _BITS,
                label=label,
                store=True,
                template={
                    attribute.EXTRACTABLE: False,
                    attribute.WRAP: True,
                    attribute.UNWRAP: True,
                },
            )
            return f"pkcs11:{label}"

    def wrap(self, key: bytes, *, purpose: Purpose) -> Wrapped:
        library = self._library
        with self._session() as session:
            name = self._newest(session, purpose)
            passing = session.create_object(
                {
                    library.Attribute.CLASS: library.ObjectClass.SECRET_KEY,
                    library.Attribute.KEY_TYPE: library.KeyType.AES,
                    library.Attribute.VALUE: key,
                    library.Attribute.TOKEN: False,
                    library.Attribute.EXTRACTABLE: True,
                }
            )
            kek = self._kek(session, name)
            return Wrapped(
                name, bytes(kek.wrap_key(passing, mechanism=library.Mechanism.AES_KEY_WRAP))
            )

    def unwrap(self, wrapped: Wrapped, *, purpose: Purpose) -> bytes:  # noqa: ARG002  in the name
        library = self._library
        with self._session() as session:
            key = self._kek(session, wrapped.kek).unwrap_key(
                library.ObjectClass.SECRET_KEY,
                library.KeyType.AES,
                wrapped.data,
                mechanism=library.Mechanism.AES_KEY_WRAP,
                template={
                    library.Attribute.TOKEN: False,
                    library.Attribute.SENSITIVE: False,
                    library.Attribute.EXTRACTABLE: True,
                },
            )
            return bytes(key[library.Attribute.VALUE])

    def discard(self, kek: str, *, purpose: Purpose) -> None:  # noqa: ARG002  in the name
        with self._session() as session:
            self._kek(session, kek).destroy()

    def _newest(self, session: Any, purpose: Purpose) -> str:  # noqa: ANN401  untyped library
        generations = self._generations(session, purpose)
        if not generations:
            raise KekUnusable(f"The token holds no key for {purpose.value}.")
        return f"pkcs11:{_label(purpose, max(generations))}"

    def _generations(self, session: Any, purpose: Purpose) -> list[int]:  # noqa: ANN401
        attribute = self._library.Attribute
        found = session.get_objects({attribute.CLASS: self._library.ObjectClass.SECRET_KEY})
        start = _label(purpose, 0)[:-1]
        labels = [str(key.label) for key in found]
        return [
            int(label.removeprefix(start))
            for label in labels
            if label.startswith(start) and label.removeprefix(start).isdecimal()
        ]

    def _kek(self, session: Any, name: str) -> Any:  # noqa: ANN401
        return session.get_key(
            object_class=self._library.ObjectClass.SECRET_KEY,
            label=name.removeprefix("pkcs11:"),
        )

    @contextmanager
    def _session(self) -> Iterator[Any]:
        try:
            pin = self._pin_file.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise KekUnusable(f"The PIN file {self._pin_file} cannot be read.") from error
        try:
            token = self._library.lib(self._module).get_token(token_label=self._token)
            with token.open(user_pin=pin, rw=True) as session:
                yield session
        except self._library.PKCS11Error as error:
            raise KekUnusable(f"The token refused ({type(error).__name__}).") from error


def _label(purpose: Purpose, number: int) -> str:
    return f"crosslight-{purpose.value}-{number}"
