"""Adding to a package: later custody statements, time stamps, ledger receipts.

Adding writes the ZIP anew and changes no byte of any file in it. Everything added goes under
signatures/, which no manifest lists; what was there before stays there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import BinaryIO

from crosslight.core.evidence.packages import layout
from crosslight.core.evidence.packages.archive import Archive, open_archive
from crosslight.core.evidence.packages.building import Signer
from crosslight.core.evidence.packages.custody import FIRST_STEPS, Statement, sign
from crosslight.core.evidence.packages.faults import PackageFault
from crosslight.core.evidence.packages.limits import LIMITS, Limits
from crosslight.core.evidence.packages.verification import (
    NO_EXPECTATIONS,
    Expectations,
    Verdict,
    verify_package,
)
from crosslight.core.evidence.packages.zipform import Writer


def add_statement(
    file: BinaryIO,
    out: BinaryIO,
    *,
    signer: Signer,
    at: datetime,
    note_code: str | None = None,
    result: str | None = None,
    limits: Limits = LIMITS,
) -> Statement:
    """Write the package in `file` to `out` with one more statement at the end of its chain.

    Raises PackageFault where the package does not hold as it is, where `at` is before the last
    statement, and for the steps that only a beginning can be.
    """
    if signer.step in FIRST_STEPS:
        raise PackageFault(f"The step {signer.step} begins a chain, and cannot be added to one.")
    verdict = sound(file, limits=limits)
    last = verdict.custody[-1].statement
    if at < last.time:
        raise PackageFault("The last statement is of a later time; look at this machine's clock.")
    files = open_archive(file, limits=limits)
    paths = layout.statements_in(files.names())
    statement = Statement(
        package=last.package,
        subject=last.subject,
        step=signer.step,
        actor=signer.actor,
        time=at.replace(microsecond=0),
        previous=hashlib.sha256(files.read(paths[-1], limit=limits.statement_bytes)).hexdigest(),
        tool=signer.tool,
        note_code=note_code,
        result=result,
    )
    path = layout.statement_path(len(paths) + 1, step=signer.step)
    write_with(files, out, {path: sign(statement, key=signer.key)}, limits=limits)
    return statement


def add_stamp(file: BinaryIO, out: BinaryIO, response: bytes, *, limits: Limits = LIMITS) -> str:
    """Write the package to `out` with a whole TimeStampResp; its path is returned.

    That the response is of this package is the caller's to know: verify what was written.
    """
    sound(file, limits=limits)
    files = open_archive(file, limits=limits)
    number = len(layout.stamps_in(files.names())) + 1
    if number > layout.MOST_STAMPS:
        raise PackageFault(f"A package holds {layout.MOST_STAMPS} time stamps at most.")
    path = layout.stamp_path(number)
    write_with(files, out, {path: response}, limits=limits)
    return path


def add_receipt(file: BinaryIO, out: BinaryIO, receipt: bytes, *, limits: Limits = LIMITS) -> str:
    """Write the package to `out` with a ledger's receipt beside its last statement."""
    verdict = sound(file, limits=limits)
    files = open_archive(file, limits=limits)
    step = verdict.custody[-1].statement.step
    path = layout.receipt_path(len(verdict.custody), step=step)
    if path in files.names():
        raise PackageFault(f"{path} is there already.")
    write_with(files, out, {path: receipt}, limits=limits)
    return path


def tag_manifest_of(file: BinaryIO, *, limits: Limits = LIMITS) -> bytes:
    """The one file that is signed and stamped, of a package that was verified."""
    return open_archive(file, limits=limits).read(layout.TAG_MANIFEST, limit=limits.manifest_bytes)


def sound(
    file: BinaryIO, *, expected: Expectations = NO_EXPECTATIONS, limits: Limits = LIMITS
) -> Verdict:
    """The verdict on a package that holds; raises PackageFault where it does not."""
    verdict = verify_package(file, expected=expected, limits=limits)
    if verdict.fault is not None:
        raise PackageFault(f"The package does not hold. {verdict.fault}")
    return verdict


def write_with(
    files: Archive, out: BinaryIO, added: Mapping[str, bytes], *, limits: Limits = LIMITS
) -> None:
    """The package with these files under signatures/, in place of any that bear their names."""
    names = [name for name in files.names() if name not in added]
    if len(names) + len(added) > limits.entries:
        raise PackageFault(f"A package has {limits.entries} entries at most.")
    writer = Writer(out)
    objects = [name for name in names if name.startswith(layout.OBJECTS)]
    for name in names:
        if not name.startswith(layout.OBJECTS):
            _copy(files, writer, name)
    for name, content in added.items():
        writer.add_bytes(name, content)
    for name in objects:
        _copy(files, writer, name)
    writer.close()


def _copy(files: Archive, writer: Writer, name: str) -> None:
    writer.add(name, files.chunks(name), size=files.size(name), crc=files.crc(name))
