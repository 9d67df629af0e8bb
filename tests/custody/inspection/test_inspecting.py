from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

import crosslight
from crosslight.custody.inspection import (
    DEFAULT,
    Finding,
    Flag,
    InspectionLimits,
    Isolation,
    NotAnInspection,
    ObjectInspection,
    PackageInspection,
    Provenance,
    Stop,
    inspect_file,
    inspect_files,
    inspect_package,
    inspecting,
)
from crosslight.custody.inspection.results import Code
from tests.core.evidence.captures.making import head, wacz
from tests.core.evidence.packages.making import build, files_of, sound, source, zip_of
from tests.custody.inspection.pictures import PLACE, exif, picture

CODE = str(Path(crosslight.__file__).parents[1])


@pytest.fixture
def package(tmp_path: Path) -> Path:
    path = tmp_path / "a.osint.zip"
    path.write_bytes(
        build(
            source(picture(exif=exif(place=PLACE)), suffix=".jpg", media_type_declared="image/png"),
            source(wacz(), suffix=".wacz"),
        )
    )
    return path


def test_every_object_is_looked_at_and_nothing_is_changed(package: Path):
    before = package.read_bytes(), package.stat().st_mtime_ns
    seen = inspect_package(package)
    assert (seen.is_complete, seen.stopped_by) == (True, "")
    assert [each.path for each in seen.objects] == [
        "data/objects/0001.jpg",
        "data/objects/0002.wacz",
    ]
    assert seen.objects[0].flags == {Flag.CONTAINS_LOCATION, Flag.MISMATCHED_TYPE}
    assert seen.objects[1].flags == {Flag.CONTAINS_SCRIPTS}
    assert seen.isolation in {Isolation.NAMESPACE, Isolation.DESCRIPTORS}
    assert (package.read_bytes(), package.stat().st_mtime_ns) == before


def test_an_inspection_is_written_and_read_back(package: Path):
    seen = inspect_package(package)
    text = json.dumps(seen.as_json())
    assert PackageInspection.from_json(json.loads(text)) == seen


GOOD = PackageInspection(
    (
        ObjectInspection(
            "data/objects/0001.jpg",
            "image/jpeg",
            frozenset({Flag.DAMAGED}),
            (Finding(Code.IMAGE_UNREADABLE.value, "1"),),
            Provenance.NONE,
        ),
    ),
    is_complete=True,
    stopped_by="",
).as_json()


def with_object(**more: object) -> dict[str, object]:
    return {**GOOD, "objects": [{**GOOD["objects"][0], **more}]}


BAD = {
    "not an object": [],
    "another field": {**GOOD, "more": 1},
    "a field less": {name: value for name, value in GOOD.items() if name != "isolation"},
    "objects": {**GOOD, "objects": "x"},
    "not a truth": {**GOOD, "is_complete": 1},
    "stop": {**GOOD, "stopped_by": "the suspect"},
    "isolation": {**GOOD, "isolation": "walls"},
    "path": with_object(path="../../etc/passwd"),
    "media type": with_object(media_type="image/jpeg\n"),
    "flag": with_object(flags=["innocent"]),
    "flags": with_object(flags="damaged"),
    "flag of another kind": with_object(flags=[{}]),
    "provenance": with_object(provenance="authentic"),
    "code": with_object(findings=[{"code": "maria", "detail": ""}]),
    "detail": with_object(findings=[{"code": "damaged", "detail": "<script>"}]),
    "detail of a finding": with_object(
        findings=[{"code": "image_unreadable", "detail": "<script>"}]
    ),
    "long detail": with_object(findings=[{"code": "image_unreadable", "detail": "x" * 500}]),
    "many findings": with_object(findings=[{"code": "image_unreadable", "detail": ""}] * 101),
    "finding": with_object(findings=["x"]),
}


