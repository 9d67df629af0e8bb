"""After a new year has begun: samples, disclosures and watchers of a ledger of several shards."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import LazySettings

from crosslight.core.evidence.export import Known
from crosslight.core.evidence.notes import KeyKind, verifier_key
from crosslight.core.evidence.proofs import verify_proofs
from crosslight.core.evidence.sampling import accesses_in, draw
from crosslight.core.evidence.shards import verify_shards
from crosslight.foundation import clock
from crosslight.ledger import accesses, watching
from crosslight.ledger import services as ledger
from crosslight.ledger.models import LedgerCosignature, LedgerStamp
from crosslight.ledger.selectors import last_stamp
from crosslight.oversight import services
from crosslight.oversight.services import LedgerFilter
from tests.coordination.factories import acknowledged
from tests.factories import World
from tests.ledger.test_export import files_in
from tests.oversight.test_disclosing import order


@pytest.fixture
def match_id(world: World) -> str:
    """A match of this year, and forty looks into the ledger in the next."""
    match = acknowledged(world).match.pk
    next_year = datetime(clock.now().year + 1, 1, 9, 12, tzinfo=UTC)
    with clock.at(next_year):
        for _ in range(40):
            services.consult_ledger(actor=world.nuria, wanted=LedgerFilter())
    return match


def in_next_year() -> datetime:
    return datetime(clock.now().year + 1, 1, 9, 13, tzinfo=UTC)


@pytest.mark.usefixtures("match_id")
def test_a_sample_is_drawn_of_the_shard_that_grows_and_again_from_its_export(
    world: World, tmp_path: Path
) -> None:
    with clock.at(in_next_year()):
        sample = services.draw_sample(actor=world.auditor)
        view = services.consult_sample(actor=world.auditor, sample_id=sample.pk)
        standing = accesses.standing()
        ledger.export(tmp_path / "export")
    assert standing is not None
    assert standing.start > 0
    places = [item.index - standing.start for item in view.entries]
    assert min(places) >= 0
    files = files_in(tmp_path / "export")
    assert places == list(draw(accesses_in(files, most=sample.size), seed=sample.seed, most=30))


def unpacked(made, folder: Path) -> Path:
    with made.content as content, zipfile.ZipFile(content) as archive:
        archive.extractall(folder)
    return folder


def test_what_names_an_object_is_proven_year_by_year(
    world: World, match_id: str, tmp_path: Path
) -> None:
    with clock.at(in_next_year()):
        made = services.disclose_ledger(actor=world.auditor, order=order(match_id))
        again = services.disclose_ledger(actor=world.auditor, order=order(match_id))
        again.content.close()
    folder = unpacked(made, tmp_path / "proofs")
    years = sorted(path.name for path in folder.iterdir())
    assert years == [str(clock.now().year), str(clock.now().year + 1)]
    for year in years:
        proven = verify_proofs(files_in(folder / year), key=accesses.public_key(int(year)))
        assert all(match_id in each.entry.objects for each in proven.entries)


@pytest.mark.usefixtures("match_id")
def test_the_whole_ledger_leaves_with_all_its_years(world: World, tmp_path: Path) -> None:
    with clock.at(in_next_year()):
        made = services.disclose_ledger(actor=world.auditor, order=order(""))
    folder = unpacked(made, tmp_path / "ledger")
    assert {path.name for path in folder.iterdir() if path.is_dir()} == {
        str(clock.now().year),
        str(clock.now().year + 1),
    }
    assert verify_shards(files_in(folder), known=Known()).holds


def witness(name: str, number: int) -> str:
    key = Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)
    return verifier_key(name=name, key=key, kind=KeyKind.WITNESS).to_text()


DPO, SHELTER, COURT = (witness(name, n) for n, name in enumerate(("dpo", "shelter", "court"), 1))


def cosigned(vkey: str, size: int) -> None:
    """As the ledger keeps what a witness answered."""
    LedgerCosignature.objects.create(
        year=clock.now().year, size=size, vkey=vkey, line="", cosigned_at=clock.now()
    )


@pytest.mark.parametrize(
    ("sizes", "met", "size", "cosigners"),
    [
        ({}, False, None, ()),
        ({DPO: 9}, False, 9, ("dpo",)),
        ({DPO: 9, SHELTER: 5}, True, 5, ("dpo", "shelter")),
        ({DPO: 9, SHELTER: 5, COURT: 7}, True, 7, ("dpo", "court")),
    ],
)
def test_a_witness_stands_for_all_that_came_before_what_it_cosigned(
    world: World, settings: LazySettings, tmp_path: Path, sizes, met, size, cosigners
) -> None:
    services.consult_ledger(actor=world.auditor, wanted=LedgerFilter())
    log = accesses.public_key()
    assert log is not None
    policy = tmp_path / "policy"
    policy.write_text(
        f"log {log.to_text()}\nwitness dpo {DPO}\nwitness shelter {SHELTER}\n"
        f"witness court {COURT}\ngroup two 2 dpo shelter court\nquorum two\n",
        "ascii",
    )
    settings.LEDGER_WITNESS_POLICY = policy
    for vkey, held in sizes.items():
        cosigned(vkey, held)
    seen = watching.watch()
    assert seen.named == ("dpo", "shelter", "court")
    assert (seen.is_quorum_met, seen.size, seen.cosigners) == (met, size, cosigners)


@pytest.mark.django_db
def test_the_newest_time_stamp_is_the_one_that_is_shown() -> None:
    assert last_stamp() is None
    times = [datetime(2026, 3, day, tzinfo=UTC) for day in (4, 9, 2)]
    for size, at in enumerate(times, start=1):
        LedgerStamp.objects.create(
            year=2026, size=size, response=b"", stamped_at=at, leaf="", root="", policy=""
        )
    assert last_stamp() == max(times)


@pytest.mark.django_db
def test_a_policy_that_cannot_be_read_is_said(settings: LazySettings, tmp_path: Path) -> None:
    settings.LEDGER_WITNESS_POLICY = tmp_path / "absent"
    assert "cannot be used" in watching.watch().fault
