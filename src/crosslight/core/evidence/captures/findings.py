"""What is said of a capture: a code and numbers, never a name, an address or a value out of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum


class Code(StrEnum):
    """Members are added, never renamed: annotations that are stored hold them."""

    # The ZIP shows different files to different programs, or costs more than it may.
    NOT_A_ZIP = "not_a_zip"
    HIDDEN_BYTES = "hidden_bytes"
    OVERLAP = "overlap"
    DUPLICATE_NAME = "duplicate_name"
    UNSAFE_NAME = "unsafe_name"
    ENCRYPTED = "encrypted"
    UNKNOWN_METHOD = "unknown_method"
    LINK = "link"
    HEADERS_DIFFER = "headers_differ"
    TOO_MANY_ENTRIES = "too_many_entries"
    TOO_LARGE = "too_large"
    BLOWS_UP = "blows_up"
    ENTRY_DAMAGED = "entry_damaged"
    # The WACZ is not what its lists say.
    LIST_MISSING = "list_missing"
    LIST_UNREADABLE = "list_unreadable"
    UNLISTED_FILE = "unlisted_file"
    LISTED_FILE_MISSING = "listed_file_missing"
    HASH_DIFFERS = "hash_differs"
    WEAK_HASH = "weak_hash"
    NO_WARC = "no_warc"
    SEAL_DIFFERS = "seal_differs"
    SIGNATURE_NOT_BOUND = "signature_not_bound"
    # The WARC cannot be read as one.
    WARC_EMPTY = "warc_empty"
    WARC_UNREADABLE = "warc_unreadable"
    WARC_BAD_LENGTH = "warc_bad_length"
    WARC_TOO_MANY_RECORDS = "warc_too_many_records"
    # Defects: on record, and no reason to refuse.
    WARC_TRUNCATED = "warc_truncated"
    NOT_READ_TO_END = "not_read_to_end"
    BLOCK_DIGEST_DIFFERS = "block_digest_differs"
    PAYLOAD_DIGEST_DIFFERS = "payload_digest_differs"
    HTTP_HEADER_UNREADABLE = "http_header_unreadable"
    INDEX_UNREADABLE = "index_unreadable"
    NO_PAGES = "no_pages"
    LEGACY_VERSION = "legacy_version"
    NOT_SEALED = "not_sealed"
    NESTED_CAPTURE = "nested_capture"
    # What a reader should know.
    SIGNATURE_CLAIMED = "signature_claimed"
    CREDENTIALS_SENT = "credentials_sent"
    CREDENTIALS_RECEIVED = "credentials_received"
    CREDENTIALS_IN_INDEX = "credentials_in_index"
    CREDENTIALS_IN_ADDRESS = "credentials_in_address"
    FORMS_SENT = "forms_sent"


FAULTS = frozenset(list(Code)[: list(Code).index(Code.WARC_TRUNCATED)])
CREDENTIALS = frozenset(
    {
        Code.CREDENTIALS_SENT,
        Code.CREDENTIALS_RECEIVED,
        Code.CREDENTIALS_IN_INDEX,
        Code.CREDENTIALS_IN_ADDRESS,
        Code.FORMS_SENT,
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """`detail` is made of our own words and numbers, never of content."""

    code: str
    detail: str = ""


class CaptureFault(ValueError):
    """A capture, or the part of it that is being read, cannot be read further."""

    def __init__(self, code: Code, where: str = "") -> None:
        super().__init__(f"{code.value} {where}".strip())
        self.code, self.where = code, where


@dataclass
class Notes:
    """Collects: each code once, with what it was about and how often."""

    _counts: dict[Code, Counter[str]] = field(default_factory=dict)
    has_scripts: bool = False

    def add(self, code: Code, about: str = "") -> None:
        """`about` comes out of a closed set of words of ours, or the findings would grow."""
        self._counts.setdefault(code, Counter())[about] += 1

    def fault(self, fault: CaptureFault) -> None:
        self.add(fault.code, fault.where)

    def findings(self) -> tuple[Finding, ...]:
        order = list(Code)
        codes = sorted(self._counts, key=order.index)
        return tuple(Finding(code.value, _counted(self._counts[code])) for code in codes)

    def holds(self) -> bool:
        return not FAULTS & self._counts.keys()

    def has_credentials(self) -> bool:
        return bool(CREDENTIALS & self._counts.keys())


_MOST_SHOWN = 8


def _counted(counts: Counter[str]) -> str:
    shown = [f"{about} ({number})" if about else f"{number}" for about, number in counts.items()]
    more = len(shown) - _MOST_SHOWN
    return ", ".join(sorted(shown)[:_MOST_SHOWN]) + (f", and {more} more" if more > 0 else "")


@dataclass(frozen=True, slots=True)
class CaptureReport:
    """`holds`: nothing that a reader must refuse was found. Defects leave it true."""

    holds: bool
    has_credentials: bool
    has_scripts: bool
    findings: tuple[Finding, ...]

    @classmethod
    def of(cls, notes: Notes) -> CaptureReport:
        return cls(notes.holds(), notes.has_credentials(), notes.has_scripts, notes.findings())

    def codes(self) -> frozenset[str]:
        return frozenset(finding.code for finding in self.findings)
