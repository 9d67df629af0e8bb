"""`metadata/package.json`: what is in the package, where it comes from and why it is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from crosslight.core.evidence import canonical
from crosslight.core.evidence.canonical import JSON, LARGEST_INTEGER, NotCanonical
from crosslight.core.evidence.packages.facts import CODE, Role, are_codes, check_facts
from crosslight.core.evidence.packages.faults import PackageFault
from crosslight.core.evidence.packages.layout import DESCRIPTION, OBJECT, PACKAGE_ID, SHA256
from crosslight.core.evidence.packages.limits import LIMITS, Limits
from crosslight.core.evidence.packages.moments import read_moment, write_moment
from crosslight.core.evidence.packages.strictjson import read_object
from crosslight.core.vocabulary.law import LegalBasis

SCHEMA = "osint-package/1"
# An organisation of the deployment, or the fingerprint of a key: never a person's name.
PSEUDONYM = re.compile(r"[a-z]{3}_[0-9a-hjkmnp-tv-z]{26}|sha256:[0-9a-f]{32}")
_OF_PACKAGE = frozenset(
    {"schema", "id", "created", "contributor", "purpose_code", "legal_basis", "sensitivity"}
)
_OF_ITEM = frozenset({"path", "sha256", "size", "role"})


@dataclass(frozen=True, slots=True)
class Item:
    """`facts` are the optional ones, each in the form that facts.FACTS asks."""

    path: str
    sha256: str
    size: int
    role: Role
    facts: Mapping[str, JSON]

    def as_json(self) -> dict[str, JSON]:
        own: dict[str, JSON] = {
            "path": self.path,
            "sha256": self.sha256,
            "size": self.size,
            "role": self.role.value,
        }
        return own | dict(self.facts)


@dataclass(frozen=True, slots=True)
class Heading:
    """What is said of the whole package. `contributor` is an organisation's id or a pseudonym."""

    id: str
    created: datetime
    contributor: str
    purpose_code: str
    legal_basis: LegalBasis
    sensitivity: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Description:
    heading: Heading
    items: tuple[Item, ...]


def write_description(heading: Heading, items: tuple[Item, ...]) -> bytes:
    value: JSON = {
        "schema": SCHEMA,
        "id": heading.id,
        "created": write_moment(heading.created),
        "contributor": heading.contributor,
        "purpose_code": heading.purpose_code,
        "legal_basis": heading.legal_basis.value,
        "sensitivity": sorted(heading.sensitivity),
        "items": [item.as_json() for item in items],
    }
    try:
        return canonical.encode(value)
    except NotCanonical as error:
        raise PackageFault(f"A fact cannot be written down exactly: {error}") from error


def read_description(data: bytes, *, limits: Limits = LIMITS) -> Description:
    """Raises PackageFault at the first thing that is not as the schema says."""
    value = read_object(data, what=DESCRIPTION, limits=limits)
    if value.keys() != _OF_PACKAGE | {"items"} or value["schema"] != SCHEMA:
        raise PackageFault(f"{DESCRIPTION} has other fields than those of {SCHEMA}.")
    heading = _heading(value)
    items = value["items"]
    if not isinstance(items, list) or not items:
        raise PackageFault(f"{DESCRIPTION} describes no items.")
    read = tuple(_item(item, number) for number, item in enumerate(items, 1))
    paths = [item.path for item in read]
    if paths != sorted(set(paths)):
        raise PackageFault(f"{DESCRIPTION} does not list its items once each, by path.")
    return Description(heading, read)


def _heading(value: Mapping[str, JSON]) -> Heading:
    for name, shape in (("id", PACKAGE_ID), ("contributor", PSEUDONYM), ("purpose_code", CODE)):
        if not shape.fullmatch(_text(value[name])):
            raise PackageFault(f"{DESCRIPTION}: {name} does not have its form.")
    if not are_codes(value["sensitivity"]):
        raise PackageFault(f"{DESCRIPTION}: sensitivity is not a sorted list of codes.")
    try:
        basis = LegalBasis(_text(value["legal_basis"]))
    except ValueError as error:
        raise PackageFault(f"{DESCRIPTION}: legal_basis is not one of the list.") from error
    return Heading(
        id=_text(value["id"]),
        created=read_moment(value["created"]),
        contributor=_text(value["contributor"]),
        purpose_code=_text(value["purpose_code"]),
        legal_basis=basis,
        sensitivity=tuple(map(str, value["sensitivity"])),  # type: ignore[arg-type]  # are_codes
    )


def _item(value: JSON, number: int) -> Item:
    name = f"Item {number}"
    if not isinstance(value, dict) or not value.keys() >= _OF_ITEM:
        raise PackageFault(f"{name} does not say path, sha256, size and role.")
    path, digest, size = _text(value["path"]), _text(value["sha256"]), value["size"]
    if not OBJECT.fullmatch(path) or not SHA256.fullmatch(digest):
        raise PackageFault(f"{name} does not name a file under data/objects/ and its SHA-256.")
    if not isinstance(size, int) or isinstance(size, bool) or not 0 <= size <= LARGEST_INTEGER:
        raise PackageFault(f"{name}: its size is not a number of bytes.")
    try:
        role = Role(_text(value["role"]))
    except ValueError as error:
        raise PackageFault(f"{name}: its role is not original, capture or derived.") from error
    facts = {key: value[key] for key in value.keys() - _OF_ITEM}
    check_facts(facts, role=role, of=name)
    return Item(path, digest, size, role, facts)


def _text(value: JSON) -> str:
    return value if isinstance(value, str) else ""
