"""Vault and PKCS#11 behind the same protocol.

Neither is at hand here. The Vault is a small server of ours that answers the four requests of the
transit engine as its documentation describes them; the token is a module of ours with the names of
python-pkcs11 that are used. They hold our side of the conversation, not that of a real one.
"""

from __future__ import annotations

import base64
import json
import secrets
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap, aes_key_wrap

from crosslight.foundation.sealing.errors import KekUnusable
from crosslight.foundation.sealing.kek import Wrapped
from crosslight.foundation.sealing.kek.pkcs11 import TokenKeys
from crosslight.foundation.sealing.kek.vault import VaultKeys
from crosslight.foundation.sealing.purposes import Purpose

KEY = bytes(range(32))
V, C = Purpose.VICTIM, Purpose.CONTRIBUTION


class StandInVault(BaseHTTPRequestHandler):
    keys: dict[str, list[bytes]]

    def do_GET(self) -> None:
        name = self.path.rpartition("/")[2]
        held = self.keys.get(name)
        self._answer(200 if held else 404, {"latest_version": len(held or ())})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.headers["X-Vault-Token"] != "right":
            self._answer(403, {})
            return
        verb, _, rest = self.path.removeprefix("/v1/transit/").partition("/")
        getattr(self, f"_{verb}")(rest, body)

    def _keys(self, rest: str, _body: object) -> None:
        name = rest.partition("/")[0]
        if not rest.endswith("/config"):
            self.keys.setdefault(name, []).append(secrets.token_bytes(32))
        self._answer(200, {})

    def _encrypt(self, name: str, body: dict[str, str]) -> None:
        held = self.keys[name]
        sealed = aes_key_wrap(held[-1], base64.b64decode(body["plaintext"]))
        text = f"vault:v{len(held)}:{base64.b64encode(sealed).decode()}"
        self._answer(200, {"ciphertext": text})

    def _decrypt(self, name: str, body: dict[str, str]) -> None:
        _, version, sealed = body["ciphertext"].split(":")
        key = self.keys[name][int(version[1:]) - 1]
        plain = aes_key_unwrap(key, base64.b64decode(sealed))
        self._answer(200, {"plaintext": base64.b64encode(plain).decode()})

    def _answer(self, status: int, data: dict[str, object]) -> None:
        text = json.dumps({"data": data}).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    handler = type("Handler", (StandInVault,), {"keys": {}})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def token(folder: Path, text: str = "right") -> Path:
    path = folder / f"token-{text}"
    path.write_text(f"{text}\n", "ascii")
    return path


def holds_the_protocol(keeper) -> None:
    assert not keeper.is_ready(purpose=V)
    first = keeper.renew(purpose=V)
    assert keeper.is_ready(purpose=V)
    assert not keeper.is_ready(purpose=C)
    wrapped = keeper.wrap(KEY, purpose=V)
    assert wrapped.kek == first == keeper.newest(purpose=V)
    assert KEY not in wrapped.data
    second = keeper.renew(purpose=V)
    assert second != first
    assert keeper.wrap(KEY, purpose=V).kek == second
    assert keeper.unwrap(wrapped, purpose=V) == KEY
    keeper.discard(first, purpose=V)


def test_a_vault_wraps_renews_and_opens_old_ones(address: str, tmp_path: Path) -> None:
    holds_the_protocol(VaultKeys(address, token_file=token(tmp_path)))


def test_a_vault_that_refuses_or_is_away_opens_nothing(address: str, tmp_path: Path) -> None:
    VaultKeys(address, token_file=token(tmp_path)).renew(purpose=V)
    with pytest.raises(KekUnusable, match="403"):
        VaultKeys(address, token_file=token(tmp_path, "wrong")).wrap(KEY, purpose=V)
    with pytest.raises(KekUnusable, match="reached"):
        VaultKeys("http://127.0.0.1:9", token_file=token(tmp_path)).wrap(KEY, purpose=V)
    with pytest.raises(KekUnusable, match="no such key"):
        VaultKeys(address, token_file=token(tmp_path)).newest(purpose=C)
    with pytest.raises(KekUnusable, match="token file"):
        VaultKeys(address, token_file=tmp_path / "none").is_ready(purpose=V)
    with pytest.raises(KekUnusable, match="https"):
        VaultKeys("http://vault.example.org", token_file=token(tmp_path))
    with pytest.raises(KekUnusable):
        VaultKeys(address, token_file=token(tmp_path)).discard("file:1:abc", purpose=V)


