from __future__ import annotations

from collections.abc import Sequence

import pytest

from crosslight.core.evidence.checkpoint import Checkpoint
from crosslight.core.evidence.merkle import EMPTY_ROOT
from crosslight.core.evidence.tree import TileTree
from crosslight.core.evidence.witness import Breach, Refused, Shown, examine
from tests.core.evidence.ledgers import ORIGIN, an_entry, bodies_of, export_of, signed

BODIES = bodies_of(600)
REWRITTEN = [*BODIES[:7], an_entry(7, justification="other").to_bytes(), *BODIES[8:]]


def checkpoint(bodies: Sequence[bytes]) -> Checkpoint:
    return signed(bodies).checkpoint


def shown(bodies: Sequence[bytes], *, size: int | None = None) -> Shown:
    """An export of `bodies`, with the checkpoint of its first `size` entries."""
    files = export_of(bodies)
    return Shown(checkpoint(bodies[:size]), TileTree(files, len(bodies)), len(bodies))


def breach(what: Shown, *, last: Checkpoint) -> Breach:
    with pytest.raises(Refused, match=r"Nothing was cosigned.* [A-Z][a-z]+ ") as caught:
        examine(what, last=last)
    return caught.value.breach


@pytest.mark.parametrize(
    ("old", "new", "exported"),
    [(1, 1, 1), (1, 2, 2), (255, 257, 257), (256, 256, 256), (256, 600, 600), (300, 511, 600)],
)
def test_growth_is_accepted(old: int, new: int, exported: int) -> None:
    examine(shown(BODIES[:exported], size=new), last=checkpoint(BODIES[:old]))


def test_the_first_checkpoint_is_taken_if_its_tiles_lead_to_it() -> None:
    examine(shown(BODIES[:300]), last=None)
    with pytest.raises(Refused, match="do not lead to the root"):
        examine(
            Shown(checkpoint(REWRITTEN[:300]), TileTree(export_of(BODIES[:300]), 300), 300),
            last=None,
        )


def test_everything_continues_the_empty_ledger() -> None:
    empty = Checkpoint(ORIGIN, 0, EMPTY_ROOT)
    examine(shown(BODIES[:300]), last=empty)
    examine(Shown(empty, TileTree({}, 0), 0), last=None)
    with pytest.raises(Refused, match="do not lead"):
        examine(Shown(Checkpoint(ORIGIN, 0, b"\x00" * 32), TileTree({}, 0), 0), last=None)


@pytest.mark.parametrize("new", [301, 512, 600])
def test_a_rewrite_is_refused(new: int) -> None:
    assert breach(shown(REWRITTEN[:new]), last=checkpoint(BODIES[:300])) is Breach.REWRITE


def test_a_fork_is_refused() -> None:
    assert breach(shown(REWRITTEN[:300]), last=checkpoint(BODIES[:300])) is Breach.FORK


def test_a_truncation_is_refused() -> None:
    assert breach(shown(BODIES[:299]), last=checkpoint(BODIES[:300])) is Breach.TRUNCATION
    # The folder goes on, but not as the ledger did that the witness saw.
    forked = shown(REWRITTEN[:400], size=299)
    assert breach(forked, last=checkpoint(BODIES[:300])) is Breach.TRUNCATION


def test_an_old_checkpoint_beside_the_newer_ledger_is_a_rollback() -> None:
    what = shown(BODIES[:400], size=299)
    assert breach(what, last=checkpoint(BODIES[:300])) is Breach.ROLLBACK


def test_damage_to_the_folder_is_not_taken_for_a_breach_of_the_ledger() -> None:
    files = export_of(BODIES[:300])
    last = checkpoint(BODIES[:200])
    for damaged in (
        {},
        {name: data for name, data in files.items() if not name.startswith("tile/0/001")},
        {**files, "tile/0/001.p/44": b"\x00" * 32 * 44},
        {**files, "tile/0/001.p/44": b"\x00" * 7},
    ):
        what = Shown(checkpoint(BODIES[:300]), TileTree(damaged, 300), 300)
        assert breach(what, last=last) is Breach.UNFIT
    ahead = Shown(checkpoint(BODIES[:301]), TileTree(files, 300), 300)
    assert breach(ahead, last=last) is Breach.UNFIT


def test_tiles_that_contradict_each_other_convince_nobody() -> None:
    """The new root stands in an upper tile; below it lies another past."""
    true, false = export_of(BODIES[:512]), export_of(REWRITTEN[:512])
    files = {**false, "tile/0/000": true["tile/0/000"]}
    what = Shown(checkpoint(REWRITTEN[:512]), TileTree(files, 512), 512)
    assert breach(what, last=checkpoint(BODIES[:200])) is Breach.REWRITE
