"""The attacks that packages must withstand, as docs/explanation/package-attacks.md names them.

All of them together are refused in five seconds of processor time and 200 MiB of memory.
"""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED

import pytest

from crosslight.core.evidence.packages import zipform
from crosslight.core.evidence.packages.verification import NO_EXPECTATIONS, Check, Expectations
from crosslight.core.evidence.packages.zipform import Entry
from tests.core.evidence.packages.attacks import ATTACKS, PHOTO
from tests.core.evidence.packages.making import files_of, received, sound, verdict, zip_of
from tests.core.evidence.packages.test_archive import by_hand, by_python, ending, entry_of, setting

ROOT = Path(__file__).resolve().parents[4]
PAGE = ROOT / "docs" / "explanation" / "package-attacks.md"


def with_name(name: str) -> bytes:
    return zip_of([*files_of(sound()).items(), (name, b"planted")])


def overlapping() -> bytes:
    content = b"the same bytes " * 4_000
    return by_hand([(entry_of(str(n), content), content) for n in range(300)])


def quoting() -> bytes:
    """CVE-2024-0450: each entry holds those behind it, headers and all, as its content."""
    kernel = b"k" * 50_000
    inner = kernel
    entries: list[Entry] = []
    for number in range(50):
        entry = entry_of(f"{number:02}", inner)
        inner = zipform.local_header(entry) + inner
        entries.append(entry)
    whole = inner
    at, placed = 0, []
    for entry in reversed(entries):
        placed.append(Entry(entry.name, entry.size, entry.crc, at))
        at += len(zipform.local_header(entry))
    return whole + ending(placed, len(whole))


ZIPS: dict[str, bytes] = {
    "zip slip": with_name("../../../../tmp/evil.txt"),
    "zip slip with backslashes": with_name("..\\..\\tmp\\evil.txt"),
    "zip slip with an absolute path": with_name("/etc/evil.txt"),
    "a link in the ZIP": by_python(
        {PHOTO: b"/etc/passwd"}, change=setting(external_attr=(stat.S_IFLNK | 0o777) << 16)
    ),
    "a linked folder in the ZIP": by_python(
        {"data/more": b"../metadata"}, change=setting(external_attr=(stat.S_IFLNK | 0o777) << 16)
    ),
    "a bomb of entries that lie on one another": overlapping(),
    "a bomb of quoted entries": quoting(),
    "a bomb that is compressed": by_python({PHOTO: bytes(64 * 2**20)}, method=ZIP_DEFLATED),
    "the same name twice": zip_of([*files_of(sound()).items(), (PHOTO, b"the evil one")]),
    "names that differ in case": with_name("data/objects/0002.JPG"),
    "a name that is not in NFC": with_name("data/Nun\u0303ez"),
    "a name that is a device": with_name("data/con.txt"),
    "a program before the ZIP": b"#!/bin/sh\n" + sound(),
    "a comment after the ZIP": sound()[:-2] + b"\x04\0evil",
    "a tar instead of a ZIP": b"../../tmp/evil".ljust(100, b"\0") + b"0000644\0" + bytes(404),
}
EVERY: dict[str, tuple[bytes, Expectations]] = {
    **{name: (zip_of(case.files), case.expected) for name, case in ATTACKS.items()},
    **{name: (data, NO_EXPECTATIONS) for name, data in ZIPS.items()},
}


@pytest.mark.parametrize("name", ZIPS)
def test_what_a_zip_can_lie_about_is_refused_before_anything_is_read(name: str):
    assert verdict(ZIPS[name]).failed is Check.ARCHIVE


LIMITED = """
import json, re, resource, sys
from pathlib import Path
from crosslight.core.evidence.packages.custody import Step
from crosslight.core.evidence.packages.verification import Expectations, verify_package
resource.setrlimit(resource.RLIMIT_CPU, (5, 5))
held = []
for name, (file, trusted, steps) in json.loads(Path(sys.argv[1]).read_text()).items():
    expected = Expectations(frozenset(trusted), frozenset(map(Step, steps)))
    with open(file, "rb") as package:
        if verify_package(package, expected=expected).holds:
            held.append(name)
# Not ru_maxrss, which a child inherits from whoever started it.
peak = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
print(json.dumps([held, int(peak[1])]))
"""


def test_all_of_them_are_refused_in_five_seconds_and_200_mebibytes(tmp_path: Path):
    given = {}
    for number, (name, (data, expected)) in enumerate(EVERY.items()):
        (tmp_path / str(number)).write_bytes(data)
        given[name] = [
            str(tmp_path / str(number)),
            sorted(expected.trusted),
            [step.value for step in expected.steps],
        ]
    (tmp_path / "sound").write_bytes(received())
    given["sound"] = [str(tmp_path / "sound"), [], []]
    (tmp_path / "given.json").write_text(json.dumps(given), "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, tmp_path / "given.json"],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    held, memory = json.loads(done.stdout)
    assert held == ["sound"]
    assert memory < 200 * 1024


def rows() -> list[tuple[str, str]]:
    """The attack and the test of each row of the page."""
    lines = PAGE.read_text("utf-8").splitlines()
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if "|" in line]
    return [(row[0], row[-1]) for row in cells if row[-1].startswith("`test_")]


def test_the_page_names_every_attack_and_no_other():
    of_packages = [name for name, test in rows() if test in {f"`{each}`" for each in GENERAL}]
    assert sorted(of_packages) == sorted(EVERY)


GENERAL = (
    "test_every_attack_is_refused_by_the_check_that_is_meant_for_it",
    "test_what_a_zip_can_lie_about_is_refused_before_anything_is_read",
)


def test_every_test_that_the_page_names_exists():
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    written = set(re.findall(r"def (test_\w+)\(", sources))
    named = {test.strip("`") for _, test in rows()}
    assert len(named) > 8
    assert named <= written, sorted(named - written)
