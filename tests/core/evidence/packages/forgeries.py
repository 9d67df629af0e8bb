"""Custody statements that lie: each with the word by which the refusal is known."""

from __future__ import annotations

import base64
from dataclasses import replace

from crosslight.core.evidence import canonical
from crosslight.core.evidence.packages import layout
from crosslight.core.evidence.packages.custody import Step, pae, sign
from tests.core.evidence.packages.making import (
    CAPTURE,
    CONTRIBUTOR,
    OTHER_PACKAGE,
    PLATFORM,
    STRANGER,
    files_of,
    fingerprint_of,
    sound,
    statement,
)

FILES = files_of(sound())
FIRST = statement(FILES, Step.CAPTURE, after=None)


def first(**changes) -> tuple[str, bytes]:
    made = replace(FIRST, **changes)
    return layout.statement_path(1, step=made.step), sign(made, key=CONTRIBUTOR)


def second(step: Step = Step.INTAKE, *, number: int = 2, **changes) -> tuple[str, bytes]:
    made = replace(statement(FILES, step, after=CAPTURE, hours=1), **changes)
    return layout.statement_path(number, step=step), sign(made, key=PLATFORM)


BAD_CHAINS = [
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
]

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


BAD_STATEMENTS = [
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
    (enveloped(signatures=[SIGNATURE | {"keyid": SIGNATURE["keyid"] + "\n"}]), "key id"),
    (enveloped(signatures=[SIGNATURE | {"sig": SIGNATURE["sig"] + "\n"}]), "not base64"),
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
]
