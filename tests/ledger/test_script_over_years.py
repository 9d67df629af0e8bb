"""The script and the command on years, exchanged keys and time stamps: one verdict."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import LazySettings

from crosslight.cli.local_authority import OTHER_POLICY, POLICY, ROOT, make_authority, stamp
from crosslight.cli.main import group
from crosslight.core.evidence.checkpoint import Checkpoint
from crosslight.core.evidence.entry import Opening
from crosslight.core.evidence.export import CHECKPOINT, KEY, README, SCRIPT, stamp_path
from crosslight.core.evidence.notes import VerifierKey, verifier_key
from crosslight.core.evidence.stamps import stamped_message
from crosslight.core.evidence.timestamps import request_for
from crosslight.ledger import auditor as shipped
from tests.core.evidence.ledgers import (
    KEY_OF_LEDGER,
    ORIGIN,
    an_entry,
    an_opening,
    bodies_of,
    export_of,
    signed,
    with_sums,
)
from tests.ledger.test_exchange import FORGED, NEW, TRUE, exported
from tests.ledger.test_stamps import authority as authority  # noqa: PLC0414  a fixture

pytestmark = [
    pytest.mark.either_database,
    pytest.mark.skipif(
        not all(map(shutil.which, ("jq", "openssl", "sha256sum"))),
        reason="the script needs jq, openssl and sha256sum",
    ),
]

Files = dict[str, bytes]
HELD = verifier_key(name=ORIGIN, key=KEY_OF_LEDGER)


def write(folder: Path, files: Files) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def verdicts(
    folder: Path,
    files: Files,
    *,
    held: VerifierKey | None = None,
    trust: tuple[Path, str] | None = None,
) -> tuple[int, int, str]:
    """Status of the command, status of the script, and what the script says."""
    export = write(folder / "export", files)
    (folder / "verify.sh").write_bytes(shipped.script())
    words, keys, environment = ["ledger", "verify", str(export)], [], dict(os.environ)
    if held is not None:
        (folder / "held").write_text(f"{held.to_text()}\n", "ascii")
        words += ["--vkey", str(folder / "held")]
        keys = [folder / "held"]
    if trust is not None:
        words += ["--tsa-root", str(trust[0]), "--tsa-policy", trust[1]]
        environment |= {"TSA_ROOT": str(trust[0]), "TSA_POLICY": trust[1]}
    done = subprocess.run(
        ["sh", folder / "verify.sh", export, *keys],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=environment,
    )
    command = CliRunner().invoke(group, words)
    if done.returncode == 1:
        assert done.stdout == ""
        assert re.fullmatch(r"(FAIL: .+\n)", done.stderr), done.stderr
    return command.exit_code, done.returncode, done.stdout + done.stderr


def agreed(folder: Path, files: Files, **known: object) -> tuple[int, str]:
    command, script, said = verdicts(folder, files, **known)
    assert command == script, said
    return script, said


# --- keys ---------------------------------------------------------------------------------


def with_script(files: Files) -> Files:
    return with_sums({**files, SCRIPT: shipped.script()})


@pytest.mark.parametrize("key", [KEY_OF_LEDGER, NEW])
def test_both_follow_an_exchange_of_keys(tmp_path: Path, key: Ed25519PrivateKey):
    for name in (ORIGIN, "crosslight.example/audit/2031"):
        held = verifier_key(name=name, key=key)
        assert agreed(tmp_path, with_script(exported(TRUE)), held=held)[0] == 0


@pytest.mark.parametrize("forgery", FORGED)
def test_both_refuse_an_exchange_that_not_both_keys_signed(tmp_path: Path, forgery: str):
    status, said = agreed(tmp_path, with_script(exported(FORGED[forgery])))
    assert (status, "entry" in said) == (1, True)


def test_both_refuse_another_deployments_key_and_the_old_key(tmp_path: Path):
    elsewhere = verifier_key(name="elsewhere.example/audit/2026", key=KEY_OF_LEDGER)
    stranger = verifier_key(name=ORIGIN, key=Ed25519PrivateKey.from_private_bytes(b"\x13" * 32))
    for held in (elsewhere, stranger):
        status, said = agreed(tmp_path, with_script(exported(TRUE)), held=held)
        assert (status, "not the key that you hold" in said) == (1, True)
    status, said = agreed(tmp_path, with_script(exported(TRUE, last=KEY_OF_LEDGER)))
    assert (status, "another key than it last took" in said) == (1, True)


# --- time stamps ----------------------------------------------------------------------------

BODIES = bodies_of(300)
SIZES = (1, 2, 7, 255, 256, 299, 300)


def answer(folder: Path, size: int, *, policy: str = POLICY) -> bytes:
    checkpoint = Checkpoint(ORIGIN, size, signed(BODIES[:size]).root)
    return stamp(folder, request_for(stamped_message(checkpoint)), policy=policy)


@pytest.fixture(scope="session")
def stamps(authority: Path) -> Files:
    return {stamp_path(size): answer(authority, size) for size in SIZES}


def stamped(authority: Path, stamps: Files, *, size: int = 300) -> Files:
    """A ledger of `size` entries with those of the stamps that it has reached."""
    files = {
        **export_of(BODIES[:size]),
        **{name: data for name, data in stamps.items() if int(Path(name).stem) <= size},
        "keys/tsa.pem": (authority / ROOT).read_bytes(),
        "keys/tsa.policies": f"{POLICY}\n".encode(),
    }
    return with_script(files)


def test_both_accept_stamps_of_any_size(tmp_path: Path, authority: Path, stamps: Files):
    files = stamped(authority, stamps)
    status, said = agreed(tmp_path, files, trust=(authority / ROOT, POLICY))
    assert (status, "Stamped by an authority up to 300 entries." in said) == (0, True)
    status, said = agreed(tmp_path, files)
    assert (status, "You named no authority" in said) == (0, True)


def test_both_refuse_a_stamp_that_does_not_hold(tmp_path: Path, authority: Path, stamps: Files):
    make_authority(tmp_path / "other")
    whole = stamped(authority, stamps, size=7)
    true = whole["tsr/7.tsr"]
    here = (authority / ROOT, POLICY)
    flipped = bytearray(true)
    flipped[true.index(b"\x04\x20") + 5] ^= 1
    cases: dict[str, tuple[Files, tuple[Path, str] | None]] = {
        "of another state": ({"tsr/2.tsr": true}, here),
        "bit flip": ({"tsr/7.tsr": bytes(flipped)}, here),
        "truncation": ({"tsr/7.tsr": true[:-1]}, here),
        "trailing bytes": ({"tsr/7.tsr": true + b"\x00"}, here),
        "empty": ({"tsr/7.tsr": b""}, here),
        "other root": ({}, (tmp_path / "other" / ROOT, POLICY)),
        "other policy": ({}, (authority / ROOT, OTHER_POLICY)),
        "made under another policy": (
            {"tsr/7.tsr": answer(authority, 7, policy=OTHER_POLICY)},
            here,
        ),
        "of a state to come": ({"tsr/8.tsr": true}, here),
        "of no size": ({"tsr/07.tsr": true}, here),
        "no roots": ({"keys/tsa.pem": b""}, None),
        "no policies": ({"keys/tsa.policies": b""}, None),
    }
    for what, (changes, trust) in cases.items():
        files = with_sums({**whole, **changes})
        assert agreed(tmp_path, files, trust=trust)[0] == 1, what
    without_roots = {n: d for n, d in whole.items() if n != "keys/tsa.pem"}
    assert agreed(tmp_path, with_sums(without_roots), trust=here)[0] == 1


def test_both_refuse_a_stamp_from_before_the_last_entry(tmp_path: Path, authority: Path):
    bodies = [*bodies_of(3), an_entry(3, at="2099-01-01T00:00:00.000000Z").to_bytes()]
    checkpoint = Checkpoint(ORIGIN, 4, signed(bodies).root)
    data = stamp(authority, request_for(stamped_message(checkpoint)))
    files = {**stamped(authority, {"tsr/4.tsr": data}), **export_of(bodies)}
    kept = {n: d for n, d in files.items() if "tile/" not in n or n in export_of(bodies)}
    status, said = agreed(tmp_path, with_script(kept))
    assert (status, "before the last entry" in said) == (1, True)


# --- years ----------------------------------------------------------------------------------


def shard(
    year: int, number: int, before: tuple[str, list[bytes]] | None, *, closed: bool
) -> list[bytes]:
    origin = f"crosslight.example/audit/{year}"
    opening = Opening(origin=origin)
    if before is not None:
        last = signed(before[1], origin=before[0])
        opening = replace(
            opening,
            previous_origin=last.origin,
            previous_size=last.size,
            previous_root=last.root.hex(),
        )
    from crosslight.core.evidence.acts import Act

    entries = [an_opening(opening=opening), *(an_entry(n) for n in range(1, number))]
    if closed:
        entries.append(an_entry(number, act=Act.LOG_CLOSED, objects=()))
    return [entry.to_bytes() for entry in entries]


def as_export(bodies: list[bytes], year: int, *, key: Ed25519PrivateKey = KEY_OF_LEDGER) -> Files:
    origin = f"crosslight.example/audit/{year}"
    vkey = f"{verifier_key(name=origin, key=key).to_text()}\n"
    files = {
        **export_of(bodies),
        CHECKPOINT: signed(bodies, origin=origin).note.encode(),
        KEY: vkey.encode(),
    }
    return with_script(files)


def years(**changes: list[bytes]) -> Files:
    """2026 and 2027 closed, 2029 open; `changes` puts other entries in a year's place."""
    first = shard(2026, 5, None, closed=True)
    second = shard(2027, 260, ("crosslight.example/audit/2026", first), closed=True)
    third = shard(2029, 3, ("crosslight.example/audit/2027", second), closed=False)
    all_of = {"y2026": first, "y2027": second, "y2029": third} | changes
    files = {
        f"{name[1:]}/{path}": data
        for name, bodies in all_of.items()
        for path, data in as_export(bodies, int(name[1:])).items()
    }
    shared = as_export(third, 2029)
    return {**files, README: shared[README], SCRIPT: shared[SCRIPT]}


