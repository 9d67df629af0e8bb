from __future__ import annotations

from dataclasses import replace

from crosslight.core.evidence.packages.facts import Role
from crosslight.core.evidence.packages.verification import NO_EXPECTATIONS, Check, State
from tests.core.evidence.packages.making import build, source, verdict


def looked_into(package: bytes, faults: dict[str, str]) -> tuple[list[str], object]:
    asked: list[str] = []

    def check(path: str) -> str | None:
        asked.append(path)
        return faults.get(path)

    return asked, verdict(package, replace(NO_EXPECTATIONS, captures=check))


PACKAGE = build(
    source(b"one", suffix=".wacz", role=Role.CAPTURE),
    source(b"two", suffix=".jpg"),
    source(b"three", suffix=".warc", role=Role.CAPTURE),
    source(b"four", suffix=".wacz", role=Role.CAPTURE, defects=["truncated"]),
)


def test_each_capture_is_looked_into_once_the_package_holds():
    asked, result = looked_into(PACKAGE, {})
    assert asked == ["data/objects/0001.wacz", "data/objects/0003.warc"]
    assert result.states[Check.CAPTURES] is State.PASSED


def test_a_damaged_capture_that_is_said_to_be_whole_is_refused():
    _, result = looked_into(PACKAGE, {"data/objects/0003.warc": "it was cut off."})
    assert result.failed is Check.CAPTURES
    assert result.fault == "data/objects/0003.warc is no sound capture: it was cut off."


def test_a_damaged_capture_with_its_defects_is_evidence():
    _, result = looked_into(PACKAGE, {"data/objects/0004.wacz": "it was cut off."})
    assert result.holds


def test_nobody_looking_is_said():
    assert verdict(PACKAGE).states[Check.CAPTURES] is State.NOT_ASKED
