from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from crosslight.core.evidence.acts import Act
from crosslight.core.evidence.export import Known, verify_export
from crosslight.core.evidence.notes import VerifierKey
from crosslight.ledger.errors import ExportFolderNotEmpty, LedgerEmpty
from crosslight.ledger.models import LedgerCheckpoint, LedgerEntry
from crosslight.ledger.services import export, verify_database
from tests.core.evidence.ledgers import export_of
from tests.ledger.acts import record_many, record_one

pytestmark = pytest.mark.django_db


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("size", [2, 256, 300])
def test_an_export_holds_without_the_database(tmp_path: Path, size: int):
    record_many(size - 1)
    done = export(tmp_path / "export")
    files = files_in(tmp_path / "export")
    key = VerifierKey.from_text(files["keys/log.vkey"].decode()[:-1])
    result = verify_export(files, known=Known(key=key))
    assert result.holds
    assert result.entries == done.checkpoint.size == size
    assert result.root == verify_database().root
    assert done.files == len(files)


def test_its_tiles_are_those_of_the_layout(tmp_path: Path):
    record_many(299)
    export(tmp_path)
    bodies = [bytes(row.body) for row in LedgerEntry.objects.order_by("index")]
    expected = {name: data for name, data in export_of(bodies).items() if "tile/" in name}
    found = {name: data for name, data in files_in(tmp_path).items() if "tile/" in name}
    assert found == expected


def test_what_is_exported_is_kept_as_a_checkpoint(tmp_path: Path):
    record_one()
    export(tmp_path)
    assert LedgerCheckpoint.objects.get().note == (tmp_path / "checkpoint").read_text("utf-8")
    record_one()
    assert verify_database().checkpoints == 2


def test_it_explains_itself_and_names_nobody(tmp_path: Path):
    record_one(payload={"reason": "words about somebody"})
    export(tmp_path)
    files = files_in(tmp_path)
    assert "ledger verify" in files["README.txt"].decode("ascii")
    assert not any(b"words about" in data for data in files.values())
    assert re.fullmatch(r"([0-9a-f]{64}  [\w./]+\n)+", files["SHA256SUMS"].decode())


def test_it_carries_the_script_with_the_acts_of_this_release(tmp_path: Path):
    record_one()
    export(tmp_path)
    script = (tmp_path / "verify.sh").read_text("ascii")
    assert "@ACTS@" not in script
    assert all(f'"{act.value}": "{act.classification.value}"' in script for act in Act)
    command = ["sh", tmp_path / "verify.sh", tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("OK: 2 entries of "), done.stderr


def test_it_never_mixes_with_other_files(tmp_path: Path):
    record_one()
    (tmp_path / "notes.txt").write_text("mine", "ascii")
    with pytest.raises(ExportFolderNotEmpty):
        export(tmp_path)
    with pytest.raises(ExportFolderNotEmpty):
        export(tmp_path / "notes.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_an_empty_ledger_has_nothing_to_export(tmp_path: Path):
    with pytest.raises(LedgerEmpty):
        export(tmp_path / "export")
    assert not (tmp_path / "export").exists()
