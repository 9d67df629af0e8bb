"""What is looked at in one file. Runs in the confined child only; see worker."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

import c2pa
from PIL import Image

from crosslight.core.evidence.captures.entries import open_zip
from crosslight.core.evidence.captures.findings import CaptureFault, CaptureReport, Finding
from crosslight.core.evidence.captures.findings import Code as CaptureCode
from crosslight.core.evidence.captures.wacz import check_wacz
from crosslight.core.evidence.captures.warc import check_warc
from crosslight.custody.inspection import betrayals, kinds
from crosslight.custody.inspection.boxes import read_boxes
from crosslight.custody.inspection.exif import read_exif
from crosslight.custody.inspection.limits import InspectionLimits
from crosslight.custody.inspection.provenance import (
    make_context,
    read_provenance,
    readable_types,
)
from crosslight.custody.inspection.results import Code, Flag, ObjectInspection, Provenance

# Rest unknown: what was not read may hold what the flags say nothing of.
_UNREAD = frozenset(
    {
        CaptureCode.NOT_READ_TO_END,
        CaptureCode.WARC_UNREADABLE,
        CaptureCode.BLOWS_UP,
        CaptureCode.NESTED_CAPTURE,
        CaptureCode.HTTP_HEADER_UNREADABLE,
        CaptureCode.INDEX_UNREADABLE,
    }
)
_MACROS = ("vbaProject.bin", "vbaData.xml")


@dataclass(frozen=True)
class Tools:
    """What has to be loaded before the child shuts itself in."""

    context: c2pa.Context = field(default_factory=make_context)
    signed_types: frozenset[str] = field(default_factory=readable_types)

    @classmethod
    def loaded(cls) -> Tools:
        Image.init()
        # Its own bound is for decoding; ours is looked at by whoever decodes.
        Image.MAX_IMAGE_PIXELS = None
        return cls()


def look(
    file: BinaryIO,
    *,
    path: str,
    suffix: str,
    declared: str | None,
    limits: InspectionLimits,
    tools: Tools,
) -> ObjectInspection:
    seen = _Look(file, kinds.detect(file), limits, tools)
    seen.run()
    if kinds.differs(seen.media_type, suffix=suffix, declared=declared):
        seen.flag(Flag.MISMATCHED_TYPE, Code.TYPE_DIFFERS)
    return ObjectInspection(
        path, seen.media_type, frozenset(seen.flags), tuple(seen.findings), seen.provenance
    )


@dataclass
class _Look:
    file: BinaryIO
    media_type: str
    limits: InspectionLimits
    tools: Tools
    flags: set[Flag] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    provenance: Provenance = Provenance.NONE

    def run(self) -> None:
        if self.media_type in kinds.PROGRAMS | {kinds.HTML, kinds.SVG}:
            self.flag(Flag.CONTAINS_SCRIPTS, Code.ACTIVE_CONTENT)
        self._readers().get(self.media_type, self._anything)()

    def flag(self, flag: Flag, code: Code, detail: str = "") -> None:
        self.flags.add(flag)
        self.findings.append(Finding(code.value, detail))

    def _readers(self) -> Mapping[str, Callable[[], None]]:
        captures = {
            kinds.WACZ: lambda: self._capture(check_wacz(self.file)),
            kinds.WARC: lambda: self._capture(self._warc()),
            kinds.WARC_GZ: lambda: self._capture(self._warc()),
        }
        return (
            captures
            | dict.fromkeys(kinds.BOXED, self._video)
            | dict.fromkeys(kinds.PICTURES, self._picture)
            | dict.fromkeys(kinds.OFFICE, self._archive)
            | {kinds.ZIP: self._archive, kinds.GZIP: self._closed, kinds.PDF: self._pdf}
        )

    def _warc(self) -> CaptureReport:
        self.file.seek(0)
        return check_warc(self.file)

    def _capture(self, report: CaptureReport) -> None:
        self.findings.extend(report.findings)
        if not report.holds:
            self.flags.add(Flag.DAMAGED)
        if report.has_credentials:
            self.flags.add(Flag.CONTAINS_REQUEST_CREDENTIALS)
        if report.has_scripts:
            self.flag(Flag.CONTAINS_SCRIPTS, Code.ACTIVE_CONTENT)
        if not report.holds or report.codes() & _UNREAD:
            self.flags.add(Flag.NOT_LOOKED_THROUGH)
        # Pictures lie in the records as the server packed them, and are not taken out.
        self.findings.append(Finding(Code.NOT_LOOKED_INTO.value, "pictures in the capture"))

    def _anything(self) -> None:
        self._search()
        if self.media_type not in {kinds.TEXT, kinds.HTML, kinds.SVG, "application/xml"}:
            self.flag(Flag.NOT_LOOKED_THROUGH, Code.NOT_LOOKED_INTO, "kind of file")

    def _closed(self) -> None:
        self.flag(Flag.NOT_LOOKED_THROUGH, Code.NOT_LOOKED_INTO, "packed files")

    def _archive(self) -> None:
        """Office files are archives of pictures; those stay packed, and so unknown."""
        self._closed()
        try:
            names = open_zip(self.file).entries
        except CaptureFault as fault:
            self.findings.append(Finding(fault.code.value))
            self.flags.add(Flag.DAMAGED)
            return
        if any(name.endswith(_MACROS) for name in names):
            self.flag(Flag.CONTAINS_SCRIPTS, Code.ACTIVE_CONTENT)

    def _pdf(self) -> None:
        if self._search().pdf_actions:
            self.flag(Flag.CONTAINS_SCRIPTS, Code.ACTIVE_CONTENT)
        self.flag(Flag.NOT_LOOKED_THROUGH, Code.NOT_LOOKED_INTO, "packed parts of a PDF")

    def _video(self) -> None:
        boxes = read_boxes(self.file)
        if boxes.location:
            self.flag(Flag.CONTAINS_LOCATION, Code.LOCATION_IN_VIDEO)
        if boxes.device:
            self.flag(Flag.CONTAINS_DEVICE_TRACES, Code.DEVICE_IN_VIDEO)
        if not boxes.is_readable:
            self.flag(Flag.DAMAGED, Code.VIDEO_UNREADABLE)
            self.flags.add(Flag.NOT_LOOKED_THROUGH)
        if boxes.provenance:
            self._check_provenance()

    def _picture(self) -> None:
        found = betrayals.Betrayals()
        if self.media_type == "image/png":
            betrayals.read_png(self.file, found)
        if self.media_type == "image/webp":
            betrayals.read_webp(self.file, found)
        if self.media_type == "image/tiff":
            found.exif |= read_exif(self.file, start=0)
        self._search(found)
        if self.media_type != "image/heic":
            self._open_picture()

    def _search(self, found: betrayals.Betrayals | None = None) -> betrayals.Betrayals:
        found = found or betrayals.Betrayals()
        betrayals.search(self.file, found, most=self.limits.scan_bytes)
        if found.exif.location:
            self.flag(Flag.CONTAINS_LOCATION, Code.LOCATION_IN_EXIF)
        if found.xmp:
            self.flag(Flag.CONTAINS_LOCATION, Code.LOCATION_IN_XMP)
        if found.iptc:
            self.flag(Flag.CONTAINS_LOCATION, Code.LOCATION_IN_IPTC)
        if found.exif.device:
            self.flag(Flag.CONTAINS_DEVICE_TRACES, Code.DEVICE_IN_EXIF)
        if found.exif.preview:
            self.findings.append(Finding(Code.PREVIEW_IN_EXIF.value))
        if not found.is_whole:
            self.flag(Flag.NOT_LOOKED_THROUGH, Code.NOT_LOOKED_INTO, "rest of the file")
        if found.provenance:
            self._check_provenance()
        return found

    def _check_provenance(self) -> None:
        """All of the file is hashed, which for a long video would use up the time of the rest."""
        if self.file.seek(0, 2) > self.limits.scan_bytes:
            self.findings.append(Finding(Code.NOT_LOOKED_INTO.value, "provenance"))
        elif self.media_type in self.tools.signed_types:
            self.provenance, findings = read_provenance(
                self.file, self.media_type, self.tools.context
            )
            self.findings.extend(findings)

    def _open_picture(self) -> None:
        """Reads the header; no pixel is decoded."""
        self.file.seek(0)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                with Image.open(self.file) as image:
                    width, height = image.size
        # Pillow's readers raise whatever they come upon in damaged files.
        except Exception:  # noqa: BLE001
            self.flag(Flag.DAMAGED, Code.IMAGE_UNREADABLE)
            return
        if width * height > self.limits.pixels:
            self.flag(Flag.DAMAGED, Code.IMAGE_TOO_LARGE, f"{width} x {height} pixels")