def test_both_check_years_side_by_side(tmp_path: Path):
    status, said = agreed(tmp_path, years(), held=HELD)
    assert status == 0
    assert "OK: 3 shards, each opened on the last state of the one before it." in said
    assert "OK: 261 entries of crosslight.example/audit/2027" in said


BEFORE = "crosslight.example/audit/2026"
BROKEN: dict[str, Callable[[], Files]] = {
    "a year rewritten": lambda: years(y2026=shard(2026, 6, None, closed=True)),
    "a year not opened on the one before": lambda: years(y2027=shard(2027, 3, None, closed=True)),
    "a year that was never closed": lambda: years(y2026=shard(2026, 5, None, closed=False)),
    "an entry behind the closing": lambda: years(
        y2029=[*shard(2029, 3, None, closed=True), an_entry(9).to_bytes()]
    ),
    "a year between two others gone": lambda: {
        name: data for name, data in years().items() if not name.startswith("2027/")
    },
    "a year under another number": lambda: {
        name.replace("2029/", "2028/", 1): data for name, data in years().items()
    },
    "a stray file": lambda: {**years(), "notes.txt": b"x"},
    "a stray file that looks like a year": lambda: {**years(), "2031": b"x"},
    "another page": lambda: {**years(), README: b"x"},
    "no script": lambda: {name: data for name, data in years().items() if name != SCRIPT},
    "a changed byte": lambda: {**years(), "2027/tile/0/001.p/5": b"\x00" * 160},
}


