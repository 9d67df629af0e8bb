from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosslight.core.evidence.packages import layout
from crosslight.core.evidence.packages.building import Source, build_package
from crosslight.core.evidence.packages.custody import Step
from crosslight.core.evidence.packages.facts import Role
from crosslight.core.evidence.packages.limits import Limits
from crosslight.core.evidence.packages.verification import Check, State, verify_package
from tests.core.evidence.packages.attacks import ATTACKS, BOTH, ELEVEN, resealed, with_line
from tests.core.evidence.packages.making import (
    CONTRIBUTOR,
    HEADING,
    PLATFORM,
    files_of,
    fingerprint_of,
    received,
    signer_of,
    sound,
    trusting,
    verdict,
    zip_of,
)

OPTIONAL = frozenset({Check.STAMPS, Check.RECEIPTS, Check.CAPTURES})
ROOT = Path(__file__).resolve().parents[4]


@pytest.mark.parametrize("package", [sound(), received()], ids=["made", "received"])
def test_a_sound_package_passes_every_check(package: bytes):
    result = verdict(package, BOTH)

    assert result.holds
    assert result.fault is None
    assert result.failed is None
    assert list(result.states) == list(Check)
    asked = {check: state for check, state in result.states.items() if check not in OPTIONAL}
    assert set(asked.values()) == {State.PASSED}
    assert {result.states[check] for check in OPTIONAL} == {State.NOT_ASKED}
    assert result.description is not None
    assert [item.size for item in result.description.items] == [840, 660]


def test_the_verdict_names_the_chain_in_order():
    chain = verdict(received()).custody
    assert [signed.statement.step for signed in chain] == [Step.CAPTURE, Step.INTAKE]
    assert [signed.fingerprint for signed in chain] == [
        fingerprint_of(CONTRIBUTOR),
        fingerprint_of(PLATFORM),
    ]
    assert chain[1].statement.result == "clean"


def test_without_trusted_keys_the_signers_are_said_to_be_unchecked():
    result = verdict(sound())
    assert result.holds
    assert result.states[Check.SIGNERS] is State.NOT_ASKED


@pytest.mark.parametrize("name", ATTACKS)
def test_every_attack_is_refused_by_the_check_that_is_meant_for_it(name: str):
    case = ATTACKS[name]
    result = verdict(zip_of(case.files), case.expected)

    assert result.failed is case.refused_by, result.fault
    assert result.fault
    states = list(result.states.values())
    reached = states.index(State.FAILED)
    assert set(states[:reached]) <= {State.PASSED, State.NOT_ASKED}
    assert set(states[reached + 1 :]) <= {State.NOT_REACHED}


def test_all_eleven_attacks_of_the_design_are_here():
    assert {name[0] for name in ELEVEN} == set("ABCDEFGHIJK")


@pytest.mark.parametrize(
    ("expected", "word"),
    [
        (trusting(CONTRIBUTOR), "intake is signed by"),
        (trusting(CONTRIBUTOR, PLATFORM, steps=[Step.DISCLOSE]), "step disclose"),
        (trusting(steps=[Step.TRANSFER]), "step transfer"),
    ],
)
def test_what_the_auditor_expects_must_be_there(expected, word: str):
    result = verdict(received(), expected)
    assert result.failed is Check.SIGNERS
    assert word in result.fault


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(sound()) - 1), st.integers(1, 255))
def test_any_flipped_byte_is_refused(position: int, by: int):
    """Also those of names, times and versions in the ZIP, and of signatures nobody listed."""
    package = bytearray(sound())
    package[position] ^= by
    assert not verdict(bytes(package)).holds


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(sound()) - 1))
def test_a_package_that_was_cut_off_is_refused(length: int):
    assert verdict(sound()[:length]).failed is Check.ARCHIVE


@settings(max_examples=50, deadline=None)
@given(st.integers(0, len(sound())), st.binary(min_size=1, max_size=40))
def test_bytes_put_in_anywhere_are_refused(position: int, more: bytes):
    assert not verdict(sound()[:position] + more + sound()[position:]).holds


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_end_in_anything_but_a_verdict(data: bytes):
    assert not verdict(data).holds
    assert not verdict(b"PK\x03\x04" + data + sound()[-22:]).holds


