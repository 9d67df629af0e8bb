"""Reading the package's own versioned data, compiled if it is what the files hold."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath
from typing import Any

import yaml

COMPILED = "compiled.txt.gz"
_GROUPS = "groups"
_CHARACTERS = "characters"
_FOLDERS = ("characters", "letter_rules", "lexicon", "related", "transliteration")
_WORKED_OUT = ("characters/", "lexicon/")
_SINGLE = ("index.yaml", "particles-0.2.0.yaml")


@dataclass(frozen=True, slots=True)
class _Compiled:
    """Contents of the data files as JSON, but of the lexicon its groups, and its words' folds."""

    contents: Mapping[str, str] = field(default_factory=dict)
    folds: Mapping[str, str] = field(default_factory=dict)


def load(name: str) -> dict[str, Any]:
    """Parsed YAML of the data file `name`."""
    packed = _compiled().contents.get(name)
    content: dict[str, Any] = parse_yaml(name) if packed is None else json.loads(packed)
    return content


def parse_yaml(name: str) -> dict[str, Any]:
    """As `load`, from the file itself."""
    content: dict[str, Any] = yaml.load(_text(name), Loader=yaml.CSafeLoader)
    return content


def names_of(folder: str) -> tuple[str, ...]:
    """Data files of `folder` in order of their names, each with the folder before it."""
    found = _data().joinpath(folder).iterdir()
    return tuple(sorted(f"{folder}/{item.name}" for item in found if item.name.endswith(".yaml")))


def subject(name: str) -> str:
    """What a data file is about: `west_african` of `lexicon/west_african-0.2.0.yaml`."""
    return PurePosixPath(name).stem.partition("-")[0]


@cache
def release() -> str:
    """The one number under which all names data of this package is released."""
    return str(load("index.yaml")["release"])


def compiled_folds(word: str) -> tuple[str, ...] | None:
    """Folds of `word` as they were compiled; None for a word that the lexicon does not list."""
    found = _compiled().folds.get(word)
    return None if found is None else tuple(found.split())


def compiled_groups() -> list[list[Any]] | None:
    """Groups of the lexicon as they were compiled; None if they were not."""
    packed = _compiled().contents.get(_GROUPS)
    found: list[list[Any]] | None = None if packed is None else json.loads(packed)
    return found


def compiled_characters() -> dict[str, Any] | None:
    """Spellings of the Chinese characters as they were compiled; None if they were not."""
    packed = _compiled().contents.get(_CHARACTERS)
    found: dict[str, Any] | None = None if packed is None else json.loads(packed)
    return found


def compile_data(
    groups: Iterable[tuple[Any, ...]],
    folds: Mapping[str, Iterable[str]],
    characters: Mapping[str, Any],
) -> bytes:
    """What `COMPILED` should hold: a digest, the files, and what is worked out of them.

    That are the groups of the lexicon, `folds` of their words, and spellings of the `characters`.
    """
    names = [name for name in _all_names() if not name.startswith(_WORKED_OUT)]
    contents = [f"{name}\t{json.dumps(parse_yaml(name))}" for name in names]
    contents.append(f"{_GROUPS}\t{json.dumps(list(groups))}")
    contents.append(f"{_CHARACTERS}\t{json.dumps(characters, ensure_ascii=False)}")
    words = (f"{word} {' '.join(held)}" for word, held in sorted(folds.items()))
    text = "\n".join([_digest(), *contents, "", *words])
    return gzip.compress(text.encode(), mtime=0)


@cache
def _compiled() -> _Compiled:
    """Nothing if the files were changed since: then they are read themselves, in seconds."""
    packed = _data().joinpath(COMPILED)
    if not packed.is_file():
        return _Compiled()
    head, _, words = gzip.decompress(packed.read_bytes()).decode().partition("\n\n")
    digest, *contents = head.split("\n")
    if digest != _digest():
        return _Compiled()
    return _Compiled(
        contents=dict(line.split("\t", 1) for line in contents),
        folds=dict(line.split(" ", 1) for line in words.split("\n")),
    )


def _digest() -> str:
    found = hashlib.sha256()
    for name in _all_names():
        found.update(f"{name}\n{_text(name)}".encode())
    return found.hexdigest()


def _all_names() -> list[str]:
    return [*_SINGLE, *(name for folder in _FOLDERS for name in names_of(folder))]


def _text(name: str) -> str:
    return _data().joinpath(name).read_text(encoding="utf-8")


def _data() -> Traversable:
    return files("crosslight.core.names").joinpath("data")