@pytest.mark.parametrize("case", BROKEN)
def test_both_refuse_years_that_do_not_fit(tmp_path: Path, case: str):
    assert agreed(tmp_path, BROKEN[case](), held=HELD)[0] == 1


def test_both_refuse_a_year_that_begins_with_another_key(tmp_path: Path):
    from crosslight.core.evidence.checkpoint import sign_checkpoint

    files = years()
    origin = "crosslight.example/audit/2029"
    true = signed(shard_of_files(files), origin=origin).checkpoint
    other = Ed25519PrivateKey.from_private_bytes(b"\x14" * 32)
    for name, data in {
        CHECKPOINT: sign_checkpoint(true, key=other).note.encode(),
        KEY: f"{verifier_key(name=origin, key=other).to_text()}\n".encode(),
    }.items():
        files[f"2029/{name}"] = data
    inner = {n.removeprefix("2029/"): d for n, d in files.items() if n.startswith("2029/")}
    files |= {f"2029/{name}": data for name, data in with_sums(inner).items()}
    status, said = agreed(tmp_path, files)
    assert (status, "begins with another key" in said) == (1, True)


def shard_of_files(files: Files) -> list[bytes]:
    from crosslight.core.evidence import tiles

    (bundle,) = (data for name, data in files.items() if name.startswith("2029/tile/entries/"))
    return list(tiles.unbundle(bundle))


def test_the_oldest_year_may_be_gone(tmp_path: Path):
    left = {name: data for name, data in years().items() if not name.startswith("2026/")}
    status, said = agreed(tmp_path, left, held=HELD)
    assert (status, "OK: 2 shards" in said) == (0, True)


def test_settings_of_openssl_do_not_change_the_verdict(
    tmp_path: Path,
    authority: Path,
    stamps: Files,
    monkeypatch: pytest.MonkeyPatch,
    settings: LazySettings,
):
    """Some systems name policies in openssl.cnf, and the number would not be printed."""
    configuration = tmp_path / "openssl.cnf"
    configuration.write_text(f"oid_section = new\n[new]\nours = {POLICY}\n", "ascii")
    monkeypatch.setenv("OPENSSL_CONF", str(configuration))
    assert agreed(tmp_path, stamped(authority, stamps))[0] == 0
