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


def check_output(out: Path, *, inputs: tuple[Path, ...]) -> None:
    """Raises UnusableInput where a result can't or mustn't be written to `out`."""
    if not out.parent.is_dir():
        raise UnusableInput(f"There is no folder {out.parent}.", remedy="Make it first.")
    if out.exists() and not out.is_file():
        raise UnusableInput(f"{out} is not a file.", remedy="Name another with --out.")
    if any(out.resolve() == path.resolve() for path in inputs):
        raise UnusableInput(
            f"The result would replace the input {out}.", remedy="Name another file with --out."
        )
