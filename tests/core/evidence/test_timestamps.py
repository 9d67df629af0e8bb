from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep

import pytest

from crosslight.core.evidence import timestamps
from crosslight.core.evidence.timestamps import (
    Authority,
    StampFault,
    check_reply,
    read_roots,
    read_stamp,
    request_for,
    verify_stamp,
)
from tests.core.evidence.stamping import (
    OTHER_POLICY,
    POLICY,
    LocalAuthority,
    authority,
    needs_openssl,
    other_authority,
)

__all__ = ["authority", "other_authority"]
DATA = b"what is stamped\n"
REFERENCE = Path(os.environ.get("CROSSLIGHT_REFERENCE", "absent"), "vectors", "rfc3161")


def trusting(*authorities: LocalAuthority, policies: tuple[str, ...] = (POLICY,)) -> Authority:
    roots = tuple(root for each in authorities for root in read_roots(each.root.read_bytes()))
    return Authority(roots, frozenset(policies))


@pytest.fixture(scope="session")
def response(authority: LocalAuthority) -> bytes:
    return authority.answer(request_for(DATA))


@needs_openssl
def test_a_stamp_holds_under_the_root_and_policy_that_are_pinned(authority, response):
    stamp = verify_stamp(response, data=DATA, authority=trusting(authority))
    assert stamp == read_stamp(response)
    assert abs(datetime.now(UTC) - stamp.time) < timedelta(minutes=5)
    assert (stamp.policy, stamp.hash, len(stamp.signer)) == (POLICY, "sha256", 64)
    assert verify_stamp(response, data=DATA, authority=trusting(authority, policies=()))


@needs_openssl
def test_a_stamp_of_one_authority_is_not_one_of_another(authority, other_authority, response):
    """Both roots bear the same name; only the keys differ."""
    with pytest.raises(StampFault, match="no authority whose root"):
        verify_stamp(response, data=DATA, authority=trusting(other_authority))
    assert verify_stamp(response, data=DATA, authority=trusting(authority, other_authority))


@needs_openssl
@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda whole: whole[:-1], "not a time-stamp response"),
        (lambda whole: whole[: len(whole) // 2], "not a time-stamp response"),
        (lambda whole: b"", "not a time-stamp response"),
        (lambda whole: whole + b"\0", "not a time-stamp response"),
        (lambda whole: whole + whole, "not a time-stamp response"),
        (lambda whole: whole[:-1] + bytes([whole[-1] ^ 1]), "no authority"),
        (lambda whole: b"0" * (timestamps.MOST_BYTES + 1), "larger"),
    ],
)
def test_a_damaged_stamp_is_refused(authority, response, change, word: str):
    with pytest.raises(StampFault, match=word):
        verify_stamp(change(response), data=DATA, authority=trusting(authority))


@needs_openssl
def test_other_bytes_another_policy_and_no_root_are_refused(authority, response):
    with pytest.raises(StampFault, match="other bytes"):
        verify_stamp(response, data=DATA + b"x", authority=trusting(authority))
    with pytest.raises(StampFault, match="policy"):
        verify_stamp(response, data=DATA, authority=trusting(authority, policies=(OTHER_POLICY,)))
    with pytest.raises(StampFault, match="no authority"):
        verify_stamp(response, data=DATA, authority=replace(trusting(authority), roots=()))


@needs_openssl
def test_a_time_that_was_changed_is_refused(authority, response):
    stamped = read_stamp(response).time.strftime("%Y%m%d%H%M%SZ").encode()
    assert response.count(stamped) == 1
    earlier = response.replace(stamped, b"2019" + stamped[4:])
    assert read_stamp(earlier).time.year == 2019
    with pytest.raises(StampFault, match="no authority"):
        verify_stamp(earlier, data=DATA, authority=trusting(authority))


@needs_openssl
def test_a_certificate_that_had_ended_by_then_is_refused(tmp_path: Path):
    """openssl stamps on; whether the certificate was valid is for who verifies to see."""
    ended = LocalAuthority.made_in(tmp_path / "tsa", days=0)
    sleep(1.1)
    with pytest.raises(StampFault, match="no authority"):
        verify_stamp(ended.answer(request_for(DATA)), data=DATA, authority=trusting(ended))


@needs_openssl
def test_an_answer_belongs_to_its_own_request(authority):
    request, other = request_for(DATA), request_for(DATA)
    response = authority.answer(request)
    assert check_reply(response, request=request, data=DATA) == read_stamp(response)
    with pytest.raises(StampFault, match="another request"):
        check_reply(response, request=other, data=DATA)
    with pytest.raises(StampFault, match="other bytes"):
        check_reply(response, request=request, data=b"x")


@needs_openssl
def test_a_refusal_of_the_authority_is_said(authority):
    (authority.folder / "data").write_bytes(DATA)
    authority.openssl("ts", "-query", "-data", "data", "-sha1", "-out", "sha1.tsq")
    with pytest.raises(StampFault, match="did not grant"):
        read_stamp(authority.answer((authority.folder / "sha1.tsq").read_bytes()))


def test_roots_are_certificates_in_pem():
    with pytest.raises(StampFault, match="no certificate"):
        read_roots(b"no certificate")


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="set CROSSLIGHT_REFERENCE for public vectors")
class TestPublicVectors:
    """Those of trailofbits/rfc3161-client: stamps of `hello`, and hostile ones."""

    def verify(self, folder: str, name: str, data: bytes = b"hello"):
        roots = read_roots((REFERENCE / folder / "ts_chain.pem").read_bytes())
        response = (REFERENCE / folder / name).read_bytes()
        return verify_stamp(response, data=data, authority=Authority(roots))

    @pytest.mark.parametrize("hash_name", ["sha256", "sha384", "sha512"])
    def test_sound_ones_hold(self, hash_name: str):
        assert self.verify("sigstage", f"response-{hash_name}.tsr").hash == hash_name

    @pytest.mark.parametrize(
        ("folder", "name"),
        [
            ("sigstage", "response-invalid-signature.tsr"),
            ("sigstage", "response-no-embedded-cert.tsr"),
            ("sigstore.mock", "response-expired.tsr"),
        ],
    )
    def test_hostile_ones_are_refused(self, folder: str, name: str):
        with pytest.raises(StampFault):
            self.verify(folder, name)

    def test_certificates_that_were_put_in_do_not_take_the_signers_place(self):
        found = self.verify("test_tsa", "response-injected-certs.tsr")
        assert found.signer == self.verify("test_tsa", "response.tsr").signer