@pytest.mark.parametrize("name", BAD)
def test_an_answer_without_its_form_is_not_believed(name: str):
    assert PackageInspection.from_json(GOOD).is_complete
    with pytest.raises(NotAnInspection):
        PackageInspection.from_json(BAD[name])


def no_package(path: Path) -> None:
    path.write_bytes(picture())


def no_description(path: Path) -> None:
    files = files_of(sound())
    path.write_bytes(zip_of({**files, "metadata/package.json": b"{}"}))


def folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(
    ("make", "stop"),
    [
        (no_package, Stop.NO_PACKAGE),
        (no_description, Stop.NO_PACKAGE),
        (lambda _path: None, Stop.UNREADABLE),
        (folder, Stop.UNREADABLE),
    ],
)
def test_what_is_no_package_is_a_result(tmp_path: Path, make, stop: Stop):
    path = tmp_path / "a.osint.zip"
    make(path)
    seen = inspect_package(path)
    assert (seen.objects, seen.is_complete, seen.stopped_by) == ((), False, stop)


def test_a_file_that_is_not_there_is_a_result(tmp_path: Path):
    seen = inspect_file(tmp_path / "absent.jpg")
    assert seen.flags == {Flag.NOT_LOOKED_THROUGH}
    assert seen.findings == (Finding(Code.INSPECTION_STOPPED.value, Stop.UNREADABLE.value),)


def stand_in(monkeypatch: pytest.MonkeyPatch, folder: Path, source: str) -> None:
    """Another worker, as a hostile file would make of ours."""
    (folder / "stand_in.py").write_text(source, "utf-8")
    monkeypatch.setattr("crosslight.custody.inspection.child._MODULE", "stand_in")
    monkeypatch.setattr("crosslight.custody.inspection.child._CODE", f"{folder}:{CODE}")


SEEN = json.dumps({"object": GOOD["objects"][0]})
WORKERS = {
    "killed": ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", Stop.CRASH),
    "failing": ("raise RuntimeError", Stop.CRASH),
    "silent": ("", Stop.CRASH),
    "unfinished": (f"print({SEEN!r})", Stop.CRASH),
    "babbling": ("print('hello')", Stop.ANSWER),
    "lying": ('print(\'{"object": {"path": "maria"}}\')', Stop.ANSWER),
    "many lines": ("print('{}\\n' * 6000, end='')", Stop.CRASH),
    "a long line": ("print('{\"x\": \"' + 'x' * 19_000 + '\"}')", Stop.CRASH),
    "deep": ("print('[' * 100000)", Stop.ANSWER),
    "endless": ("while True: print('x' * 1000)", Stop.ANSWER),
    "busy": ("while True: pass", Stop.TIME),
    "sleeping": ("import time; time.sleep(600)", Stop.TIME),
    "closing its pipe": ("import os, time; os.close(1); time.sleep(600)", Stop.TIME),
    "out of memory": ('print(\'{"stopped": "memory_limit"}\')', Stop.MEMORY),
    "out of time": (
        "import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1, 2))\nwhile True: pass",
        Stop.CPU,
    ),
}


@pytest.mark.parametrize("name", WORKERS)
def test_whatever_becomes_of_the_child_is_a_result(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
):
    code, stop = WORKERS[name]
    stand_in(monkeypatch, tmp_path, code)
    limits = replace(DEFAULT, answer_bytes=20_000, copy_bytes=0)
    if stop is Stop.TIME:
        limits = replace(limits, wall_seconds=2.0)
    before = package.read_bytes()
    seen = inspect_package(package, limits=limits)
    assert (seen.is_complete, seen.stopped_by) == (False, stop)
    alone = inspect_file(package, limits=limits)
    assert alone.findings == (Finding(Code.INSPECTION_STOPPED.value, stop.value),)
    assert package.read_bytes() == before


