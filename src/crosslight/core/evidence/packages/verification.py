"""One verdict on a package: every check by name, in order, and what the first failure was.

Cheap checks come first and the content last, so that a hostile file is refused before it is read.
Memory does not grow with the package: content goes through in pieces of one mebibyte.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import BinaryIO

from crosslight.core.evidence import receipts, timestamps
from crosslight.core.evidence.packages import layout
from crosslight.core.evidence.packages.archive import Archive, open_archive
from crosslight.core.evidence.packages.bagit import PACKAGE_BAG, Bag, check_hashes, read_bag
from crosslight.core.evidence.packages.captured import CaptureCheck, check_captures
from crosslight.core.evidence.packages.custody import SignedStatement, Step, read_chain
from crosslight.core.evidence.packages.description import Description, read_description
from crosslight.core.evidence.packages.faults import PackageFault
from crosslight.core.evidence.packages.ledgered import LedgeredStep, check_receipts
from crosslight.core.evidence.packages.limits import LIMITS, Limits
from crosslight.core.evidence.packages.stamps import check_stamps
from crosslight.core.evidence.receipts import LedgerTrust
from crosslight.core.evidence.timestamps import Authority, Stamp

_ALGORITHM = "sha256"


class Check(StrEnum):
    """In the order in which they are made; the text says what holds once it passed."""

    ARCHIVE = "archive"
    LAYOUT = "layout"
    MANIFESTS = "manifests"
    TAG_FILES = "tag_files"
    DESCRIPTION = "description"
    CUSTODY = "custody"
    SIGNERS = "signers"
    STAMPS = "stamps"
    RECEIPTS = "receipts"
    CONTENT = "content"
    CAPTURES = "captures"

    @property
    def sentence(self) -> str:
        return _SENTENCES[self]


_SENTENCES = {
    Check.ARCHIVE: "The ZIP shows the same files to every program, and hides none.",
    Check.LAYOUT: "It has the files that a package has, and no others.",
    Check.MANIFESTS: "Everything in it is listed, and everything listed is in it.",
    Check.TAG_FILES: "The lists and the description are those that were signed for.",
    Check.DESCRIPTION: "The description is about these files.",
    Check.CUSTODY: "Every custody statement is signed and follows the one before it.",
    Check.SIGNERS: "Every signer is one that you trust.",
    Check.STAMPS: "An authority that you trust stamped the lists with a time.",
    Check.RECEIPTS: "A ledger that you trust recorded that it took the package in.",
    Check.CONTENT: "Every byte of the content is the one that was listed.",
    Check.CAPTURES: "Web captures are in themselves what their own lists say.",
}


class State(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    NOT_ASKED = "not_asked"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`fault` explains the failed check. What was read before it is there, the rest is None."""

    states: dict[Check, State]
    fault: str | None
    description: Description | None
    custody: tuple[SignedStatement, ...]
    stamps: tuple[Stamp, ...] = ()
    receipts: tuple[LedgeredStep, ...] = ()

    @property
    def holds(self) -> bool:
        return self.fault is None

    @property
    def failed(self) -> Check | None:
        return next((each for each, state in self.states.items() if state is State.FAILED), None)


@dataclass(frozen=True, slots=True)
class Expectations:
    """`trusted` are fingerprints: without any, signatures are checked and signers are not.

    `steps` must each be in the chain: a statement cut off its end leaves no other trace. With
    `authority` and `ledger` at least one time stamp and one receipt must be there, and all hold.
    `captures` looks into web captures; without it nobody does.
    """

    trusted: frozenset[str] = frozenset()
    steps: frozenset[Step] = frozenset()
    authority: Authority | None = None
    ledger: LedgerTrust | None = None
    captures: CaptureCheck | None = None


NO_EXPECTATIONS = Expectations()


def verify_package(
    file: BinaryIO, *, expected: Expectations = NO_EXPECTATIONS, limits: Limits = LIMITS
) -> Verdict:
    """`file` can seek and does not change meanwhile. Raises nothing but what reading it raises."""
    run = _Run(file, expected, limits)
    states = dict.fromkeys(Check, State.NOT_REACHED)
    fault: str | None = None
    for check in Check:
        try:
            states[check] = getattr(run, check.value)()
        except PackageFault as error:
            states[check], fault = State.FAILED, str(error)
            break
    return Verdict(
        states, fault, run.description_read, run.chain, run.stamps_read, run.receipts_read
    )


