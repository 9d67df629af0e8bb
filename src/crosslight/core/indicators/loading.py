"""The catalogue versions shipped with the package: which there are, and reading one."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import yaml

from crosslight.core.indicators.catalogues import Catalogue
from crosslight.core.indicators.errors import CatalogueError, UnknownCatalogueVersion
from crosslight.core.indicators.parsing import merge_documents, parse_catalogue
from crosslight.core.indicators.translations import Translation, parse_translation

_SUFFIX = ".yaml"
_TRANSLATIONS = "translations"
# The parser in C reads the files about ten times faster; a build of PyYAML may lack it.
_FAST_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _StrictLoader(_FAST_LOADER):  # type: ignore[misc, valid-type]
    """YAML that refuses a key given twice: the second would silently win."""

    def construct_mapping(
        self,
        node: yaml.MappingNode,
        deep: bool = False,  # noqa: FBT001, FBT002 - PyYAML's signature
    ) -> dict[Hashable, object]:
        seen: set[str] = set()
        for key, _ in node.value:
            if str(key.value) in seen:
                raise CatalogueError(f"{key.value}: the key is used twice.")
            seen.add(str(key.value))
        mapping: dict[Hashable, object] = super().construct_mapping(node, deep=deep)
        return mapping


def catalogue(version: str | None = None) -> Catalogue:
    """Return a catalogue version, the latest by default; old ones stay readable.

    `UnknownCatalogueVersion` if it is not shipped, `CatalogueError` if its data is at fault.
    """
    shipped = catalogue_versions()
    wanted = shipped[-1] if version is None else version
    if wanted not in shipped:
        raise UnknownCatalogueVersion(wanted)
    return _load(wanted)


@lru_cache(maxsize=1)
def catalogue_versions() -> tuple[str, ...]:
    """Return the versions shipped, oldest first."""
    names = [folder.name for folder in _data().iterdir() if folder.is_dir()]
    numbers = sorted(_numbers(name) for name in names if name.startswith("v"))
    return tuple(".".join(str(number) for number in each) for each in numbers)


@lru_cache(maxsize=8)
def _load(version: str) -> Catalogue:
    folder = _data() / f"v{version.replace('.', '_')}"
    found = sorted(folder.iterdir(), key=lambda each: each.name)
    texts = [(each.name, each.read_text(encoding="utf-8")) for each in found if _is_yaml(each)]
    loaded = parse_catalogue(read_documents(texts))
    if loaded.version != version:
        raise CatalogueError(f"{folder.name}: its meta says version {loaded.version}.")
    return replace(loaded, translations=_translations(folder / _TRANSLATIONS, loaded))


def _translations(folder: Traversable, known: Catalogue) -> dict[str, Translation]:
    """A file for each language, called by its code."""
    found = sorted(folder.iterdir(), key=lambda each: each.name) if folder.is_dir() else []
    return {
        each.name.removesuffix(_SUFFIX): parse_translation(
            f"{_TRANSLATIONS}/{each.name}",
            _parse(each.name, each.read_text(encoding="utf-8")),
            indicators=known.by_id,
            concepts=known.concepts,
        )
        for each in found
        if _is_yaml(each)
    }


def read_documents(texts: Iterable[tuple[str, str]]) -> dict[str, object]:
    """Return the data of the files, given as names and texts, as one mapping."""
    return merge_documents((name, _parse(name, text)) for name, text in texts)


def _parse(name: str, text: str) -> object:
    try:
        return yaml.load(text, Loader=_StrictLoader)  # noqa: S506 - a SafeLoader underneath
    except yaml.YAMLError as error:
        raise CatalogueError(f"{name}: not readable as YAML: {error}") from error


def _data() -> Traversable:
    return files("crosslight.core.indicators") / "data"


def _is_yaml(file: Traversable) -> bool:
    return file.name.endswith(_SUFFIX)


def _numbers(folder: str) -> tuple[int, ...]:
    return tuple(int(part) for part in folder.removeprefix("v").split("_"))
