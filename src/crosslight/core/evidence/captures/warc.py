"""Checking a WARC: its records parse, fit their digests, and carry no secrets unnoticed.

FastWARC finds the records; everything else is done here, so that nothing is decoded: a body stays
as it was sent, packed or not. Content goes through in pieces and is counted.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, cast

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from crosslight.core.evidence.captures.credentials import (
    note_address,
    note_header,
    note_request,
    values_of,
)
from crosslight.core.evidence.captures.findings import CaptureFault, CaptureReport, Code, Notes
from crosslight.core.evidence.captures.limits import LIMITS, CaptureLimits
from crosslight.core.evidence.captures.streams import (
    CHUNK_BYTES,
    Chunks,
    Readable,
    Shielded,
    pieces,
)

_LENGTH = re.compile(r"[0-9]{1,15}")
_ENDS = (b"\r\n\r\n", b"\n\n")
_ALGORITHMS = frozenset({"md5", "sha1", "sha256", "sha384", "sha512"})
_ACTIVE = ("html", "javascript", "ecmascript", "svg", "wasm")
_HTTP = WarcRecordType.request | WarcRecordType.response | WarcRecordType.revisit


def check_warc(file: Readable, *, limits: CaptureLimits = LIMITS) -> CaptureReport:
    notes = Notes()
    note_warc(file, notes=notes, limits=limits)
    return CaptureReport.of(notes)


def note_warc(file: Readable, *, notes: Notes, limits: CaptureLimits) -> None:
    """Add what is found to `notes`; the reading ends at the first thing that cannot be read."""
    counted = file if isinstance(file, Chunks) else Chunks(pieces(file))
    shielded = Shielded(counted)
    try:
        _Reading(shielded, counted, notes, limits).run()
    except CaptureFault as fault:
        notes.fault(fault)


@dataclass
class _Reading:
    file: Shielded
    counted: Chunks
    notes: Notes
    limits: CaptureLimits
    came_out: int = 0
    records: int = 0

    def run(self) -> None:
        records = iter(self._records())
        while (record := self._next(records)) is not None:
            self.records += 1
            if self.records > self.limits.records:
                raise CaptureFault(Code.WARC_TOO_MANY_RECORDS)
            if not self._record(record):
                self.notes.add(Code.WARC_TRUNCATED)
                return
        if not self.records:
            raise CaptureFault(Code.WARC_EMPTY)

    def _records(self) -> Iterator[WarcRecord]:
        return ArchiveIterator(
            cast("BinaryIO", self.file),
            parse_http=False,
            auto_decode="none",
            max_header_len=self.limits.warc_header_bytes,
            strict_mode=True,
        )

    def _next(self, records: Iterator[WarcRecord]) -> WarcRecord | None:
        try:
            record = next(records, None)
        except (OSError, ValueError) as error:
            raise self.file.fault or self._broken_off() from error
        if self.file.fault is not None:
            raise self.file.fault
        return record

    def _broken_off(self) -> CaptureFault:
        """Crawlers that stop leave such files: a defect, and the rest of it is unknown."""
        if not self.records:
            return CaptureFault(Code.WARC_UNREADABLE)
        return CaptureFault(Code.NOT_READ_TO_END, f"record {self.records} was the last")

    def _record(self, record: WarcRecord) -> bool:
        """False where its content ends too early."""
        if record.headers.get("Content-Length") is None:
            # The header itself is cut off, so this is no record.
            self.records -= 1
            raise self._broken_off()
        length = _length(record)
        note_address(record.headers.get("WARC-Target-URI", "") or "", self.notes)
        if record.headers.get("WARC-Truncated"):
            self.notes.add(Code.WARC_TRUNCATED, "as the record says")
        block = _Block.of(record)
        left = length
        while left:
            chunk = self._read(record, min(CHUNK_BYTES, left))
            if not chunk:
                break
            left -= len(chunk)
            self.came_out += len(chunk)
            if self.limits.is_too_much(came_in=self.counted.count, came_out=self.came_out):
                raise CaptureFault(Code.BLOWS_UP, "record")
            block.take(chunk, limit=self.limits.http_header_bytes)
        block.note(self.notes, is_whole=not left)
        return not left

    def _read(self, record: WarcRecord, size: int) -> bytes:
        try:
            chunk = record.reader.read(size)
        except (OSError, ValueError) as error:
            raise self.file.fault or self._broken_off() from error
        if self.file.fault is not None:
            raise self.file.fault
        return chunk


def _length(record: WarcRecord) -> int:
    """As the header says it, once: the parser takes a negative length for nought."""
    said = record.headers.get_multiple("Content-Length")
    if len(said) != 1 or not _LENGTH.fullmatch(said[0]):
        raise CaptureFault(Code.WARC_BAD_LENGTH)
    return int(said[0])


@dataclass
class _Block:
    """The content of a record on its way through: header, hashes, whether there is a body."""

    kind: WarcRecordType
    is_http: bool
    declared: str
    wanted: dict[Code, str]
    hashes: dict[Code, Any] = field(default_factory=dict)
    header: bytes = b""
    has_header: bool = False
    is_lost: bool = False
    has_body: bool = False
    is_empty: bool = True

    @classmethod
    def of(cls, record: WarcRecord) -> _Block:
        headers, kind = record.headers, record.record_type
        declared = (headers.get("Content-Type", "") or "").lower()
        # Tools that leave the type out mean HTTP; responses of other protocols name theirs.
        of_http = bool(kind & _HTTP) and ("http" in declared or not declared)
        of_http = of_http or kind == WarcRecordType.request
        wanted = {Code.BLOCK_DIGEST_DIFFERS: headers.get("WARC-Block-Digest", "") or ""}
        # The payload of a revisit is elsewhere, and a cut one is not the one that was hashed.
        if of_http and kind != WarcRecordType.revisit and not headers.get("WARC-Truncated"):
            wanted[Code.PAYLOAD_DIGEST_DIFFERS] = headers.get("WARC-Payload-Digest", "") or ""
        block = cls(kind, of_http, declared, wanted)
        for code, digest in wanted.items():
            if (algorithm := _algorithm(digest)) is not None:
                block.hashes[code] = hashlib.new(algorithm, usedforsecurity=False)
        return block

    def take(self, chunk: bytes, *, limit: int) -> None:
        self.is_empty = False
        if (whole := self.hashes.get(Code.BLOCK_DIGEST_DIFFERS)) is not None:
            whole.update(chunk)
        if not self.is_http or self.is_lost:
            return
        self._take_body(chunk if self.has_header else self._take_header(chunk, limit=limit))

    def _take_header(self, chunk: bytes, *, limit: int) -> bytes:
        """What of `chunk` lies behind the header."""
        self.header += chunk
        ends = [self.header.find(end) + len(end) for end in _ENDS if end in self.header]
        if not ends:
            self.is_lost = len(self.header) > limit
            return b""
        self.has_header = True
        body = self.header[min(ends) :]
        self.header = self.header[: min(ends)]
        return body

    def _take_body(self, body: bytes) -> None:
        self.has_body = self.has_body or bool(body)
        if (payload := self.hashes.get(Code.PAYLOAD_DIGEST_DIFFERS)) is not None:
            payload.update(body)

    def note(self, notes: Notes, *, is_whole: bool) -> None:
        if self.is_http and is_whole and not self.has_header and not self.is_empty:
            notes.add(Code.HTTP_HEADER_UNREADABLE)
        if self.kind == WarcRecordType.request:
            note_request(self.header, has_body=self.has_body, notes=notes)
        else:
            note_header(self.header, notes)
        self._note_kind(notes)
        if is_whole:
            self._note_digests(notes)

    def _note_kind(self, notes: Notes) -> None:
        """Whether a page is in it that would run something where it is opened."""
        kinds: list[str] = []
        if self.kind == WarcRecordType.response:
            kinds = values_of("content-type", self.header)
        elif self.kind == WarcRecordType.resource:
            kinds = [self.declared]
        notes.has_scripts |= any(word in kind for kind in kinds for word in _ACTIVE)

    def _note_digests(self, notes: Notes) -> None:
        for code, digest in self.hashes.items():
            if code is Code.PAYLOAD_DIGEST_DIFFERS and self._is_chunked():
                # Some tools hash what was sent, some what it stands for.
                continue
            if not _is_digest(digest.digest(), self.wanted[code]):
                notes.add(code)

    def _is_chunked(self) -> bool:
        return not self.has_header or bool(values_of("transfer-encoding", self.header))


def _algorithm(digest: str) -> str | None:
    name = digest.partition(":")[0].lower().replace("-", "")
    return name if name in _ALGORITHMS else None


def _is_digest(found: bytes, said: str) -> bool:
    """Base32 as most tools write it, hexadecimal, or one of the two alphabets of base64."""
    value = said.partition(":")[2].rstrip("=")
    spellings = {found.hex()} | {
        encode(found).decode().rstrip("=")
        for encode in (base64.b32encode, base64.b64encode, base64.urlsafe_b64encode)
    }
    return value in spellings or value.lower() == found.hex() or value.upper() in spellings
