"""Writing a package: the same files, facts, time and identifier give the same bytes."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crosslight.core.evidence.canonical import JSON
from crosslight.core.evidence.packages import layout
from crosslight.core.evidence.packages.archive import CHUNK_BYTES
from crosslight.core.evidence.packages.bagit import DECLARATION, PLAIN_DECLARATION, write_manifest
from crosslight.core.evidence.packages.custody import Statement, Step, sign
from crosslight.core.evidence.packages.description import (
    Description,
    Heading,
    Item,
    read_description,
    write_description,
)
from crosslight.core.evidence.packages.facts import Role
from crosslight.core.evidence.packages.faults import PackageFault
from crosslight.core.evidence.packages.limits import LIMITS, Limits
from crosslight.core.evidence.packages.zipform import Writer

# bagit.txt, bag-info.txt, two manifests, the description, the first statement.
_OTHER_FILES = 6


@dataclass(frozen=True, slots=True)
class Source:
    """A file to take in. `open` gives it from its beginning, each time; `suffix` is as `.jpg`."""

    open: Callable[[], BinaryIO]
    suffix: str
    role: Role
    facts: Mapping[str, JSON]


@dataclass(frozen=True, slots=True)
class Signer:
    """Who makes the first statement, about which step, with which tool (name and version)."""

    key: Ed25519PrivateKey
    step: Step
    actor: str
    tool: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Measured:
    source: Source
    item: Item
    crc: int


def build_package(
    out: BinaryIO,
    sources: Sequence[Source],
    *,
    heading: Heading,
    signer: Signer,
    limits: Limits = LIMITS,
) -> Description:
    """Write the package to `out`. Every file is read twice: to be listed, and to be written.

    Raises PackageFault, with a useless rest in `out`, where facts do not have their form, a limit
    is passed, or a file changes between the two readings.
    """
    if len(sources) + _OTHER_FILES > limits.entries:
        raise PackageFault(f"A package holds {limits.entries - _OTHER_FILES} files at most.")
    measured = [_measure(source, number) for number, source in enumerate(sources, 1)]
    description = write_description(heading, tuple(each.item for each in measured))
    _check_sizes(measured, description, limits)
    read = read_description(description, limits=limits)
    tags = _tag_files(read, description)
    tags[layout.TAG_MANIFEST] = write_manifest(
        {name: hashlib.sha256(content).hexdigest() for name, content in tags.items()}
    )
    statement = _first_statement(heading, signer, tags[layout.TAG_MANIFEST])
    tags[layout.statement_path(1, step=signer.step)] = sign(statement, key=signer.key)
    writer = Writer(out)
    for name, content in tags.items():
        writer.add_bytes(name, content)
    for each in measured:
        item = each.item
        writer.add(item.path, _unchanged(each), size=item.size, crc=each.crc)
    writer.close()
    return read


def _measure(source: Source, number: int) -> _Measured:
    digest, crc, size = hashlib.sha256(), 0, 0
    for chunk in _chunks(source):
        digest.update(chunk)
        crc = zlib.crc32(chunk, crc)
        size += len(chunk)
    path = layout.object_path(number, suffix=source.suffix)
    return _Measured(source, Item(path, digest.hexdigest(), size, source.role, source.facts), crc)


def _unchanged(measured: _Measured) -> Iterator[bytes]:
    digest = hashlib.sha256()
    for chunk in _chunks(measured.source):
        digest.update(chunk)
        yield chunk
    if digest.hexdigest() != measured.item.sha256:
        raise PackageFault("A file was changed while it was being packed.")


def _chunks(source: Source) -> Iterator[bytes]:
    with source.open() as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


def _tag_files(description: Description, data: bytes) -> dict[str, bytes]:
    heading, items = description.heading, description.items
    size = sum(item.size for item in items)
    return {
        DECLARATION: PLAIN_DECLARATION,
        layout.INFO: layout.bag_info(
            heading.id, created=heading.created, size=size, count=len(items)
        ),
        layout.MANIFEST: write_manifest({item.path: item.sha256 for item in items}),
        layout.DESCRIPTION: data,
    }


def _first_statement(heading: Heading, signer: Signer, tag_manifest: bytes) -> Statement:
    return Statement(
        package=heading.id,
        subject=hashlib.sha256(tag_manifest).hexdigest(),
        step=signer.step,
        actor=signer.actor,
        time=heading.created,
        previous=None,
        tool=signer.tool,
    )


def _check_sizes(measured: Sequence[_Measured], description: bytes, limits: Limits) -> None:
    if len(description) > limits.json_bytes:
        raise PackageFault(f"The facts are larger than {limits.json_bytes} bytes.")
    others = len(description) + limits.manifest_bytes
    if sum(each.item.size for each in measured) + others > limits.total_bytes:
        raise PackageFault(f"A package holds {limits.total_bytes} bytes at most.")
