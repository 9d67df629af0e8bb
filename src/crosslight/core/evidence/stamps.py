"""Time stamps on checkpoints: the answer of an RFC 3161 authority, kept whole.

A token bounds from above when the ledger had this state: whoever steals the ledger's key can sign
another past, but not have it stamped in the past. Root and policy are pinned, the authority's own
certificate is not: it changes about once a year.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import rfc3161_client
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from crosslight.core.evidence.checkpoint import Checkpoint

# The largest answer of a public authority is about 6 KB.
MOST_BYTES = 64 * 1024
MOST_ROOTS = 16


class StampFault(ValueError):
    """A time stamp that does not hold; the message says why."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """`leaf` is the SHA-256 fingerprint of the certificate that signed."""

    at: datetime
    policy: str
    leaf: str


@dataclass(frozen=True, slots=True)
class StampTrust:
    """Which authorities are believed: a token needs one of the roots and one of the policies."""

    roots: tuple[x509.Certificate, ...]
    policies: tuple[str, ...]

    @classmethod
    def of(cls, pem: bytes, policies: Sequence[str]) -> StampTrust:
        """Raise StampFault where there is no certificate in `pem`, or no policy."""
        try:
            roots = x509.load_pem_x509_certificates(pem)
        except ValueError as error:
            raise StampFault("There is no certificate in PEM.") from error
        if len(roots) > MOST_ROOTS:
            raise StampFault(f"There are more than {MOST_ROOTS} certificates.")
        for policy in policies:
            _object_identifier(policy)
        if not policies:
            raise StampFault("No policy of the authority is named.")
        return cls(tuple(roots), tuple(policies))

    def pem(self) -> bytes:
        return b"".join(root.public_bytes(Encoding.PEM) for root in self.roots)

    def policy_lines(self) -> bytes:
        return "".join(f"{policy}\n" for policy in self.policies).encode()


def stamped_message(checkpoint: Checkpoint) -> bytes:
    """What a token is about: the checkpoint's text. Signatures may be added to it later."""
    return checkpoint.to_text().encode()


def request_for(message: bytes) -> tuple[bytes, int]:
    """The request to send, and its nonce."""
    request = (
        rfc3161_client.TimestampRequestBuilder()
        .data(message)
        .hash_algorithm(rfc3161_client.base.HashAlgorithm.SHA256)
        .nonce(nonce=True)
        .cert_request(cert_request=True)
        .build()
    )
    if request.nonce is None:
        raise StampFault("The request was made without a nonce.")
    return request.as_bytes(), request.nonce


def read_stamp(
    response: bytes, *, message: bytes, trust: StampTrust, nonce: int | None = None
) -> Stamp:
    """What the whole answer of an authority says, once it was seen to hold; else StampFault."""
    parsed = _parsed(response)
    faults = []
    for root in trust.roots:
        for policy in trust.policies:
            try:
                _verify(parsed, message, root=root, policy=policy, nonce=nonce)
            except (rfc3161_client.VerificationError, ValueError) as error:
                faults.append(str(error))
                continue
            return Stamp(_moment(parsed), policy, _leaf(parsed))
    raise StampFault(f"The time stamp does not hold: {faults[-1]}.")


def _verify(
    parsed: rfc3161_client.TimeStampResponse,
    message: bytes,
    *,
    root: x509.Certificate,
    policy: str,
    nonce: int | None,
) -> None:
    verifier = rfc3161_client.VerifierBuilder(
        policy_id=_object_identifier(policy), roots=[root], nonce=nonce
    ).build()
    verifier.verify_message(parsed, message)


def _parsed(response: bytes) -> rfc3161_client.TimeStampResponse:
    if len(response) > MOST_BYTES:
        raise StampFault(f"An answer of an authority has at most {MOST_BYTES} bytes here.")
    try:
        parsed = rfc3161_client.decode_timestamp_response(response)
        is_whole = parsed.as_bytes() == response
        granted = parsed.status == rfc3161_client.tsp.PKIStatus.GRANTED
    except ValueError as error:
        raise StampFault("This is no answer of a time stamping authority.") from error
    if not granted:
        raise StampFault(f"The authority refused the request with the status {parsed.status}.")
    if not is_whole:
        raise StampFault("There is more or less than the answer of an authority.")
    return parsed


def _moment(parsed: rfc3161_client.TimeStampResponse) -> datetime:
    return parsed.tst_info.gen_time.astimezone(UTC)


def _leaf(parsed: rfc3161_client.TimeStampResponse) -> str:
    """The certificate that the signature names; the verification has seen that it is there."""
    (signer,) = parsed.signed_data.signer_infos
    for data in parsed.signed_data.certificates:
        found = x509.load_der_x509_certificate(data)
        if (found.issuer, found.serial_number) == (signer.issuer, signer.serial_number):
            return hashlib.sha256(data).hexdigest()
    raise StampFault("The certificate of the authority is missing.")


def _object_identifier(text: str) -> x509.ObjectIdentifier:
    try:
        return x509.ObjectIdentifier(text)
    except ValueError as error:
        raise StampFault(f"{text!a} is no object identifier.") from error


def is_after(at: datetime, entry_time: str) -> bool:
    """Not stamped before the last entry was made. Authorities may leave out fractions."""
    last = datetime.fromisoformat(entry_time).replace(microsecond=0)
    return at >= last
