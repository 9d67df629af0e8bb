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
from tests.core.evidence.packages.making import (
    CAPTURE,
    CONTRIBUTOR,
    INTAKE,
    OTHER_PACKAGE,
    PACKAGE,
    PLATFORM,
    STRANGER,
    files_of,
    fingerprint_of,
    received,
    sound,
    statement,
)

FILES = files_of(sound())
FIRST = statement(FILES, Step.CAPTURE, after=None)


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


def first(**changes) -> tuple[str, bytes]:
    made = replace(FIRST, **changes)
    return layout.statement_path(1, step=made.step), sign(made, key=CONTRIBUTOR)


def second(step: Step = Step.INTAKE, *, number: int = 2, **changes) -> tuple[str, bytes]:
    made = replace(statement(FILES, step, after=CAPTURE, hours=1), **changes)
    return layout.statement_path(number, step=step), sign(made, key=PLATFORM)


@pytest.mark.parametrize(
    ("files", "word"),
    [
        ((), "nobody signed"),
        ((first(subject="0" * 64),), "other content"),
        ((first(package=OTHER_PACKAGE),), "another package"),
        ((first(previous="0" * 64),), "does not follow"),
        ((first(step=Step.INTAKE),), "comes first"),
        ((first(), second(previous=None)), "does not follow"),
        ((first(), second(previous="1" * 64)), "does not follow"),
        ((first(), second(number=3)), "not statement 2"),
        ((first(), second(time=FIRST.time.replace(year=2025))), "older"),
        ((first(), second(step=Step.RECEIVE)), "comes first"),
        ((("signatures/0001-receive.dsse.json", first()[1]),), "not statement 1, capture"),
        ((second(), first()), "not statement 1"),
    ],
)
def test_a_chain_that_does_not_hang_together_is_refused(files, word: str):
    with pytest.raises(PackageFault, match=word):
        chain(*files)


ENVELOPE = canonical.decode(FILES[CAPTURE])
PAYLOAD = canonical.decode(base64.b64decode(ENVELOPE["payload"]))
SIGNATURE = ENVELOPE["signatures"][0]


def enveloped(**changes) -> bytes:
    return canonical.encode(ENVELOPE | changes)


def resigned(payload: object, *, keyid: str | None = None, key=CONTRIBUTOR) -> bytes:
    """A valid signature over whatever payload."""
    data = payload if isinstance(payload, bytes) else canonical.encode(payload)
    signature = {
        "keyid": keyid or fingerprint_of(key),
        "sig": base64.b64encode(key.sign(pae(data))).decode(),
    }
    return enveloped(payload=base64.b64encode(data).decode(), signatures=[signature])


def predicated(**changes) -> bytes:
    predicate = PAYLOAD["predicate"] | changes
    predicate = {name: value for name, value in predicate.items() if value != "absent"}
    return resigned(PAYLOAD | {"predicate": predicate})


def about(*subjects: object) -> bytes:
    return resigned(PAYLOAD | {"subject": list(subjects)})


SUBJECT = PAYLOAD["subject"][0]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "not JSON"),
        (b"[]", "not a JSON object"),
        (FILES[CAPTURE] + b"\n", "canonical"),
        (b" " + FILES[CAPTURE], "canonical"),
        (FILES[CAPTURE].replace(b'"payloadType"', b'"payload":"e30=","payloadType"'), "twice"),
        (enveloped(payloadType="application/json"), "not a DSSE envelope"),
        (enveloped(more=1), "not a DSSE envelope"),
        (enveloped(signatures=[]), "not a DSSE envelope"),
        (enveloped(signatures=[SIGNATURE, SIGNATURE]), "not a DSSE envelope"),
        (enveloped(signatures=[SIGNATURE | {"cert": ""}]), "not a DSSE envelope"),
        (enveloped(payload="e30"), "not base64"),
        (enveloped(payload=ENVELOPE["payload"] + "\n"), "not base64"),
        (enveloped(signatures=[SIGNATURE | {"sig": "AAAA"}]), "right length"),
        (enveloped(signatures=[SIGNATURE | {"keyid": fingerprint_of(STRANGER)}]), "key id"),
        (enveloped(signatures=[SIGNATURE | {"sig": "A" * 86 + "=="}]), "does not hold"),
        (resigned(PAYLOAD, key=STRANGER, keyid=fingerprint_of(CONTRIBUTOR)), "does not hold"),
        (resigned(PAYLOAD | {"_type": "https://in-toto.io/Statement/v0.1"}), "no custody"),
        (resigned(PAYLOAD | {"predicateType": "https://slsa.dev/provenance/v1"}), "no custody"),
        (resigned(b'{"_type": 1}'), "canonical"),
        (predicated(prev="absent"), "other fields"),
        (predicated(comment="x"), "other fields"),
        (predicated(package="PKG"), "form"),
        (predicated(actor="Jane Example"), "form"),
        (predicated(step="steal"), "form"),
        (predicated(prev="null"), "form"),
        (predicated(note_code="Free text."), "form"),
        (predicated(tool={"name": "crosslight"}), "form"),
        (predicated(time="yesterday"), "not a time"),
        (predicated(time="2026-02-30T00:00:00Z"), "not a time"),
        (predicated(key="AAAA"), "right length"),
        (about(), "not about"),
        (about(SUBJECT, SUBJECT), "not about"),
        (about(SUBJECT | {"name": "manifest-sha256.txt"}), "not about"),
        (about(SUBJECT | {"digest": {"sha1": "0" * 40}}), "not about"),
    ],
)
def test_a_statement_in_another_form_is_refused(data: bytes, word: str):
    with pytest.raises(PackageFault, match=word):
        open_statement(data, name="0001")