class StandInKey:
    def __init__(self, held: dict[str, StandInKey], label: str, value: bytes) -> None:
        self.held, self.label, self.value = held, label, value

    def wrap_key(self, other: StandInKey, *, mechanism: str) -> bytes:
        assert mechanism == "AES_KEY_WRAP"
        return aes_key_wrap(self.value, other.value)

    def unwrap_key(self, _class, _type, data: bytes, *, mechanism: str, template) -> StandInKey:
        assert mechanism == "AES_KEY_WRAP"
        assert template["TOKEN"] is False
        return StandInKey({}, "", aes_key_unwrap(self.value, data))

    def __getitem__(self, name: str) -> bytes:
        assert name == "VALUE"
        return self.value

    def destroy(self) -> None:
        del self.held[self.label]


class StandInToken:
    def __init__(self) -> None:
        self.held: dict[str, StandInKey] = {}

    @contextmanager
    def open(self, *, user_pin: str, rw: bool) -> Iterator[StandInToken]:
        if user_pin != "right":
            raise PinIncorrect
        assert rw
        yield self

    def generate_key(self, _type: str, bits: int, *, label: str, store: bool, template) -> None:
        assert store
        assert template["EXTRACTABLE"] is False
        self.held[label] = StandInKey(self.held, label, secrets.token_bytes(bits // 8))

    def create_object(self, template) -> StandInKey:
        assert template["TOKEN"] is False
        return StandInKey({}, "", template["VALUE"])

    def get_objects(self, _template) -> list[StandInKey]:
        return list(self.held.values())

    def get_key(self, *, object_class: str, label: str) -> StandInKey:
        assert object_class == "SECRET_KEY"
        if label not in self.held:
            raise NoSuchKey
        return self.held[label]


class StandInError(Exception):
    pass


class PinIncorrect(StandInError):
    pass


class NoSuchKey(StandInError):
    pass


class Names:
    def __getattr__(self, name: str) -> str:
        return name


@pytest.fixture
def library(monkeypatch) -> ModuleType:
    module = ModuleType("pkcs11")
    device = StandInToken()
    module.Attribute = module.ObjectClass = module.KeyType = module.Mechanism = Names()
    module.PKCS11Error = StandInError
    module.lib = lambda _path: SimpleNamespace(get_token=lambda *, token_label: device)
    monkeypatch.setitem(sys.modules, "pkcs11", module)
    return module


def test_a_token_wraps_renews_and_opens_old_ones(library, tmp_path: Path) -> None:
    holds_the_protocol(TokenKeys("/module.so", token="crosslight", pin_file=token(tmp_path)))


def test_a_token_that_refuses_opens_nothing(library, tmp_path: Path) -> None:
    keeper = TokenKeys("/module.so", token="crosslight", pin_file=token(tmp_path))
    with pytest.raises(KekUnusable, match="no key"):
        keeper.wrap(KEY, purpose=V)
    with pytest.raises(KekUnusable, match="NoSuchKey"):
        keeper.unwrap(Wrapped("pkcs11:crosslight-victim-9", b"x"), purpose=V)
    wrong = TokenKeys("/module.so", token="crosslight", pin_file=token(tmp_path, "wrong"))
    with pytest.raises(KekUnusable, match="PinIncorrect"):
        wrong.is_ready(purpose=V)


def test_without_its_library_the_token_says_what_to_install(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pkcs11", None)
    with pytest.raises(KekUnusable) as told:
        TokenKeys("/module.so", token="crosslight", pin_file=token(tmp_path))
    assert "python-pkcs11" in told.value.as_text()
