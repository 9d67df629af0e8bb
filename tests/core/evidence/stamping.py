"""A time-stamp authority of one's own, made by openssl: a root, and a certificate that stamps.

No `certs =` line in its settings: OpenSSL would write leaf and root in an order that is not DER.
"""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

POLICY = "1.3.6.1.4.1.32473.1"
OTHER_POLICY = "1.3.6.1.4.1.32473.2"
_SETTINGS = f"""
[tsa]
default_tsa = authority
[authority]
serial = serial
crypto_device = builtin
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = {POLICY}
other_policies = {OTHER_POLICY}
digests = sha256, sha384, sha512
accuracy = secs:1
ordering = no
tsa_name = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""
_EXTENSIONS = "extendedKeyUsage=critical,timeStamping\nbasicConstraints=critical,CA:FALSE\n"
_ROOT = ("-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign")

needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is missing")


@dataclass(frozen=True)
class LocalAuthority:
    folder: Path

    @classmethod
    def made_in(
        cls, folder: Path, *, extensions: str = _EXTENSIONS, days: int = 365
    ) -> LocalAuthority:
        folder.mkdir(parents=True)
        made = cls(folder)
        (folder / "tsa.cnf").write_text(_SETTINGS, "utf-8")
        (folder / "extensions").write_text(extensions, "utf-8")
        (folder / "serial").write_text("01\n", "utf-8")
        made.openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "root.key")
        made.openssl(
            *("req", "-x509", "-new", "-key", "root.key", "-subj", "/CN=Example root"),
            *("-days", "3650", "-out", "root.pem", *_ROOT),
        )
        made.openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "tsa.key")
        made.openssl("req", "-new", "-key", "tsa.key", "-subj", "/CN=Example TSA", "-out", "csr")
        made.openssl(
            *("x509", "-req", "-in", "csr", "-CA", "root.pem", "-CAkey", "root.key"),
            *("-CAcreateserial", "-days", str(days), "-extfile", "extensions", "-out", "tsa.pem"),
        )
        return made

    @property
    def root(self) -> Path:
        return self.folder / "root.pem"

    def openssl(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)

    def answer(self, request: bytes, *more: str) -> bytes:
        (self.folder / "request").write_bytes(request)
        self.openssl(
            *("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "request", "-out", "response"),
            *more,
        )
        return (self.folder / "response").read_bytes()


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> LocalAuthority:
    return LocalAuthority.made_in(tmp_path_factory.mktemp("tsa") / "authority")


@pytest.fixture(scope="session")
def other_authority(tmp_path_factory: pytest.TempPathFactory) -> LocalAuthority:
    return LocalAuthority.made_in(tmp_path_factory.mktemp("tsa") / "other")
