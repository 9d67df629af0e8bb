"""Who had the package and what they did with it: in-toto statements in DSSE envelopes.

https://github.com/in-toto/attestation (Statement v1) and https://github.com/secure-systems-lab/dsse.
Each statement is about tagmanifest-sha256.txt, and so about every file; each names the hash of the
one before it. A statement carries its public key, so that damage shows without any other file; who
holds the key is known only by a fingerprint that came another way.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from crosslight.core.evidence import canonical
from crosslight.core.evidence.canonical import JSON
from crosslight.core.evidence.packages import layout
from crosslight.core.evidence.packages.description import PSEUDONYM
from crosslight.core.evidence.packages.facts import CODE, FACTS
from crosslight.core.evidence.packages.faults import PackageFault
from crosslight.core.evidence.packages.limits import LIMITS
from crosslight.core.evidence.packages.moments import read_moment, write_moment
from crosslight.core.evidence.packages.strictjson import read_object

PAYLOAD_TYPE = "application/vnd.in-toto+json"
STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
_KEY_BYTES, _SIGNATURE_BYTES = 32, 64
_REQUIRED = frozenset({"package", "step", "actor", "time", "prev", "key", "tool"})
_OPTIONAL = frozenset({"note_code", "result"})


class Step(StrEnum):
    CAPTURE = "capture"
    RECEIVE = "receive"
    INTAKE = "intake"
    VALIDATE = "validate"
    TRANSFER = "transfer"
    DISCLOSE = "disclose"
    RESTRICT = "restrict"


# A package begins with whoever captured it, or with whoever took it in unsigned.
FIRST_STEPS = frozenset({Step.CAPTURE, Step.RECEIVE})


@dataclass(frozen=True, slots=True)
class Statement:
    """`previous` is the SHA-256 of the file with the statement before; None for the first.

    `actor` is an organisation's id or a pseudonym; `tool` has name and version.
    """

    package: str
    subject: str
    step: Step
    actor: str
    time: datetime
    previous: str | None
    tool: Mapping[str, str]
    note_code: str | None = None
    result: str | None = None


@dataclass(frozen=True, slots=True)
class SignedStatement:
    statement: Statement
    key: bytes

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.key)


def fingerprint(key: bytes) -> str:
    """Short enough to be read over the phone; `key` is the raw public key."""
    return "sha256:" + hashlib.sha256(key).hexdigest()[:32]


def pae(payload: bytes) -> bytes:
    """The bytes that are signed: DSSE's pre-authentication encoding."""
    kind = PAYLOAD_TYPE.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def sign(statement: Statement, *, key: Ed25519PrivateKey) -> bytes:
    """The content of a file under signatures/."""
    public = key.public_key().public_bytes_raw()
    payload = canonical.encode(_as_json(statement, public))
    signature = {"keyid": fingerprint(public), "sig": _base64(key.sign(pae(payload)))}
    return canonical.encode(
        {"payload": _base64(payload), "payloadType": PAYLOAD_TYPE, "signatures": [signature]}
    )


def open_statement(data: bytes, *, name: str) -> SignedStatement:
    """The statement of an envelope whose signature holds; `name` is its file."""
    payload, keyid, signature = _opened(data, name=name)
    predicate, subject = _predicate(payload, name=name)
    public = _from_base64(predicate["key"], length=_KEY_BYTES, what=f"The key in {name}")
    if keyid != fingerprint(public):
        raise PackageFault(f"{name} is signed under another key id than that of its key.")
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, pae(payload))
    except InvalidSignature as error:
        raise PackageFault(f"The signature of {name} does not hold.") from error
    return SignedStatement(_statement(predicate, subject, name=name), public)


def read_chain(
    files: Iterable[tuple[str, bytes]], *, package: str, tag_manifest: bytes
) -> tuple[SignedStatement, ...]:
    """All statements, in order, each about this package and bound to the one before it."""
    subject = hashlib.sha256(tag_manifest).hexdigest()
    chain: list[SignedStatement] = []
    previous: str | None = None
    for name, data in files:
        signed = open_statement(data, name=name)
        if signed.statement.subject != subject:
            raise PackageFault(f"{name} was signed for other content than this.")
        if signed.statement.package != package:
            raise PackageFault(f"{name} was signed for another package.")
        _check_order(signed.statement, chain, name=name)
        if signed.statement.previous != previous:
            raise PackageFault(f"{name} does not follow the statement before it.")
        chain.append(signed)
        previous = hashlib.sha256(data).hexdigest()
    if not chain:
        raise PackageFault("There is no custody statement: nobody signed this package.")
    return tuple(chain)


def _check_order(statement: Statement, before: Sequence[SignedStatement], *, name: str) -> None:
    if name != layout.statement_path(len(before) + 1, step=statement.step):
        raise PackageFault(f"{name} is not statement {len(before) + 1}, {statement.step}.")
    if before and statement.time < before[-1].statement.time:
        raise PackageFault(f"{name} is older than the statement before it.")
    if (statement.step in FIRST_STEPS) is bool(before):
        raise PackageFault(f"{name}: capture or receive comes first, and once.")