def test_the_child_gets_neither_descriptors_nor_environment(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SECRET_OF_THE_PARENT", "x")
    told = tmp_path / "told.json"
    stand_in(
        monkeypatch,
        tmp_path,
        "import json, os\n"
        "seen = sorted(int(name) for name in os.listdir('/proc/self/fd'))\n"
        "said = {'fd': seen, 'env': sorted(os.environ), 'cwd': os.getcwd()}\n"
        f"open({str(told)!r}, 'w').write(json.dumps(said))\n"
        "try:\n    os.write(0, b'x')\nexcept OSError:\n    pass\n",
    )
    inherited = os.open(package, os.O_RDONLY)
    os.set_inheritable(inherited, True)
    before = package.read_bytes()
    try:
        inspect_package(package, limits=replace(DEFAULT, restarts=0))
    finally:
        os.close(inherited)
    said = json.loads(told.read_text("utf-8"))
    # 3 is the folder that is being listed.
    assert said["fd"] == [0, 1, 2, 3]
    assert set(said["env"]) - {"LC_CTYPE"} == {"PYTHONPATH"}
    assert said["cwd"] == "/"
    assert package.read_bytes() == before


def test_an_object_that_ends_the_child_does_not_hide_the_next(tmp_path: Path):
    """Many small records cost computing time, whatever is allowed of it."""
    path = tmp_path / "a.osint.zip"
    costly = (head(0) + b"\r\n\r\n") * 600_000
    path.write_bytes(
        build(
            source(costly, suffix=".warc"),
            source(picture(exif=exif(place=PLACE)), suffix=".jpg"),
        )
    )
    seen = inspect_package(path, limits=InspectionLimits(cpu_seconds=2))
    assert (seen.is_complete, seen.stopped_by) == (False, Stop.CPU)
    assert [each.path for each in seen.objects] == [
        "data/objects/0001.warc",
        "data/objects/0002.jpg",
    ]
    assert seen.objects[0].findings == (Finding(Code.INSPECTION_STOPPED.value, Stop.CPU.value),)
    assert seen.objects[0].flags == {Flag.NOT_LOOKED_THROUGH}
    assert seen.objects[1].flags == {Flag.CONTAINS_LOCATION}


def some_files(folder: Path) -> list[Path]:
    contents = {
        "a.jpg": picture(exif=exif(place=PLACE)),
        "b.wacz": wacz(),
        "c.bin": bytes(range(256)),
        "d.txt": b"",
        "e.jpg": picture(),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in contents]


@pytest.mark.parametrize("together", [2, 64])
def test_several_files_are_seen_as_each_alone_would_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, together: int
):
    files = some_files(tmp_path)
    monkeypatch.setattr(inspecting, "_FILES_TOGETHER", together)
    assert inspect_files(files) == [inspect_file(file) for file in files]


def test_many_files_are_looked_at_by_one_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    asked = []
    ask_together = inspecting.ask_together

    def counted(paths, task_of, *, deadline):
        asked.append(len(paths))
        return ask_together(paths, task_of, deadline=deadline)

    monkeypatch.setattr(inspecting, "ask_together", counted)
    inspect_files(some_files(tmp_path))
    assert asked == [5]


def test_a_file_that_cannot_be_looked_at_hides_no_other(tmp_path: Path):
    files = some_files(tmp_path)
    alone = [inspect_file(file) for file in files]
    files.insert(2, tmp_path / "absent.jpg")
    seen = inspect_files(files)
    assert Flag.NOT_LOOKED_THROUGH in seen.pop(2).flags
    assert seen == alone


def test_what_ends_a_child_hides_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The child of all is cut off after its second file; the rest get children of their own."""
    files = some_files(tmp_path)
    ask_together = inspecting.ask_together

    def cut_off(paths, task_of, *, deadline):
        answer = ask_together(paths, task_of, deadline=deadline)
        if len(paths) == 1:
            return answer
        return replace(answer, lines=answer.lines[:4], stop=Stop.CRASH)

    whole = inspect_files(files)
    monkeypatch.setattr(inspecting, "ask_together", cut_off)
    assert inspect_files(files) == whole
