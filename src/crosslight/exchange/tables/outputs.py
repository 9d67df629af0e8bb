"""Result files that are there whole or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from crosslight.exchange.tables.errors import UnusableInput


@contextmanager
def whole_file(path: Path, *, encoding: str = "utf-8") -> Iterator[TextIO]:
    """A stream beside `path` that becomes `path` at the end, and vanishes on any failure.

    An interrupt counts as a failure: what was at `path` before is still there.
    """
    with tempfile.NamedTemporaryFile(
        "w",
        encoding=encoding,
        errors="backslashreplace",
        newline="",
        dir=path.parent,
        prefix=f".{path.name[:100]}.",
        suffix=".part",
        delete=False,
    ) as stream:
        unfinished = Path(stream.name)
        try:
            yield stream  # type: ignore[misc]
            stream.close()
            # Results hold personal data: they are the caller's alone until shared on purpose.
            unfinished.chmod(0o600)
            unfinished.replace(path)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise


def rejects_path(out: Path) -> Path:
    return out.with_name(f"{out.name}.rejects.csv")


def check_output(out: Path, *, inputs: tuple[Path, ...]) -> None:
    """Raises UnusableInput where a result can't or mustn't be written to `out`."""
    if not out.parent.is_dir():
        raise UnusableInput(f"There is no folder {out.parent}.", remedy="Make it first.")
    if out.exists() and not out.is_file():
        raise UnusableInput(f"{out} is not a file.", remedy="Name another with --out.")
    # Repaired rejects are a likely input of the next run, and would be written over.
    written = {path.resolve() for path in (out, rejects_path(out))}
    replaced = [path for path in inputs if path.resolve() in written]
    if replaced:
        raise UnusableInput(
            f"The result would replace the input {replaced[0]}.",
            remedy="Name another file with --out.",
        )