def _as_json(statement: Statement, public: bytes) -> JSON:
    predicate: dict[str, JSON] = {
        "package": statement.package,
        "step": statement.step.value,
        "actor": statement.actor,
        "time": write_moment(statement.time),
        "prev": statement.previous,
        "key": _base64(public),
        "tool": dict(statement.tool),
    }
    optional = {"note_code": statement.note_code, "result": statement.result}
    predicate |= {name: code for name, code in optional.items() if code is not None}
    return {
        "_type": STATEMENT_TYPE,
        "subject": [{"name": layout.TAG_MANIFEST, "digest": {"sha256": statement.subject}}],
        "predicateType": layout.CUSTODY,
        "predicate": predicate,
    }


def _opened(data: bytes, *, name: str) -> tuple[bytes, str, bytes]:
    envelope = read_object(data, what=name, limits=LIMITS)
    signatures = envelope.get("signatures")
    if (
        envelope.keys() != {"payload", "payloadType", "signatures"}
        or envelope["payloadType"] != PAYLOAD_TYPE
        or not isinstance(signatures, list)
        or len(signatures) != 1
        or not isinstance(signatures[0], dict)
        or signatures[0].keys() != {"keyid", "sig"}
    ):
        raise PackageFault(f"{name} is not a DSSE envelope with one signature.")
    payload = _from_base64(envelope["payload"], length=None, what=f"The payload of {name}")
    signature = _from_base64(
        signatures[0]["sig"], length=_SIGNATURE_BYTES, what=f"The signature of {name}"
    )
    return payload, str(signatures[0]["keyid"]), signature


def _predicate(payload: bytes, *, name: str) -> tuple[dict[str, JSON], str]:
    """The predicate and the digest of the subject."""
    value = read_object(payload, what=f"The statement in {name}", limits=LIMITS)
    if (
        value.keys() != {"_type", "subject", "predicateType", "predicate"}
        or value["_type"] != STATEMENT_TYPE
        or value["predicateType"] != layout.CUSTODY
    ):
        raise PackageFault(f"{name} holds no custody statement.")
    predicate, subject = value["predicate"], value["subject"]
    if not isinstance(predicate, dict) or not (
        predicate.keys() >= _REQUIRED and predicate.keys() <= _REQUIRED | _OPTIONAL
    ):
        raise PackageFault(f"The statement in {name} has other fields than custody statements.")
    return predicate, _digest_of(subject, name=name)


def _digest_of(subject: JSON, *, name: str) -> str:
    if isinstance(subject, list) and len(subject) == 1 and isinstance(subject[0], dict):
        digest = subject[0].get("digest")
        if (
            subject[0].keys() == {"name", "digest"}
            and subject[0]["name"] == layout.TAG_MANIFEST
            and isinstance(digest, dict)
            and digest.keys() == {"sha256"}
            and layout.SHA256.fullmatch(str(digest["sha256"]))
        ):
            return str(digest["sha256"])
    raise PackageFault(f"The statement in {name} is not about {layout.TAG_MANIFEST} alone.")


def _statement(predicate: Mapping[str, JSON], subject: str, *, name: str) -> Statement:
    previous, tool = predicate["prev"], predicate["tool"]
    codes = [predicate[each] for each in sorted(_OPTIONAL & predicate.keys())]
    if (
        not layout.PACKAGE_ID.fullmatch(str(predicate["package"]))
        or not PSEUDONYM.fullmatch(str(predicate["actor"]))
        or not (previous is None or layout.SHA256.fullmatch(str(previous)))
        or not all(isinstance(code, str) and CODE.fullmatch(code) for code in codes)
        or not FACTS["tool"](tool)
        or predicate["step"] not in list(Step)
    ):
        raise PackageFault(f"A field of the statement in {name} does not have its form.")
    optional = {each: str(predicate[each]) for each in _OPTIONAL & predicate.keys()}
    return Statement(
        package=str(predicate["package"]),
        subject=subject,
        step=Step(str(predicate["step"])),
        actor=str(predicate["actor"]),
        time=read_moment(predicate["time"]),
        previous=None if previous is None else str(previous),
        tool={key: str(value) for key, value in tool.items()},  # type: ignore[union-attr]
        **optional,
    )


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _from_base64(text: JSON, *, length: int | None, what: str) -> bytes:
    """One spelling only: base64 can be written in several ways that decode alike."""
    try:
        data = base64.b64decode(str(text), validate=True)
    except (ValueError, binascii.Error) as error:
        raise PackageFault(f"{what} is not base64.") from error
    if _base64(data) != text or (length is not None and len(data) != length):
        raise PackageFault(f"{what} is not base64 of the right length.")
    return data
