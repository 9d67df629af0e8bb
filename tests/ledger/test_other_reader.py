"""Another implementation of transparency logs reads what we export: Go's, of Debian's packages."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.core.evidence.ledgers import bodies_of, export_of

SOURCE = Path(__file__).with_name("other_reader")
PACKAGES = Path("/usr/share/gocode")
SIZE = 600

pytestmark = [
    pytest.mark.either_database,
    pytest.mark.skipif(
        shutil.which("go") is None or not (PACKAGES / "src/golang.org/x/mod/sumdb").is_dir(),
        reason="Go is not here: apt-get install golang-go golang-golang-x-mod-dev",
    ),
]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("go")
    subprocess.run(
        ["go", "build", "-o", folder / "reader", "main.go"],
        cwd=SOURCE,
        env={
            **os.environ,
            "GO111MODULE": "off",
            "GOPATH": str(PACKAGES),
            "GOCACHE": str(folder / "cache"),
        },
        check=True,
    )
    return folder / "reader"


def written(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def test_it_accepts_signature_entries_and_proofs(reader: Path, tmp_path: Path) -> None:
    folder = written(tmp_path / "export", export_of(bodies_of(SIZE)))
    done = subprocess.run([reader, folder], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{SIZE} entries {SIZE} inclusion proofs" in done.stdout


@pytest.mark.parametrize("part", ["entries", "0", "1"])
def test_it_refuses_one_changed_bit(reader: Path, tmp_path: Path, part: str) -> None:
    folder = written(tmp_path / "export", export_of(bodies_of(SIZE)))
    changed = min((folder / "tile" / part).rglob("[0-9]*"), key=lambda path: path.is_dir())
    data = bytearray(changed.read_bytes())
    data[10] ^= 1
    changed.write_bytes(bytes(data))
    done = subprocess.run([reader, folder], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout.startswith("FAIL")
