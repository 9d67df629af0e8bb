"""The files of the project as the tests of its architecture read them."""

from __future__ import annotations

import ast
import functools
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "crosslight"


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if not {"__pycache__"} & set(path.parts))


@functools.cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def layer_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0]


def own(suffix: str) -> list[Path]:
    """Templates or style sheets of the project itself, without what is vendored."""
    return sorted(
        path
        for path in PACKAGE.rglob(f"*{suffix}")
        if "vendor" not in path.parts and ".min." not in path.name
    )


def versioned() -> list[Path]:
    """Every file that git holds or would hold."""
    done = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    names = [name for name in done.stdout.split("\0") if name]
    return [ROOT / name for name in names if (ROOT / name).is_file()]
