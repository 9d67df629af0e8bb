"""What the child can no longer do, with namespaces of its own and without."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import crosslight
from crosslight.custody.inspection import InspectionLimits, Isolation, Stop
from crosslight.custody.inspection.child import Deadline, ask
from crosslight.custody.inspection.tasks import Task

CODE = str(Path(crosslight.__file__).parents[1])
# Tries everything that a taken-over child would, and says what came of it.
TRIES = """
import ctypes, json, os, resource, socket, sys
from crosslight.custody.inspection import confinement

def tried(act):
    try:
        act()
    except (OSError, ValueError) as error:
        return str(error)
    return "done"

isolation = confinement.leave_the_network(use_namespaces=sys.argv[1] == "yes")
confinement.limit_resources(memory_bytes=2**29, cpu_seconds=20)
confinement.close_the_door()
libc = ctypes.CDLL(None, use_errno=True)
print(json.dumps({
    "isolation": isolation,
    "socket": tried(socket.socket),
    "native socket": libc.socket(2, 1, 0),
    "read": tried(lambda: open("/etc/hostname")),
    "write": tried(lambda: open("/tmp/x", "w")),
    "list": tried(lambda: os.listdir("/")),
    "pipe": tried(os.pipe),
    "raise": tried(lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64)) or socket.socket()),
}))
"""


def tries(*, use_namespaces: bool) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-c", TRIES, "yes" if use_namespaces else "no"],
        capture_output=True,
        env={"PYTHONPATH": CODE},
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize("use_namespaces", [True, False])
def test_the_child_reaches_neither_network_nor_files(use_namespaces: bool):
    found = tries(use_namespaces=use_namespaces)
    assert found.pop("native socket") == -1
    isolation = found.pop("isolation")
    assert isolation in {Isolation.NAMESPACE, Isolation.DESCRIPTORS}
    if not use_namespaces:
        assert isolation == Isolation.DESCRIPTORS
    assert "done" not in found.values(), found


def test_a_child_that_is_not_confined_looks_at_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """As where a kernel ignored the limit: the worker asks for a socket, gets one, and gives up."""
    (tmp_path / "a").write_bytes(b"x")
    fake = tmp_path / "unconfined.py"
    fake.write_text(
        "import resource\n"
        "from crosslight.custody.inspection import confinement, worker\n"
        "confinement._lower = lambda *_arguments, **_more: None\n"
        "worker.main()\n",
        "utf-8",
    )
    monkeypatch.setattr("crosslight.custody.inspection.child._MODULE", "unconfined")
    monkeypatch.setattr("crosslight.custody.inspection.child._CODE", f"{tmp_path}:{CODE}")
    answer = ask(tmp_path / "a", Task(in_package=False), deadline=Deadline.after(60))
    assert answer.stop is Stop.UNCONFINED
    assert not any("object" in line for line in answer.lines)


def test_which_way_it_was_shut_in_is_part_of_the_answer(tmp_path: Path):
    (tmp_path / "a").write_bytes(b"x")
    limits = InspectionLimits(use_namespaces=False)
    task = Task(in_package=False, limits=limits)
    answer = ask(tmp_path / "a", task, deadline=Deadline.after(60))
    assert answer.isolation is Isolation.DESCRIPTORS
    assert answer.stop is Stop.NONE
