"""Time stamps of RFC 3161: proof from an authority that some bytes existed at a time.

Kept and checked is the whole TimeStampResp, so that `openssl ts -verify` reads the same file. The
authority's root and its policy are pinned by whoever checks; its own certificate, which changes
every year or so, is not, and is reported instead. Certificates must have been valid at the time of
the stamp, not today.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

SUFFIX = ".tsr"
# A response with one certificate is some 1.5 to 6 KB.
MOST_BYTES = 64 * 2**10
_MOST_ROOTS = 16
_HASHES = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
_GRANTED = 0


class StampFault(ValueError):
    """A response, request or root that does not hold; the message says why."""


@dataclass(frozen=True, slots=True)
class Authority:
    """Who is believed: any of `roots`, for any of `policies` (OIDs); no policy means all."""

    roots: tuple[x509.Certificate, ...]
    policies: frozenset[str] = frozenset()

    @classmethod
    def pinned(cls, pem: bytes, policies: Iterable[str]) -> Authority:
        """Roots and policies together; StampFault where either is missing or malformed."""
        named = frozenset(policies)
        for policy in named:
            _check_identifier(policy)
        if not named:
            raise StampFault("No policy of the authority is named.")
        return cls(read_roots(pem), named)

    def pem(self) -> bytes:
        return b"".join(root.public_bytes(Encoding.PEM) for root in self.roots)

    def policy_lines(self) -> bytes:
        return "".join(f"{policy}\n" for policy in sorted(self.policies)).encode()


@dataclass(frozen=True, slots=True)
class Stamp:
    """`hash` names the function that gave `digest`; `signer` is the SHA-256 of the certificate.

    `signer` is empty where the response carries no certificate. Nothing in it is to be believed
    before verify_stamp returned it.
    """

    time: datetime
    policy: str
    serial: int
    hash: str
    digest: bytes
    signer: str

    def is_of(self, data: bytes) -> bool:
        return hashlib.new(self.hash, data).digest() == self.digest


def read_roots(pem: bytes) -> tuple[x509.Certificate, ...]:
    try:
        roots = tuple(x509.load_pem_x509_certificates(pem))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise StampFault("There is no certificate in PEM.") from error
    if len(roots) > _MOST_ROOTS:
        raise StampFault(f"There are more than {_MOST_ROOTS} certificates.")
    return roots


def _check_identifier(policy: str) -> None:
    try:
        x509.ObjectIdentifier(policy)
    except ValueError as error:
        raise StampFault(f"{policy!a} is no object identifier.") from error


def request_for(data: bytes) -> bytes:
    """A TimeStampReq (DER) for the SHA-256 of `data`, with a nonce, asking for the certificate."""
    builder = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256)
    return builder.nonce(nonce=True).cert_request(cert_request=True).build().as_bytes()


def read_stamp(response: bytes) -> Stamp:
    """What a response says. Only its form was checked."""
    return _stamp(_parsed(response))


def verify_stamp(response: bytes, *, data: bytes, authority: Authority) -> Stamp:
    """The stamp, once it is sure that `authority` signed it, and for `data`."""
    parsed = _parsed(response)
    stamp = _stamp(parsed)
    if not stamp.is_of(data):
        raise StampFault("The time stamp is of other bytes than these.")
    if authority.policies and stamp.policy not in authority.policies:
        raise StampFault(f"The time stamp was made under the policy {stamp.policy}, not yours.")
    try:
        VerifierBuilder(roots=list(authority.roots)).build().verify_message(parsed, data)
    except (VerificationError, ValueError) as error:
        raise StampFault("The time stamp is of no authority whose root you trust.") from error
    return stamp


def check_reply(response: bytes, *, request: bytes, data: bytes) -> Stamp:
    """The stamp in the answer to our own request: for `data`, and with the request's nonce.

    The nonce is found by its bytes: the library reads requests only when it makes them.
    """
    parsed = _parsed(response)
    stamp = _stamp(parsed)
    if not stamp.is_of(data):
        raise StampFault("The answer is a time stamp of other bytes than these.")
    nonce = parsed.tst_info.nonce
    if nonce is None or _as_der(nonce) not in request:
        raise StampFault("The answer is to another request than this.")
    return stamp


def _parsed(response: bytes) -> TimeStampResponse:
    if len(response) > MOST_BYTES:
        raise StampFault(f"The time stamp is larger than {MOST_BYTES} bytes.")
    try:
        parsed = decode_timestamp_response(response)
        is_whole = parsed.as_bytes() == response
        status = parsed.status
    except ValueError as error:
        raise StampFault("This is not a time-stamp response in DER.") from error
    if not is_whole:
        raise StampFault("The time-stamp response is not written in its one form.")
    if status != _GRANTED:
        raise StampFault(f"The authority did not grant a time stamp (status {status}).")
    return parsed


def _stamp(parsed: TimeStampResponse) -> Stamp:
    try:
        info = parsed.tst_info
        imprint = info.message_imprint
        found = Stamp(
            time=info.gen_time.astimezone(UTC),
            policy=info.policy.dotted_string,
            serial=info.serial_number,
            hash=_HASHES[imprint.hash_algorithm.dotted_string],
            digest=imprint.message,
            signer=_signer(parsed),
        )
    except KeyError as error:
        raise StampFault("The time stamp is not over a SHA-2 hash.") from error
    except ValueError as error:
        raise StampFault("The time-stamp response holds no token that can be read.") from error
    return found


def _signer(parsed: TimeStampResponse) -> str:
    signed = parsed.signed_data
    for signer in signed.signer_infos:
        for certificate in _certificates(sorted(signed.certificates)):
            if (certificate.issuer, certificate.serial_number) == (
                signer.issuer,
                signer.serial_number,
            ):
                return hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest()
    return ""


def _certificates(encoded: Sequence[bytes]) -> list[x509.Certificate]:
    return [x509.load_der_x509_certificate(each) for each in encoded]


def _as_der(number: int) -> bytes:
    """A whole number as DER writes it: tag, length, and no more bytes than it needs."""
    length = number.bit_length() // 8 + 1
    return bytes((2, length)) + number.to_bytes(length, "big", signed=True)
