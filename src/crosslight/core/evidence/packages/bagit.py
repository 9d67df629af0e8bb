"""Reading BagIt (RFC 8493 and the drafts before it), with the switch between any bag and ours.

`ANY_BAG` reads what archives hold: versions 0.93 to 1.0, their line ends, encodings and
algorithms. `PACKAGE_BAG` is the profile of packages: one version, one algorithm, one spelling, and
no file that is not listed. What both share is that a path never leaves the bag, that a file is
listed once, and that everything listed is there with its hash.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from crosslight.core.evidence.packages.faults import PackageFault, shown
from crosslight.core.evidence.packages.limits import LIMITS, Limits
from crosslight.core.evidence.packages.names import check_inside

DECLARATION = "bagit.txt"
FETCH = "fetch.txt"
PAYLOAD = "data/"
PLAIN_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_BYTE_ORDER_MARK = "\ufeff"

_DECLARED = re.compile(r"BagIt-Version: (\d+\.\d+)\nTag-File-Character-Encoding: (\S+)\n?")
_MANIFEST = re.compile(r"(tag)?manifest-([a-z0-9]+)\.txt")
_LINE = re.compile(r"([0-9A-Fa-f]+)[ \t]+\*?(\S.*)")
_FETCH_LINE = re.compile(r"(\S+)[ \t]+(\d+|-)[ \t]+(\S.*)")
_ESCAPED = {"%0A": "\n", "%0D": "\r", "%25": "%"}
_LINE_ENDS = re.compile(r"\r\n|\r")


class BagFiles(Protocol):
    def names(self) -> Collection[str]: ...
    def read(self, name: str, *, limit: int) -> bytes: ...
    def chunks(self, name: str) -> Iterator[bytes]: ...


@dataclass(frozen=True, slots=True)
class BagRules:
    """`is_plain`: every byte of bagit.txt and the manifests as our builder writes them.

    `unlisted` are folders whose files no tag manifest covers; None leaves tag files free.
    """

    versions: frozenset[str]
    algorithms: frozenset[str]
    encodings: frozenset[str]
    is_plain: bool
    unlisted: tuple[str, ...] | None


ANY_BAG = BagRules(
    versions=frozenset({"0.93", "0.94", "0.95", "0.96", "0.97", "1.0"}),
    algorithms=frozenset({"md5", "sha1", "sha224", "sha256", "sha384", "sha512"}),
    encodings=frozenset({"utf-8", "utf-16", "iso-8859-1"}),
    is_plain=False,
    unlisted=None,
)
PACKAGE_BAG = BagRules(
    versions=frozenset({"1.0"}),
    algorithms=frozenset({"sha256"}),
    encodings=frozenset({"utf-8"}),
    is_plain=True,
    unlisted=("signatures/",),
)

Digests = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Bag:
    """What the manifests say: for each algorithm, the digest of each path."""

    version: str
    payload: Mapping[str, Digests]
    tags: Mapping[str, Digests]


def read_bag(files: BagFiles, rules: BagRules, *, limits: Limits = LIMITS) -> Bag:
    """A bag that lists what it has and has what it lists. The hashes are for check_hashes."""
    version, encoding = _declared(files.read(DECLARATION, limit=limits.manifest_bytes), rules)
    reader = _Reader(files, rules, limits, version=version, encoding=encoding)
    bag = Bag(version, reader.manifests(is_tag=False), reader.manifests(is_tag=True))
    reader.check_fetch(bag)
    _check_complete(frozenset(files.names()), bag, rules)
    return bag


def check_hashes(files: BagFiles, listed: Mapping[str, Digests]) -> None:
    """Read every listed file once, in all algorithms that list it."""
    for path in sorted({path for digests in listed.values() for path in digests}):
        expected = {
            algorithm: digests[path] for algorithm, digests in listed.items() if path in digests
        }
        hashes = {name: hashlib.new(name, usedforsecurity=False) for name in expected}
        for chunk in files.chunks(path):
            for each in hashes.values():
                each.update(chunk)
        if any(hashes[name].hexdigest() != expected[name] for name in expected):
            raise PackageFault(
                f"{shown(path)} is not the file that its manifest lists: it was changed."
            )


def write_manifest(digests: Digests) -> bytes:
    """As `sha256sum --check` reads it, sorted by path."""
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests)).encode()


@dataclass(frozen=True, slots=True)
class _Reader:
    files: BagFiles
    rules: BagRules
    limits: Limits
    version: str
    encoding: str

    def manifests(self, *, is_tag: bool) -> dict[str, Digests]:
        found: dict[str, Digests] = {}
        for name in sorted(self.files.names()):
            match = _MANIFEST.fullmatch(name)
            if match is None or bool(match[1]) is not is_tag:
                continue
            if match[2] not in self.rules.algorithms:
                raise PackageFault(
                    f"{name}: {shown(match[2])} is not a hash that is accepted here."
                )
            found[match[2]] = self._manifest(name, algorithm=match[2], is_tag=is_tag)
        if not found and (self.rules.is_plain or not is_tag):
            kind = "tagmanifest" if is_tag else "manifest"
            names = (f"{kind}-{name}.txt" for name in sorted(self.rules.algorithms))
            raise PackageFault(f"There is no {' or '.join(names)}.")
        return found

    def check_fetch(self, bag: Bag) -> None:
        """Nothing is ever fetched; its targets must be paths of the payload all the same."""
        if FETCH not in self.files.names():
            return
        if self.rules.is_plain:
            raise PackageFault("fetch.txt asks to load files from elsewhere, which is forbidden.")
        for line in self._lines(FETCH):
            match = _FETCH_LINE.fullmatch(line)
            if match is None:
                raise PackageFault("fetch.txt has a line without address, length and path.")
            path = self._path(match[3])
            if not all(path in digests for digests in bag.payload.values()):
                raise PackageFault(f"fetch.txt names {shown(path)}, which no manifest lists.")

    def _manifest(self, name: str, *, algorithm: str, is_tag: bool) -> Digests:
        digests: dict[str, str] = {}
        for line in self._lines(name):
            match = _LINE.fullmatch(line)
            if match is None or len(match[1]) != 2 * hashlib.new(algorithm).digest_size:
                raise PackageFault(f"{name} has a line that is not a {algorithm} hash and a path.")
            path = self._path(match[2])
            if path.startswith(PAYLOAD) is is_tag:
                raise PackageFault(
                    f"{name} lists {shown(path)}, which belongs to the other manifest."
                )
            if path in digests:
                raise PackageFault(f"{name} lists {shown(path)} twice.")
            digests[path] = match[1].lower()
        limit = self.limits.manifest_bytes
        if self.rules.is_plain and self.files.read(name, limit=limit) != write_manifest(digests):
            raise PackageFault(f"{name} is not sorted, or not written as `sha256sum` writes.")
        return digests

    def _lines(self, name: str) -> list[str]:
        data = self.files.read(name, limit=self.limits.manifest_bytes)
        lines = _text(data, self.encoding, what=name).removesuffix("\n").split("\n")
        return [] if lines == [""] else lines

    def _path(self, text: str) -> str:
        """Version 1.0 escapes line ends and %; those before it let ./ stand in front."""
        if self.version == "1.0":
            text = re.sub("%(0A|0D|25)", lambda hit: _ESCAPED[hit[0].upper()], text, flags=re.I)
        else:
            text = text.removeprefix("./")
        check_inside(text)
        return text


def _declared(data: bytes, rules: BagRules) -> tuple[str, str]:
    if rules.is_plain and data != PLAIN_DECLARATION:
        raise PackageFault("bagit.txt is not exactly that of BagIt 1.0 in UTF-8.")
    match = _DECLARED.fullmatch(_text(data, "utf-8", what=DECLARATION))
    if match is None:
        raise PackageFault("bagit.txt does not say version and encoding in its two lines.")
    version, encoding = match[1], match[2].lower()
    if version not in rules.versions:
        raise PackageFault(f"bagit.txt says version {shown(version)}, which is not read here.")
    if encoding not in rules.encodings:
        raise PackageFault(
            f"bagit.txt says the encoding {shown(encoding)}, which is not read here."
        )
    return version, encoding


def _text(data: bytes, encoding: str, *, what: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise PackageFault(f"{what} is not text in {encoding}.") from error
    if text.startswith(_BYTE_ORDER_MARK):
        raise PackageFault(f"{what} begins with a byte order mark.")
    return _LINE_ENDS.sub("\n", text)


def _check_complete(names: frozenset[str], bag: Bag, rules: BagRules) -> None:
    payload = {name for name in names if name.startswith(PAYLOAD)}
    listed = [set(digests) for digests in bag.payload.values()]
    for path in sorted(set().union(*listed, *bag.tags.values()) - names):
        raise PackageFault(f"{shown(path)} is listed and missing.")
    # Version 1.0: every payload manifest lists every file; before, one of them was enough.
    covered = set[str].intersection(*listed) if bag.version == "1.0" else set[str]().union(*listed)
    for path in sorted(payload - covered):
        raise PackageFault(f"{shown(path)} is there and not listed in the manifest.")
    if rules.unlisted is not None:
        _check_tags_listed(names - payload, bag, rules.unlisted)


def _check_tags_listed(names: frozenset[str], bag: Bag, unlisted: tuple[str, ...]) -> None:
    listed = set().union(*bag.tags.values())
    for path in sorted(names - listed):
        if not path.startswith(unlisted) and not path.startswith("tagmanifest-"):
            raise PackageFault(f"{shown(path)} is there and not listed in the tag manifest.")