@pytest.mark.parametrize(
    ("limits", "check"),
    [
        (Limits(entries=7), Check.ARCHIVE),
        (Limits(total_bytes=2_000), Check.ARCHIVE),
        (Limits(name_bytes=20), Check.ARCHIVE),
        (Limits(segment_bytes=10), Check.ARCHIVE),
        (Limits(manifest_bytes=100), Check.MANIFESTS),
        (Limits(json_bytes=100), Check.TAG_FILES),
        (Limits(json_depth=2), Check.DESCRIPTION),
        (Limits(json_values=20), Check.DESCRIPTION),
        (Limits(statement_bytes=100), Check.CUSTODY),
    ],
)
def test_every_limit_is_held(limits: Limits, check: Check):
    result = verify_package(io.BytesIO(sound()), limits=limits)
    assert result.failed is check, result.fault


@pytest.mark.parametrize("name", ["\x1b[2Jgone", "\u202egpj.exe", "x" * 200_000])
def test_what_a_stranger_wrote_cannot_play_with_the_terminal(name: str):
    """Neither in a name of the ZIP nor in a line of a manifest."""
    listed = zip_of(with_line(f"{'0' * 64}  data/objects/{name}"))
    for package in (zip_of({name: b"x"} if len(name) < 60_000 else {"x": b""}), listed):
        fault = verdict(package).fault
        assert fault.isascii()
        assert fault.isprintable()
        assert len(fault) < 300


LIMITED = """
import json, re, resource, sys
from pathlib import Path
from crosslight.core.evidence.packages.verification import verify_package
resource.setrlimit(resource.RLIMIT_CPU, (5, 5))
verdicts = {}
for path in sorted(Path(sys.argv[1]).iterdir()):
    with path.open("rb") as file:
        verdicts[path.name] = verify_package(file).holds
# Not ru_maxrss, which a child inherits from whoever started it.
peak = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
print(json.dumps([verdicts, int(peak[1])]))
"""


def verified_in_a_limited_process(folder: Path) -> tuple[dict[str, bool], int]:
    """The verdicts of all files, after five seconds of processor at most, and the memory in KiB."""
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, folder],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    verdicts, memory = json.loads(done.stdout)
    return verdicts, memory


def test_hostile_files_are_refused_in_little_time_and_memory(tmp_path: Path):
    for name, data in hostile_files().items():
        (tmp_path / name).write_bytes(data)

    verdicts, memory = verified_in_a_limited_process(tmp_path)

    assert len(verdicts) == len(hostile_files())
    assert not any(verdicts.values())
    assert memory < 200 * 1024


@cache
def hostile_files() -> dict[str, bytes]:
    """Too many entries; JSON that is deep, that never ends, that is wide; lines without end."""
    keys = b",".join(b'"%d":0' % number for number in range(600_000))
    described = {
        "deep": b"[" * 8 * 2**20,
        "open": b'{"' + b'\\"' * (4 * 2**20 - 8),
        "wide": b"{" + keys + b',"1":0}',
        "empty": b'{"a":[' + b"{}," * 2_700_000 + b"{}]}",
        "astral": b'{"a":"' + "📷".encode() + b"a" * 8 * 10**6 + b'"}',
        "long": b'{"a":' + b"1" * 2**20 + b"}",
    }
    return {
        "many": zip_of({f"data/objects/{number:05}": b"" for number in range(60_000)}),
        "lines": zip_of(with_tags({layout.MANIFEST: b"0" * 4 * 2**20})),
    } | {name: zip_of(with_tags({layout.DESCRIPTION: data})) for name, data in described.items()}


def with_tags(changes: dict[str, bytes]) -> dict[str, bytes]:
    return resealed(files_of(sound()) | changes)


@pytest.mark.parametrize("name", ["deep", "open", "wide", "empty", "astral", "long"])
def test_hostile_descriptions_are_refused_as_such(name: str):
    assert verdict(hostile_files()[name]).failed is Check.DESCRIPTION


def test_memory_does_not_grow_with_the_package(tmp_path: Path):
    size = 400 * 2**20
    empty = tmp_path / "zeros"
    with empty.open("wb") as file:
        file.truncate(size)
    folder = tmp_path / "packages"
    folder.mkdir()
    with (folder / "large").open("wb") as out:
        source = Source(lambda: empty.open("rb"), ".bin", Role.ORIGINAL, {})
        build_package(out, [source], heading=HEADING, signer=signer_of())

    verdicts, memory = verified_in_a_limited_process(folder)

    assert verdicts == {"large": True}
    assert memory < 100 * 1024
