"""Checking a WACZ (1.1.1; 1.0.0 as legacy): every file is listed, hashed, and bound to its seal.

Whether a signature in it is good is not judged: it would say that somebody's server made the file,
not that the page looked so. It is shown as claimed, once it is about this very list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from crosslight.core.evidence.canonical import JSON
from crosslight.core.evidence.captures.credentials import note_index_line
from crosslight.core.evidence.captures.entries import ZipEntry, ZipFiles, open_zip
from crosslight.core.evidence.captures.findings import CaptureFault, CaptureReport, Code, Notes
from crosslight.core.evidence.captures.limits import LIMITS, CaptureLimits
from crosslight.core.evidence.captures.streams import Chunks, gunzipped, lines, pieces
from crosslight.core.evidence.captures.warc import note_warc
from crosslight.core.evidence.packages.faults import PackageFault
from crosslight.core.evidence.packages.limits import LIMITS as PACKAGE_LIMITS
from crosslight.core.evidence.packages.strictjson import read_plain_object

LIST = "datapackage.json"
SEAL = "datapackage-digest.json"
PAGES = "pages/pages.jsonl"
_WARC = re.compile(r"archive/[^/]+\.warc(\.gz)?")
_ANY_WARC = re.compile(r".*\.warc(\.gz)?", re.IGNORECASE)
_INDEX = re.compile(r".*\.(cdxj?|idx)(\.gz)?", re.IGNORECASE)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_PRESENT = re.compile(r"1\.[1-9][0-9]*(\.[0-9]+)?")


def check_wacz(file: BinaryIO, *, limits: CaptureLimits = LIMITS) -> CaptureReport:
    """What is wrong is gathered, so that secrets are found in a broken capture, too."""
    notes = Notes()
    try:
        files = open_zip(file, limits=limits)
        _Check(files, notes, limits).run()
    except CaptureFault as fault:
        notes.fault(fault)
    return CaptureReport.of(notes)


@dataclass(frozen=True, slots=True)
class _Resource:
    sha256: str
    size: int


@dataclass
class _Check:
    files: ZipFiles
    notes: Notes
    limits: CaptureLimits

    def run(self) -> None:
        listed = self._listed()
        for name, entry in self.files.entries.items():
            digest = self._content(name, entry)
            if name in {LIST, SEAL}:
                continue
            if name not in listed:
                self.notes.add(Code.UNLISTED_FILE, entry.where)
            elif digest is not None and listed[name] != _Resource(digest, entry.size):
                self.notes.add(Code.HASH_DIFFERS, entry.where)
        for _ in listed.keys() - self.files.entries.keys():
            self.notes.add(Code.LISTED_FILE_MISSING)
        if not any(map(_WARC.fullmatch, self.files.entries)):
            self.notes.add(Code.NO_WARC)
        if PAGES not in self.files.entries:
            self.notes.add(Code.NO_PAGES)

    def _listed(self) -> Mapping[str, _Resource]:
        if LIST not in self.files.entries:
            self.notes.add(Code.LIST_MISSING)
            return {}
        try:
            value = self._object(LIST)
            resources = _resources(value)
            if not _PRESENT.fullmatch(_text(value.get("wacz_version"))):
                self.notes.add(Code.LEGACY_VERSION)
            self._seal()
        except CaptureFault as fault:
            self.notes.fault(fault)
            return {}
        return resources

    def _object(self, name: str) -> dict[str, JSON]:
        data = self.files.read(self.files.entries[name], limit=self.limits.json_bytes)
        try:
            return read_plain_object(data, what=name, limits=PACKAGE_LIMITS)
        except PackageFault as error:
            raise CaptureFault(Code.LIST_UNREADABLE) from error

    def _seal(self) -> None:
        """The seal is about this list, and what was signed is the same list again."""
        if SEAL not in self.files.entries:
            self.notes.add(Code.NOT_SEALED)
            return
        seal = self._object(SEAL)
        found = f"sha256:{Chunks(self.files.chunks(self.files.entries[LIST])).drain()}"
        if (seal.get("path"), seal.get("hash")) != (LIST, found):
            self.notes.add(Code.SEAL_DIFFERS)
        signed = seal.get("signedData")
        if signed is None:
            return
        if not isinstance(signed, dict) or signed.get("hash") != found:
            self.notes.add(Code.SIGNATURE_NOT_BOUND)
        else:
            self.notes.add(Code.SIGNATURE_CLAIMED)

    def _content(self, name: str, entry: ZipEntry) -> str | None:
        """Look into an entry and give its SHA-256, or None where it cannot be read to its end.

        Hashed to its end whatever was found in it: a line that stops the looking hides no change.
        """
        content = Chunks(self.files.chunks(entry))
        try:
            self._look(name)(content)
        except CaptureFault as fault:
            self.notes.fault(fault)
        try:
            return content.drain()
        except CaptureFault as fault:
            self.notes.fault(fault)
            return None

    def _look(self, name: str) -> Callable[[Chunks], None]:
        if _ANY_WARC.fullmatch(name):
            return self._warc
        if _INDEX.fullmatch(name):
            return self._packed_index if name.lower().endswith(".gz") else self._index
        if name.lower().endswith(".wacz"):
            self.notes.add(Code.NESTED_CAPTURE)
        return lambda _content: None

    def _warc(self, content: Chunks) -> None:
        note_warc(content, notes=self.notes, limits=self.limits)

    def _index(self, content: Chunks) -> None:
        for line in lines(pieces(content), longest=self.limits.index_line_bytes):
            note_index_line(line, self.notes)

    def _packed_index(self, content: Chunks) -> None:
        unpacked = gunzipped(content, self.limits)
        for line in lines(unpacked, longest=self.limits.index_line_bytes):
            note_index_line(line, self.notes)


def _resources(value: Mapping[str, JSON]) -> dict[str, _Resource]:
    listed = value.get("resources")
    if not isinstance(listed, list):
        raise CaptureFault(Code.LIST_UNREADABLE)
    resources: dict[str, _Resource] = {}
    for each in listed:
        if not isinstance(each, dict) or _text(each.get("path")) in {"", *resources}:
            raise CaptureFault(Code.LIST_UNREADABLE)
        resources[_text(each["path"])] = _resource(each)
    return resources


def _resource(value: Mapping[str, JSON]) -> _Resource:
    """As 1.1 writes it, or as 1.0 did: under `stats`, without the algorithm before the digest."""
    old = value.get("stats")
    if isinstance(old, dict) and value.get("hashing") == "sha256":
        said, size = f"sha256:{_text(old.get('hash'))}", old.get("bytes")
    else:
        said, size = _text(value.get("hash")), value.get("bytes")
    algorithm, _, digest = said.partition(":")
    if algorithm != "sha256":
        raise CaptureFault(Code.WEAK_HASH)
    if not _SHA256.fullmatch(digest) or not isinstance(size, int) or isinstance(size, bool):
        raise CaptureFault(Code.LIST_UNREADABLE)
    return _Resource(digest, size)


def _text(value: JSON) -> str:
    return value if isinstance(value, str) else ""
