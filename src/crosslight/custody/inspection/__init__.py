"""What a look into a package finds: annotations, never edits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from crosslight.core.evidence.packages.archive import open_archive
from crosslight.core.evidence.packages.layout import OBJECTS


class Flag(StrEnum):
    CONTAINS_LOCATION = "contains_location"
    CONTAINS_CREDENTIALS = "contains_credentials"
    POSSIBLE_MINOR = "possible_minor"


@dataclass(frozen=True, slots=True)
class Finding:
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class ObjectInspection:
    path: str
    media_type: str
    flags: frozenset[Flag] = frozenset()
    findings: tuple[Finding, ...] = ()
    provenance: str = "none"

    def as_json(self) -> dict[str, Any]:
        return {
            "path": self.path,
            "media_type": self.media_type,
            "flags": sorted(flag.value for flag in self.flags),
            "findings": [{"code": each.code, "detail": each.detail} for each in self.findings],
            "provenance": self.provenance,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> ObjectInspection:
        return cls(
            value["path"],
            value["media_type"],
            frozenset(map(Flag, value["flags"])),
            tuple(Finding(each["code"], each["detail"]) for each in value["findings"]),
            value["provenance"],
        )


@dataclass(frozen=True, slots=True)
class PackageInspection:
    objects: tuple[ObjectInspection, ...]
    is_complete: bool
    stopped_by: str

    def as_json(self) -> dict[str, Any]:
        return {
            "objects": [each.as_json() for each in self.objects],
            "is_complete": self.is_complete,
            "stopped_by": self.stopped_by,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> PackageInspection:
        return cls(
            tuple(map(ObjectInspection.from_json, value["objects"])),
            value["is_complete"],
            value["stopped_by"],
        )


def inspect_package(path: Path) -> PackageInspection:
    with path.open("rb") as file:
        names = [name for name in open_archive(file).names() if name.startswith(OBJECTS)]
    found = tuple(ObjectInspection(name, "application/octet-stream") for name in sorted(names))
    return PackageInspection(found, is_complete=True, stopped_by="")
