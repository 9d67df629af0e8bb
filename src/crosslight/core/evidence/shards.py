"""A ledger over its years: one export a shard, side by side, each opened on the one before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from crosslight.core.evidence.checkpoint import SignedCheckpoint
from crosslight.core.evidence.entry import Opening
from crosslight.core.evidence.export import (
    README,
    SCRIPT,
    Examined,
    Known,
    examine_export,
)
from crosslight.core.evidence.rotation import KeyChain, deployment, is_same_signer
from crosslight.core.evidence.verification import LedgerFault, Verification

YEAR = re.compile(r"[0-9]{4}")
# Beside the folders of the years.
SHARED = frozenset({README, SCRIPT})


def is_of_several(names: Iterator[str]) -> bool:
    """Whether these are the files of an export of all shards, each below its year."""
    return any(YEAR.fullmatch(name.partition("/")[0]) and "/" in name for name in names)


@dataclass(frozen=True, slots=True)
class Closed:
    """A shard as the next one must name it."""

    signed: SignedCheckpoint
    keys: KeyChain
    is_closed: bool


def check_link(before: Closed | None, opening: Opening, *, keys: KeyChain | None = None) -> None:
    """Raise LedgerFault unless the shard that `opening` opens takes up where `before` ended."""
    if before is None:
        return
    last = before.signed
    named = (opening.previous_origin, opening.previous_size, opening.previous_root)
    if named != (last.origin, last.size, last.root.hex()):
        raise LedgerFault(
            f"{opening.origin} was not opened on the last state of {last.origin}: it names "
            f"{opening.previous_size} entries with the root {opening.previous_root} of "
            f"{opening.previous_origin}."
        )
    if not before.is_closed:
        raise LedgerFault(f"{last.origin} was followed by {opening.origin}, but never closed.")
    if keys is not None and not is_same_signer(before.keys.last, keys.first):
        raise LedgerFault(f"{opening.origin} begins with another key than {last.origin} ended.")


def verify_shards(files: Mapping[str, bytes], *, known: Known) -> Verification:
    """Check every shard of an export and that each is opened on the one before it.

    The oldest one may name a shard that is not there: it was retired, or not exported. A policy
    asks for the witnesses of every shard.
    """
    years = sorted({name.partition("/")[0] for name in files if "/" in name})
    try:
        _check_shared(files, years)
        found = list(_examined(files, years, known=known))
        _check_kept(found, known=known)
    except LedgerFault as fault:
        return Verification.of_fault(fault)
    return _together(found)


def _examined(
    files: Mapping[str, bytes], years: Sequence[str], *, known: Known
) -> Iterator[Examined]:
    before: Examined | None = None
    for year in years:
        shard = _below(files, year)
        origin = shard.get("checkpoint", b"").partition(b"\n")[0].decode(errors="replace")
        kept = tuple(note for note in known.kept if note.partition("\n")[0] == origin)
        try:
            now = examine_export(shard, known=replace(known, kept=kept))
            if not now.signed.origin.endswith(f"/audit/{year}"):
                raise LedgerFault(f"It is not of the year {year}, but {now.signed.origin!a}.")  # noqa: TRY301
        except LedgerFault as fault:
            raise LedgerFault(f"Shard {year}: {fault}", entry=None) from fault
        if before is not None:
            check_link(
                Closed(before.signed, before.keys, before.is_closed), now.opening, keys=now.keys
            )
        yield now
        before = now


def _check_shared(files: Mapping[str, bytes], years: Sequence[str]) -> None:
    """The page and the script above the years are those of the newest."""
    for name in files:
        year = name.partition("/")[0]
        if name not in SHARED and not ("/" in name and YEAR.fullmatch(year)):
            raise LedgerFault(f"{name!a} does not belong here.")
    for name in sorted(SHARED):
        if name not in files or files[name] != files.get(f"{years[-1]}/{name}"):
            raise LedgerFault(f"{name} is missing, or not that of the shard {years[-1]}.")


def _check_kept(found: Sequence[Examined], *, known: Known) -> None:
    """A checkpoint of a shard that is not there was checked by nobody."""
    origins = {shard.signed.origin for shard in found}
    for note in known.kept:
        if note.partition("\n")[0] not in origins:
            raise LedgerFault("A checkpoint that you kept is of no shard that is here.")
    if len({deployment(origin) for origin in origins}) > 1:
        raise LedgerFault("The shards are of several ledgers.")


def _together(found: Sequence[Examined]) -> Verification:
    each = [shard.verification for shard in found]
    common = set(each[0].witnesses).intersection(*(one.witnesses for one in each))
    return replace(
        each[-1],
        entries=sum(one.entries for one in each),
        checkpoints=sum(one.checkpoints for one in each),
        witnesses=tuple(name for name in each[-1].witnesses if name in common),
        stamps=sum(one.stamps for one in each),
        shards=len(each),
        leaves=tuple(sorted({leaf for one in each for leaf in one.leaves})),
    )


def _below(files: Mapping[str, bytes], year: str) -> Mapping[str, bytes]:
    return _Folder(files, f"{year}/")


class _Folder(Mapping[str, bytes]):
    """The files below one folder of `files`, read one at a time as before."""

    def __init__(self, files: Mapping[str, bytes], prefix: str) -> None:
        self._files = files
        self._prefix = prefix

    def __getitem__(self, name: str) -> bytes:
        return self._files[self._prefix + name]

    def __iter__(self) -> Iterator[str]:
        for name in self._files:
            if name.startswith(self._prefix):
                yield name.removeprefix(self._prefix)

    def __len__(self) -> int:
        return sum(1 for _ in self)
