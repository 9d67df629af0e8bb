"""Looking into what strangers sent, without believing it: results are annotations, never edits.

Files are opened by a child without network that has limits on memory and time. Knows no Django; the
console of a contributor uses it as custody does. Why, and what is not looked at: ADR 14 and
docs/explanation/inspection.md.
"""

from __future__ import annotations

from crosslight.core.evidence.captures.findings import Finding
from crosslight.custody.inspection.inspecting import inspect_file, inspect_files, inspect_package
from crosslight.custody.inspection.limits import DEFAULT, InspectionLimits
from crosslight.custody.inspection.results import (
    Flag,
    Isolation,
    NotAnInspection,
    ObjectInspection,
    PackageInspection,
    Provenance,
    Stop,
)
from crosslight.custody.inspection.working_copies import (
    NoWorkingCopy,
    WorkingCopy,
    make_working_copy,
)

__all__ = [
    "DEFAULT",
    "Finding",
    "Flag",
    "InspectionLimits",
    "Isolation",
    "NoWorkingCopy",
    "NotAnInspection",
    "ObjectInspection",
    "PackageInspection",
    "Provenance",
    "Stop",
    "WorkingCopy",
    "inspect_file",
    "inspect_files",
    "inspect_package",
    "make_working_copy",
]
