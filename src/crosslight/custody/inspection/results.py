"""What an inspection says. It comes out of a child that a hostile file may have taken over.

So reading it back believes nothing: codes are of the closed lists, texts are short and plain.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from crosslight.core.evidence.captures.findings import Code as CaptureCode
from crosslight.core.evidence.captures.findings import Finding
from crosslight.core.evidence.packages.layout import OBJECT

MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]{0,63}/[a-z0-9][a-z0-9.+-]{0,63}")
UNKNOWN_TYPE = "application/octet-stream"
_DETAIL = re.compile(r"[A-Za-z0-9 ,.:;/()+_-]{0,400}")
_MOST_OBJECTS, _MOST_FINDINGS = 5_000, 100


class Flag(StrEnum):
    """What whoever handles the file must know. That a flag is missing proves nothing."""

    CONTAINS_LOCATION = "contains_location"
    CONTAINS_REQUEST_CREDENTIALS = "contains_request_credentials"
    CONTAINS_SCRIPTS = "contains_scripts"
    CONTAINS_DEVICE_TRACES = "contains_device_traces"
    MISMATCHED_TYPE = "mismatched_type"
    DAMAGED = "damaged"
    NOT_LOOKED_THROUGH = "not_looked_through"


class Provenance(StrEnum):
    """C2PA. Intact says that nothing changed since somebody unknown signed, never "authentic"."""

    NONE = "none"
    INTACT_UNTRUSTED = "intact_untrusted"
    BROKEN = "broken"


class Code(StrEnum):
    """Beside those of captures. Members are added, never renamed: what is stored holds them."""

    LOCATION_IN_EXIF = "location_in_exif"
    LOCATION_IN_XMP = "location_in_xmp"
    LOCATION_IN_IPTC = "location_in_iptc"
    LOCATION_IN_VIDEO = "location_in_video"
    DEVICE_IN_EXIF = "device_in_exif"
    DEVICE_IN_VIDEO = "device_in_video"
    PREVIEW_IN_EXIF = "preview_in_exif"
    TYPE_DIFFERS = "type_differs"
    ACTIVE_CONTENT = "active_content"
    IMAGE_TOO_LARGE = "image_too_large"
    IMAGE_UNREADABLE = "image_unreadable"
    VIDEO_UNREADABLE = "video_unreadable"
    NOT_LOOKED_INTO = "not_looked_into"
    PROVENANCE_ELSEWHERE = "provenance_elsewhere"
    PROVENANCE_UNREADABLE = "provenance_unreadable"
    INSPECTION_STOPPED = "inspection_stopped"


class Stop(StrEnum):
    """Why an inspection ended before its end; none of them is an error of the caller."""

    NONE = ""
    MEMORY = "memory_limit"
    CPU = "cpu_limit"
    TIME = "time_limit"
    CRASH = "crash"
    ANSWER = "unreadable_answer"
    UNCONFINED = "not_confined"
    UNREADABLE = "unreadable_file"
    NO_PACKAGE = "not_a_package"
    NOT_STARTED = "not_started"


class Isolation(StrEnum):
    """What kept the child off the network, weakest first. NONE: no child ran to its work."""

    NONE = "none"
    DESCRIPTORS = "no_new_descriptors"
    NAMESPACE = "own_namespace"


_Member = TypeVar("_Member", bound=StrEnum)
_CODES = frozenset(map(str, Code)) | frozenset(map(str, CaptureCode))


class NotAnInspection(ValueError):
    """It does not have the form that `as_json` gives."""


@dataclass(frozen=True, slots=True)
class ObjectInspection:
    """`path` is that in the package, and empty for a file that is in none."""

    path: str
    media_type: str
    flags: frozenset[Flag]
    findings: tuple[Finding, ...]
    provenance: Provenance

    def as_json(self) -> dict[str, Any]:
        return {
            "path": self.path,
            "media_type": self.media_type,
            "flags": sorted(self.flags),
            "findings": [{"code": each.code, "detail": each.detail} for each in self.findings],
            "provenance": self.provenance.value,
        }

    @classmethod
    def from_json(cls, value: object) -> ObjectInspection:
        fields = _fields(value, {"path", "media_type", "flags", "findings", "provenance"})
        path, media_type, findings = fields["path"], fields["media_type"], fields["findings"]
        if not isinstance(path, str) or (path and not OBJECT.fullmatch(path)):
            raise NotAnInspection("path")
        if not isinstance(media_type, str) or not MEDIA_TYPE.fullmatch(media_type):
            raise NotAnInspection("media_type")
        if not isinstance(findings, list) or len(findings) > _MOST_FINDINGS:
            raise NotAnInspection("findings")
        if not isinstance(fields["flags"], list):
            raise NotAnInspection("flags")
        return cls(
            path,
            media_type,
            frozenset(_member(Flag, flag) for flag in fields["flags"]),
            tuple(map(_finding, findings)),
            _member(Provenance, fields["provenance"]),
        )


@dataclass(frozen=True, slots=True)
class PackageInspection:
    """`stopped_by` is a Stop; where it is not empty, later objects may be missing."""

    objects: tuple[ObjectInspection, ...]
    is_complete: bool
    stopped_by: str
    isolation: str = field(default=Isolation.NONE.value)

    def as_json(self) -> dict[str, Any]:
        return {
            "objects": [each.as_json() for each in self.objects],
            "is_complete": self.is_complete,
            "stopped_by": str(self.stopped_by),
            "isolation": str(self.isolation),
        }

    @classmethod
    def from_json(cls, value: object) -> PackageInspection:
        """Raises NotAnInspection."""
        fields = _fields(value, {"objects", "is_complete", "stopped_by", "isolation"})
        objects, is_complete = fields["objects"], fields["is_complete"]
        if not isinstance(objects, list) or len(objects) > _MOST_OBJECTS:
            raise NotAnInspection("objects")
        if not isinstance(is_complete, bool):
            raise NotAnInspection("is_complete")
        return cls(
            tuple(map(ObjectInspection.from_json, objects)),
            is_complete,
            _member(Stop, fields["stopped_by"]).value,
            _member(Isolation, fields["isolation"]).value,
        )


def _fields(value: object, names: set[str]) -> Mapping[str, Any]:
    if not isinstance(value, dict) or value.keys() != names:
        raise NotAnInspection("fields")
    return value


def _finding(value: object) -> Finding:
    fields = _fields(value, {"code", "detail"})
    code, detail = fields["code"], fields["detail"]
    if not isinstance(code, str) or code not in _CODES:
        raise NotAnInspection("code")
    if not isinstance(detail, str) or not _DETAIL.fullmatch(detail):
        raise NotAnInspection("detail")
    return Finding(code, detail)


def _member(kind: type[_Member], value: object) -> _Member:
    if not isinstance(value, str) or value not in list(kind):
        raise NotAnInspection(kind.__name__)
    return kind(value)
