"""What an inspection found, in words for whoever is about to hand a file over."""

from __future__ import annotations

from collections.abc import Iterator

from crosslight.core.evidence.captures.findings import Code as CaptureCode
from crosslight.core.evidence.captures.findings import Finding
from crosslight.custody.inspection import Flag, ObjectInspection, Provenance, Stop
from crosslight.custody.inspection.results import Code

_WARNINGS = {
    Flag.CONTAINS_LOCATION: "It says where it was made: who gets the original learns the place.",
    Flag.CONTAINS_REQUEST_CREDENTIALS: "It carries what a browser signed in with, or sent: whoever "
    "gets the original could go on as that person. Sign out everywhere before you hand it over.",
    Flag.CONTAINS_SCRIPTS: "It can run something where it is opened: look at it only in a closed "
    "environment without a network.",
    Flag.CONTAINS_DEVICE_TRACES: "It names the device, or the person who set it up.",
    Flag.MISMATCHED_TYPE: "It is of another kind than it is said to be.",
    Flag.DAMAGED: "It is damaged or was made to mislead. It is kept as it is.",
    Flag.NOT_LOOKED_THROUGH: "Not all of it could be looked at: there may be more in it.",
}
_PROVENANCE = {
    Provenance.NONE: "",
    Provenance.INTACT_UNTRUSTED: "A content credential (C2PA) is in it, and fits. Who signed was "
    "not checked: that does not make it authentic.",
    Provenance.BROKEN: "A content credential (C2PA) is in it and does not fit what is there.",
}
_STOPS = {
    Stop.MEMORY: "it asked for too much memory",
    Stop.CPU: "it asked for too much computing",
    Stop.TIME: "it took too long",
    Stop.CRASH: "the program that reads such files failed at it",
    Stop.ANSWER: "the program that reads such files gave no answer that can be used",
    Stop.UNCONFINED: "this machine does not let the reading be shut off from the network",
    Stop.UNREADABLE: "the file cannot be read",
    Stop.NO_PACKAGE: "it is not an evidence package that can be read",
    Stop.NOT_STARTED: "the program that reads such files cannot be started here",
}
_OF_FINDINGS: dict[str, str] = {
    Code.LOCATION_IN_EXIF: "place in the picture's EXIF data",
    Code.LOCATION_IN_XMP: "place in XMP data",
    Code.LOCATION_IN_IPTC: "place in IPTC data",
    Code.LOCATION_IN_VIDEO: "place in the data of the recording",
    Code.DEVICE_IN_EXIF: "device, serial number or owner in EXIF data",
    Code.DEVICE_IN_VIDEO: "device or author in the data of the recording",
    Code.PREVIEW_IN_EXIF: "a small preview, which may show what was cut away later",
    Code.TYPE_DIFFERS: "name or declaration say another type",
    Code.ACTIVE_CONTENT: "pages, scripts, macros or a program",
    Code.IMAGE_TOO_LARGE: "more pixels than are ever decoded here",
    Code.IMAGE_UNREADABLE: "the picture does not read as one",
    Code.VIDEO_UNREADABLE: "the recording does not read to its end",
    Code.NOT_LOOKED_INTO: "not looked into",
    Code.PROVENANCE_ELSEWHERE: "a content credential lies on a server; it was not asked",
    Code.PROVENANCE_UNREADABLE: "the content credential cannot be read",
    Code.INSPECTION_STOPPED: "inspection stopped",
    CaptureCode.NOT_A_ZIP: "it is not a sound ZIP",
    CaptureCode.HIDDEN_BYTES: "bytes that its list does not show",
    CaptureCode.OVERLAP: "files in it overlap",
    CaptureCode.DUPLICATE_NAME: "two files of one name",
    CaptureCode.UNSAFE_NAME: "a name that is not safe on every system",
    CaptureCode.ENCRYPTED: "a file in it is encrypted",
    CaptureCode.UNKNOWN_METHOD: "a file in it is packed in an unknown way",
    CaptureCode.LINK: "a link instead of a file",
    CaptureCode.HEADERS_DIFFER: "it shows different files to different programs",
    CaptureCode.TOO_MANY_ENTRIES: "too many files in it",
    CaptureCode.TOO_LARGE: "too much in it",
    CaptureCode.BLOWS_UP: "a small part of it unpacks to something huge",
    CaptureCode.ENTRY_DAMAGED: "a file in it is damaged",
    CaptureCode.LIST_MISSING: "the list of what is in the capture is missing",
    CaptureCode.LIST_UNREADABLE: "the list of what is in the capture cannot be read",
    CaptureCode.UNLISTED_FILE: "a file that the capture does not list",
    CaptureCode.LISTED_FILE_MISSING: "a file that the capture lists is missing",
    CaptureCode.HASH_DIFFERS: "a file was changed after the capture",
    CaptureCode.WEAK_HASH: "it lists files by a hash that can be forged",
    CaptureCode.NO_WARC: "no recording of a page in it",
    CaptureCode.SEAL_DIFFERS: "its seal is about another list",
    CaptureCode.SIGNATURE_NOT_BOUND: "its signature is about another capture",
    CaptureCode.WARC_EMPTY: "the recording is empty",
    CaptureCode.WARC_UNREADABLE: "the recording does not read as one",
    CaptureCode.WARC_BAD_LENGTH: "a record says an impossible length",
    CaptureCode.WARC_TOO_MANY_RECORDS: "too many records",
    CaptureCode.WARC_TRUNCATED: "the recording was cut off",
    CaptureCode.NOT_READ_TO_END: "the recording breaks off",
    CaptureCode.BLOCK_DIGEST_DIFFERS: "records that do not fit their own digest",
    CaptureCode.PAYLOAD_DIGEST_DIFFERS: "answers that do not fit their own digest",
    CaptureCode.HTTP_HEADER_UNREADABLE: "headers that cannot be read",
    CaptureCode.INDEX_UNREADABLE: "an index that cannot be read",
    CaptureCode.NO_PAGES: "no list of pages",
    CaptureCode.LEGACY_VERSION: "an old form of capture",
    CaptureCode.NOT_SEALED: "no seal over its list",
    CaptureCode.NESTED_CAPTURE: "another capture inside, not looked into",
    CaptureCode.SIGNATURE_CLAIMED: "it claims a signature; whose was not checked",
    CaptureCode.CREDENTIALS_SENT: "sent to the server",
    CaptureCode.CREDENTIALS_RECEIVED: "set by the server",
    CaptureCode.CREDENTIALS_IN_INDEX: "copied into the index",
    CaptureCode.CREDENTIALS_IN_ADDRESS: "user and password in an address",
    CaptureCode.FORMS_SENT: "forms that were filled in and sent",
}


def sentences(seen: ObjectInspection) -> Iterator[str]:
    """Warnings first, then what each rests on."""
    yield from (_WARNINGS[flag] for flag in Flag if flag in seen.flags)
    if seen.provenance is not Provenance.NONE:
        yield _PROVENANCE[seen.provenance]
    yield from (f"- {_finding(finding)}" for finding in seen.findings)
    if not seen.flags:
        yield "Nothing was found in what is looked at."


def stopped(stop: str) -> str:
    """Why an inspection did not come to its end, to stand behind a colon."""
    return _STOPS.get(Stop(stop), stop)


def _finding(finding: Finding) -> str:
    words = _OF_FINDINGS[finding.code]
    if finding.code == Code.INSPECTION_STOPPED:
        return f"{words}: {stopped(finding.detail)}"
    return f"{words}: {finding.detail}" if finding.detail else words
