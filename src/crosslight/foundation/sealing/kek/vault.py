"""HashiCorp Vault or OpenBao: the transit engine wraps, and the key never leaves the server.

Set up once: `vault secrets enable transit`; for each purpose
`vault write -f transit/keys/crosslight-contribution type=aes256-gcm96`, and a policy that lets the
token encrypt, decrypt and rotate those keys. Four plain requests need no library.
"""

from __future__ import annotations

import base64
import json
import urllib.error
import urllib.request
from pathlib import Path

from crosslight.foundation.sealing.errors import KekUnusable
from crosslight.foundation.sealing.kek.wrapped import Wrapped
from crosslight.foundation.sealing.purposes import Purpose

_SECONDS = 10
_NOT_FOUND = 404


class VaultKeys:
    def __init__(self, url: str, *, token_file: Path) -> None:
        if not url.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
            raise KekUnusable("CROSSLIGHT_VAULT_URL must begin with https://.")
        self._url = url.rstrip("/")
        self._token_file = token_file

    def is_ready(self, *, purpose: Purpose) -> bool:
        return self._ask("GET", f"keys/{_key(purpose)}") is not None

    def newest(self, *, purpose: Purpose) -> str:
        found = self._asked("GET", f"keys/{_key(purpose)}")
        return f"vault:{found.get('latest_version')}"

    def renew(self, *, purpose: Purpose) -> str:
        if self.is_ready(purpose=purpose):
            self._ask("POST", f"keys/{_key(purpose)}/rotate", {})
        else:
            self._ask("POST", f"keys/{_key(purpose)}", {"type": "aes256-gcm96"})
        return self.newest(purpose=purpose)

    def wrap(self, key: bytes, *, purpose: Purpose) -> Wrapped:
        plain = base64.b64encode(key).decode("ascii")
        found = self._asked("POST", f"encrypt/{_key(purpose)}", {"plaintext": plain})
        text = str(found.get("ciphertext", ""))
        return Wrapped(f"vault:{_version_of(text)}", text.encode("ascii"))

    def unwrap(self, wrapped: Wrapped, *, purpose: Purpose) -> bytes:
        text = wrapped.data.decode("ascii", "replace")
        found = self._asked("POST", f"decrypt/{_key(purpose)}", {"ciphertext": text})
        try:
            return base64.b64decode(str(found["plaintext"]), validate=True)
        except (KeyError, ValueError) as error:
            raise KekUnusable("The Vault answered without a key.") from error

    def discard(self, kek: str, *, purpose: Purpose) -> None:
        """Vault forgets old generations below a least version; `kek` is the last one to go."""
        least = int(_version_of(kek)) + 1
        self._ask("POST", f"keys/{_key(purpose)}/config", {"min_decryption_version": least})

    def _asked(self, method: str, path: str, body: object = None) -> dict[str, object]:
        found = self._ask(method, path, body)
        if found is None:
            raise KekUnusable("The Vault has no such key.")
        return found

    def _ask(self, method: str, path: str, body: object = None) -> dict[str, object] | None:
        """The `data` of the answer; None where there is no such key."""
        request = urllib.request.Request(  # noqa: S310  the scheme was checked
            f"{self._url}/v1/transit/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"X-Vault-Token": self._token(), "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
                text = answer.read()
        except urllib.error.HTTPError as error:
            if error.code == _NOT_FOUND:
                return None
            raise KekUnusable(f"The Vault refused ({error.code}).") from error
        except OSError as error:
            raise KekUnusable("The Vault cannot be reached.") from error
        return _data_of(text)

    def _token(self) -> str:
        try:
            return self._token_file.read_text("ascii").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise KekUnusable(f"The token file {self._token_file} cannot be read.") from error


def _key(purpose: Purpose) -> str:
    return f"crosslight-{purpose.value}"


def _version_of(text: str) -> str:
    """`vault:v3:…` and `vault:3` are both generation 3."""
    version = text.split(":")[1].removeprefix("v") if text.startswith("vault:") else ""
    if not version.isdecimal():
        raise KekUnusable("The Vault answered with something else than a wrapped key.")
    return version


def _data_of(text: bytes) -> dict[str, object]:
    if not text:
        return {}
    try:
        data = json.loads(text).get("data")
    except (ValueError, AttributeError) as error:
        raise KekUnusable("The Vault answered with something else than JSON.") from error
    return data if isinstance(data, dict) else {}