@dataclass
class _Run:
    """One method for each check, named as it is; each uses what those before it read."""

    file: BinaryIO
    expected: Expectations
    limits: Limits
    files: Archive = field(init=False)
    bag: Bag = field(init=False)
    package: str = ""
    description_read: Description | None = None
    chain: tuple[SignedStatement, ...] = ()
    stamps_read: tuple[Stamp, ...] = ()
    receipts_read: tuple[LedgeredStep, ...] = ()

    def archive(self) -> State:
        self.files = open_archive(self.file, limits=self.limits)
        return State.PASSED

    def layout(self) -> State:
        layout.check_names(self.files.names())
        return State.PASSED

    def manifests(self) -> State:
        self.bag = read_bag(self.files, PACKAGE_BAG, limits=self.limits)
        return State.PASSED

    def tag_files(self) -> State:
        for name in sorted(self.bag.tags[_ALGORITHM]):
            if self.files.size(name) > self.limits.json_bytes:
                raise PackageFault(f"{name} is larger than {self.limits.json_bytes} bytes.")
        check_hashes(self.files, self.bag.tags)
        return State.PASSED

    def description(self) -> State:
        data = self.files.read(layout.DESCRIPTION, limit=self.limits.json_bytes)
        read = read_description(data, limits=self.limits)
        _check_described(read, self.files, self.bag)
        self.description_read, self.package = read, read.heading.id
        return State.PASSED

    def custody(self) -> State:
        names = layout.statements_in(self.files.names())
        self.chain = read_chain(
            self._small(names, limit=self.limits.statement_bytes),
            package=self.package,
            tag_manifest=self._tag_manifest(),
        )
        return State.PASSED

    def signers(self) -> State:
        made = {signed.statement.step for signed in self.chain}
        for step in sorted(self.expected.steps - made):
            raise PackageFault(f"There is no statement for the step {step}, which you asked for.")
        if not self.expected.trusted:
            return State.NOT_ASKED
        for signed in self.chain:
            if signed.fingerprint not in self.expected.trusted:
                raise PackageFault(
                    f"The step {signed.statement.step} is signed by {signed.fingerprint}, "
                    "which is not a key that you trust."
                )
        return State.PASSED

    def stamps(self) -> State:
        names = layout.stamps_in(self.files.names())
        self.stamps_read = check_stamps(
            self._small(names, limit=timestamps.MOST_BYTES),
            tag_manifest=self._tag_manifest(),
            authority=self.expected.authority,
        )
        return State.NOT_ASKED if self.expected.authority is None else State.PASSED

    def receipts(self) -> State:
        names = layout.receipts_in(self.files.names())
        self.receipts_read = check_receipts(
            self._small(names, limit=receipts.MOST_BYTES),
            tag_manifest=self._tag_manifest(),
            trust=self.expected.ledger,
        )
        return State.NOT_ASKED if self.expected.ledger is None else State.PASSED

    def content(self) -> State:
        check_hashes(self.files, self.bag.payload)
        return State.PASSED

    def captures(self) -> State:
        if self.expected.captures is None or self.description_read is None:
            return State.NOT_ASKED
        check_captures(self.description_read, check=self.expected.captures)
        return State.PASSED

    def _small(self, names: Sequence[str], *, limit: int) -> Iterator[tuple[str, bytes]]:
        return ((name, self.files.read(name, limit=limit)) for name in names)

    def _tag_manifest(self) -> bytes:
        return self.files.read(layout.TAG_MANIFEST, limit=self.limits.manifest_bytes)


def _check_described(description: Description, files: Archive, bag: Bag) -> None:
    listed = bag.payload[_ALGORITHM]
    described = {item.path: item for item in description.items}
    for path in sorted(listed.keys() ^ described.keys()):
        raise PackageFault(f"{path} is described or listed, and not both.")
    for path, item in described.items():
        if (item.sha256, item.size) != (listed[path], files.size(path)):
            raise PackageFault(f"{path} is described with another hash or size than it has.")
    heading = description.heading
    expected = layout.bag_info(
        heading.id,
        created=heading.created,
        size=sum(item.size for item in description.items),
        count=len(description.items),
    )
    if files.read(layout.INFO, limit=len(expected)) != expected:
        raise PackageFault("bag-info.txt says something else than the description does.")
