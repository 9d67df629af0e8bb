from __future__ import annotations

import base64
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from crosslight.core.evidence import canonical
from crosslight.core.evidence.packages import layout
from crosslight.core.evidence.packages.custody import (
    Step,
    fingerprint,
    open_statement,
    pae,
    read_chain,
    sign,
)
from crosslight.core.evidence.packages.faults import PackageFault
from tests.core.evidence.packages.forgeries import BAD_CHAINS, BAD_STATEMENTS, FILES, FIRST
from tests.core.evidence.packages.making import (
    CAPTURE,
    CONTRIBUTOR,
    INTAKE,
    PACKAGE,
    files_of,
    fingerprint_of,
    received,
)


def chain(*files: tuple[str, bytes]):
    return read_chain(list(files), package=PACKAGE, tag_manifest=FILES[layout.TAG_MANIFEST])


def test_the_signed_bytes_are_those_of_dsse():
    assert pae(b"{}") == b"DSSEv1 28 application/vnd.in-toto+json 2 {}"


def test_a_statement_comes_back_as_it_was_signed():
    full = replace(FIRST, note_code="from_export", result="clean")
    for each in (FIRST, full):
        signed = open_statement(sign(each, key=CONTRIBUTOR), name="x")
        assert signed.statement == each
        assert signed.fingerprint == fingerprint_of(CONTRIBUTOR)


def test_the_fingerprint_is_half_of_the_hash_of_the_raw_key():
    assert fingerprint(b"") == "sha256:e3b0c44298fc1c149afbf4c8996fb924"


def test_openssl_agrees_with_the_signature(tmp_path: Path):
    envelope = canonical.decode(FILES[CAPTURE])
    (tmp_path / "pae").write_bytes(pae(base64.b64decode(envelope["payload"])))
    (tmp_path / "sig").write_bytes(base64.b64decode(envelope["signatures"][0]["sig"]))
    (tmp_path / "key").write_bytes(
        CONTRIBUTOR.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )
    done = subprocess.run(
        [
            "openssl",
            "pkeyutl",
            "-verify",
            "-pubin",
            "-inkey",
            "key",
            "-rawin",
            "-in",
            "pae",
            "-sigfile",
            "sig",
        ],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_a_chain_is_read_in_order():
    files = files_of(received())
    assert [each.statement.step for each in chain(*((n, files[n]) for n in (CAPTURE, INTAKE)))] == [
        Step.CAPTURE,
        Step.INTAKE,
    ]


@pytest.mark.parametrize(("files", "word"), BAD_CHAINS)
def test_a_chain_that_does_not_hang_together_is_refused(files, word: str):
    with pytest.raises(PackageFault, match=word):
        chain(*files)


@pytest.mark.parametrize(("data", "word"), BAD_STATEMENTS)
def test_a_statement_in_another_form_is_refused(data: bytes, word: str):
    with pytest.raises(PackageFault, match=word):
        open_statement(data, name="0001")
