from __future__ import annotations

import gzip
import io

import pytest

from crosslight.core.evidence.captures.findings import CaptureReport, Code, Finding
from crosslight.core.evidence.captures.limits import CaptureLimits
from crosslight.core.evidence.captures.warc import check_warc
from tests.core.evidence.captures.making import (
    MIB,
    SECRET,
    gzip_of,
    head,
    request,
    response,
    warc,
)


def check(data: bytes, **limits: int) -> CaptureReport:
    return check_warc(io.BytesIO(data), limits=CaptureLimits(**limits))


@pytest.mark.parametrize("packed", [True, False])
def test_a_sound_recording_has_nothing_to_be_said_of(packed: bool):
    report = check(warc(response, request, packed=packed))
    assert report == CaptureReport(holds=True, has_credentials=False, has_scripts=True, findings=())


HEADERS = {
    "Cookie": Code.CREDENTIALS_SENT,
    "cOOKIE": Code.CREDENTIALS_SENT,
    "Authorization": Code.CREDENTIALS_SENT,
    "Proxy-Authorization": Code.CREDENTIALS_SENT,
    "Set-Cookie": Code.CREDENTIALS_RECEIVED,
}


@pytest.mark.parametrize("name", HEADERS)
def test_credentials_are_flagged_and_their_values_never_kept(name: str):
    make = response if name == "Set-Cookie" else request
    report = check(warc(lambda writer: make(writer, (name, SECRET))))
    assert report.holds
    assert report.has_credentials
    assert report.findings == (Finding(HEADERS[name].value, f"{name.lower()} (1)"),)
    assert SECRET not in repr(report)


@pytest.mark.parametrize("kind", [b"request", b"response"])
def test_credentials_are_found_without_a_type_too(kind: bytes):
    body = b"GET / HTTP/1.1\r\nSet-Cookie: a\r\nCookie : b\r\n\r\n"
    start = head(len(body)).replace(b"Content-Type: application/http; msgtype=response\r\n", b"")
    report = check(start.replace(b"response", kind) + body + b"\r\n\r\n")
    assert report.codes() == {Code.CREDENTIALS_SENT, Code.CREDENTIALS_RECEIVED}


def test_credentials_in_an_address_are_flagged():
    url = f"https://user:{SECRET}@example.org/"
    report = check(warc(lambda writer: response(writer, url=url)))
    assert report.codes() == {Code.CREDENTIALS_IN_ADDRESS}
    assert SECRET not in repr(report)


def test_a_form_that_was_sent_is_flagged():
    form = ("Content-Type", "application/x-www-form-urlencoded")
    report = check(warc(lambda writer: request(writer, form, body=f"word={SECRET}".encode())))
    assert report.findings == (Finding(Code.FORMS_SENT.value, "form (1)"),)
    assert report.has_credentials
    assert SECRET not in repr(report)


def test_a_recording_that_was_cut_off_is_a_defect_and_not_a_fault():
    for packed in (True, False):
        report = check(warc(response, response, packed=packed)[:-40])
        assert report.holds
        assert report.codes() == {Code.WARC_TRUNCATED}


def test_where_a_recording_breaks_off_is_said():
    report = check(warc(response, packed=False) + b"WARC/1.0\r\nWARC-Ty")
    assert report.holds
    assert report.findings == (Finding(Code.NOT_READ_TO_END.value, "record 1 was the last (1)"),)


def test_a_record_that_says_it_was_cut_is_marked():
    body = b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 10
    report = check(head(len(body), b"WARC-Truncated: length") + body + b"\r\n\r\n")
    assert report.codes() == {Code.WARC_TRUNCATED}


def flipped(data: bytes, mark: bytes) -> bytes:
    place = data.index(mark)
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def test_content_that_does_not_fit_its_digests_is_a_defect():
    report = check(flipped(warc(packed=False), b"an advert"))
    assert report.holds
    assert report.codes() == {Code.BLOCK_DIGEST_DIFFERS, Code.PAYLOAD_DIGEST_DIFFERS}


EMPTY = {
    "base32": b"sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ",
    "hexadecimal": b"sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "base64": b"sha1:2jmj7l5rSw0yVb/vlWAYkK/YBwk=",
    "base64 of addresses": b"sha-1:2jmj7l5rSw0yVb_vlWAYkK_YBwk=",
    "unknown": b"blake9:2jmj7l5rSw0yVb",
}


@pytest.mark.parametrize("name", EMPTY)
def test_digests_are_read_as_tools_write_them(name: str):
    body = b"HTTP/1.1 204 No Content\r\n\r\n"
    data = head(len(body), b"WARC-Payload-Digest: " + EMPTY[name]) + body + b"\r\n\r\n"
    assert check(data).findings == ()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Code.WARC_EMPTY),
        (b"garbage" * 100, Code.WARC_UNREADABLE),
        (gzip.compress(b"garbage" * 100, mtime=0), Code.WARC_UNREADABLE),
        (b"\x1f\x8bgarbage", Code.WARC_UNREADABLE),
    ],
)
def test_what_is_no_recording_is_refused(data: bytes, code: Code):
    report = check(data)
    assert not report.holds
    assert report.codes() == {code}


@pytest.mark.parametrize(
    "length",
    [
        b"-5",
        b"12345678901234567890",
        b"+5",
        b"0x10",
        b"1e3",
        b"5, 6",
        b"",
        b"0\r\nContent-Length: 5",
    ],
)
def test_an_impossible_length_is_refused(length: bytes):
    report = check(head(length) + b"hello\r\n\r\n")
    assert not report.holds
    assert report.codes() == {Code.WARC_BAD_LENGTH}


BOMBS = {
    "one header line of 1.5 GB": lambda: gzip_of(head(0)[:-4] + b"\r\nX: ", b"a" * MIB, 1500),
    "15 million header lines": lambda: gzip_of(head(0)[:-2], b"X: y\r\n" * 10_000, 1500),
    "a body of 2 GiB": lambda: gzip_of(head(2**31), bytes(MIB), 2048),
    "an HTTP header of 1 GiB": lambda: gzip_of(
        head(2**30) + b"HTTP/1.1 200 OK\r\nX: ", b"a" * MIB, 1024
    ),
}


class Counted(io.BytesIO):
    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self.taken += len(data)
        return data


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_left_after_its_beginning(name: str):
    file = Counted(BOMBS[name]())
    report = check_warc(file)
    assert not report.holds
    assert report.codes() <= {Code.BLOWS_UP, Code.WARC_UNREADABLE}
    assert file.taken < len(file.getvalue())


def test_an_encoded_body_is_never_decoded():
    """Two hundred megabytes once unpacked; its digest is that of what was sent."""
    body = gzip.compress(bytes(200 * MIB), 1)
    report = check(warc(lambda writer: response(writer, ("Content-Encoding", "gzip"), body=body)))
    assert (report.holds, report.findings) == (True, ())


def test_a_header_that_never_ends_is_marked():
    body = b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 60_000
    data = head(len(body)) + body + b"\r\n\r\n"
    assert check(data).codes() == {Code.HTTP_HEADER_UNREADABLE}


def test_a_cookie_in_front_of_a_header_that_never_ends_is_found():
    body = b"HTTP/1.1 200 OK\r\nSet-Cookie: a\r\n" + b"X: y\r\n" * 60_000
    report = check(head(len(body)) + body + b"\r\n\r\n")
    assert report.has_credentials


def test_more_records_than_may_be_are_refused():
    assert check(warc(response, response), records=1).codes() == {Code.WARC_TOO_MANY_RECORDS}
