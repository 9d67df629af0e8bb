"""What the checks of an export take from the command line: a folder, keys, a policy, notes."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from crosslight.cli.support import USAGE, fail
from crosslight.core.evidence.notes import NoteFault, VerifierKey
from crosslight.core.evidence.quorum import PolicyFault, TrustPolicy

# A bundle of 256 entries at the two-byte length limit of the format; nothing else is as large.
_MAX_FILE_BYTES = 256 * (2 + 65_535)
_MAX_TEXT_BYTES = 256 * 1024


class ExportedFiles(Mapping[str, bytes]):
    """A folder's files by their relative path, read one at a time.

    A link or a pipe is no file of an export: it is listed, and reading it finds nothing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __getitem__(self, name: str) -> bytes:
        path = self._folder / name
        try:
            if not stat.S_ISREG(path.lstat().st_mode):
                raise KeyError(name)
            with path.open("rb") as file:
                return file.read(_MAX_FILE_BYTES + 1)
        except OSError as error:
            raise KeyError(name) from error

    def __iter__(self) -> Iterator[str]:
        for path in self._folder.rglob("*"):
            if path.is_symlink() or not path.is_dir():
                yield path.relative_to(self._folder).as_posix()

    def __len__(self) -> int:
        return sum(1 for _ in self)


def read_text(path: Path) -> str:
    """A small text; anything else ends in one line and status 2."""
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_TEXT_BYTES + 1)
        if len(data) > _MAX_TEXT_BYTES:
            raise fail(f"{path} is too large to be what it should be.", status=USAGE)
        return data.decode()
    except OSError as error:
        raise fail(f"{path} cannot be read ({error.strerror}).", status=USAGE) from error
    except UnicodeDecodeError as error:
        raise fail(f"{path} is not text.", status=USAGE) from error


class _VerifierKeyType(click.ParamType[VerifierKey]):
    """A key as text, or a file with it in one line."""

    name = "key"

    def convert(self, value: object, _param: object, _context: object) -> VerifierKey:
        if isinstance(value, VerifierKey):
            return value
        text = str(value)
        if text.count("+") < 2 or Path(text).exists():  # noqa: PLR2004  name+id+key
            text = read_text(Path(text)).strip()
        try:
            return VerifierKey.from_text(text)
        except NoteFault as error:
            raise fail(f"{value} is or holds no key: {error}", status=USAGE) from error


class _PolicyType(click.ParamType[TrustPolicy]):
    name = "file"

    def convert(self, value: object, _param: object, _context: object) -> TrustPolicy:
        if isinstance(value, TrustPolicy):
            return value
        try:
            return TrustPolicy.from_bytes(Path(str(value)).read_bytes())
        except OSError as error:
            raise fail(f"{value} cannot be read ({error.strerror}).", status=USAGE) from error
        except PolicyFault as error:
            raise fail(f"{value} is no policy. {error}", status=USAGE) from error


class _NoteType(click.ParamType[str]):
    name = "file"

    def convert(self, value: object, _param: object, _context: object) -> str:
        return read_text(Path(str(value)))


VERIFIER_KEY = _VerifierKeyType()
POLICY = _PolicyType()
NOTE = _NoteType()
