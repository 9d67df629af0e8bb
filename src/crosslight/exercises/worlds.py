"""The practice world as data: read once, checked strictly, then frozen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, TypeVar

import yaml

LATEST = "practice_world_1"
# Mail addresses of the invented people (RFC 2606 keeps the domain for examples).
MAIL_DOMAIN = "practice.example.org"

T = TypeVar("T")
Row = Mapping[str, Any]


class WorldError(ValueError):
    """The data of a world contradict themselves; the message names the row."""


@dataclass(frozen=True, slots=True)
class CountryRow:
    code: str
    name: str
    time_zone: str
    languages: str
    region: str


@dataclass(frozen=True, slots=True)
class ContributorRow:
    key: str
    name: str
    kind: str
    country: str


@dataclass(frozen=True, slots=True)
class AuthorityRow:
    key: str
    name: str
    country: str


@dataclass(frozen=True, slots=True)
class UnitRow:
    key: str
    name: str
    authority: str
    duty: str
    phone: str
    languages: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """`of` is the key of the organisation that the person acts for."""

    key: str
    name: str
    of: str
    roles: tuple[str, ...]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class PersonaRow:
    key: str
    what: str


@dataclass(frozen=True, slots=True)
class HitRow:
    """What a visitor types to get a hit, and the key of the investigation it goes into."""

    case: str
    text: str


@dataclass(frozen=True, slots=True)
class ContributionRow:
    """One contribution, sent `day` days or `minutes` minutes ago, and where it is left (`end`).

    `pattern`: what a typology says, in place of all that a report says.
    """

    key: str
    by: str
    end: str
    noticed: Mapping[str, str]
    kind: str
    timing: str
    ongoing: str
    how_known: str
    sureness: str
    wish: str
    may_contact: bool
    awareness: str
    grade: str
    handling: str
    category: str
    priority: str
    basis: str
    day: int = 0
    minutes: int | None = None
    country: str = "XN"
    place: str = ""
    region: str = ""
    facts: str = ""
    assessment: str = ""
    fiu: str = ""
    danger: tuple[str, ...] = ()
    identifiers: tuple[Row, ...] = ()
    reasons: str = ""
    title: str = ""
    body: str = ""
    units: tuple[str, ...] = ()
    drop: str = ""
    pattern: Row = field(default_factory=dict)
    question: Row = field(default_factory=dict)
    returned: Row = field(default_factory=dict)
    refused: Row = field(default_factory=dict)
    feedback: Row = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EntityRow:
    key: str
    schema: str
    role: str
    values: Mapping[str, str]
    grade: str
    handling: str
    source: str
    day: int = 0
    minutes: int | None = None
    category: str = "not_a_person"
    audience: str = ""
    visibility: str = "open"
    case: str = ""


@dataclass(frozen=True, slots=True)
class InvestigationRow:
    """`approved` None: the making of the world leaves it a draft."""

    key: str
    unit: str
    title: str
    purpose: str
    crime_area: str
    phase: str
    started: int
    entities: tuple[EntityRow, ...]
    approved: int | None = None
    is_judicial: bool = False
    has_planned_operation: bool = False


@dataclass(frozen=True, slots=True)
class MatchRow:
    """One planted match: how many days ago each step was taken, and by which words."""

    key: str
    pair: tuple[str, str]
    steps: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """Acts of the story that is played on once the world was made."""

    title: str
    acts: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entities of the truth file, and why they are planted or only look alike."""

    keys: frozenset[str]
    why: str
    route: str = "coordination"


@dataclass(frozen=True, slots=True)
class World:
    version: str
    name: str
    founded: int
    mandates_until: int
    legal_basis: str
    countries: tuple[CountryRow, ...]
    contributors: tuple[ContributorRow, ...]
    authorities: tuple[AuthorityRow, ...]
    units: tuple[UnitRow, ...]
    people: tuple[PersonRow, ...]
    personas: tuple[PersonaRow, ...]
    hit: HitRow
    contributions: tuple[ContributionRow, ...]
    investigations: tuple[InvestigationRow, ...]
    matches: tuple[MatchRow, ...]
    story: tuple[Chapter, ...]
    story_contributions: tuple[ContributionRow, ...]
    story_entities: tuple[EntityRow, ...]
    planted: tuple[Pair, ...]
    look_alikes: tuple[Pair, ...]

    @property
    def entities(self) -> tuple[EntityRow, ...]:
        return tuple(row for case in self.investigations for row in case.entities)

    def unit_of_entity(self, key: str) -> str:
        """Key of the unit that holds the entity."""
        for case in self.investigations:
            if any(row.key == key for row in case.entities):
                return case.unit
        raise WorldError(f"no investigation holds {key}")


def mail_of(key: str) -> str:
    return f"{key}@{MAIL_DOMAIN}"


@cache
def load_world(version: str = LATEST) -> World:
    """The world of that version; raises WorldError where a row is not what it should be."""
    base, truth = _read(version, "world"), _read(version, "truth")
    contributions, cases = _read(version, "contributions"), _read(version, "investigations")
    story = _read(version, "story")
    return World(
        version=version,
        name=base["name"],
        founded=base["founded"],
        mandates_until=base["mandates_until"],
        legal_basis=base["legal_basis"],
        countries=_rows(CountryRow, base["countries"]),
        contributors=_rows(ContributorRow, base["contributors"]),
        authorities=_rows(AuthorityRow, base["authorities"]),
        units=_rows(UnitRow, base["units"]),
        people=_rows(PersonRow, base["people"]),
        personas=_rows(PersonaRow, base["personas"]),
        hit=_row(HitRow, base["hit"]),
        contributions=_contributions(contributions["contributions"], contributions, base),
        investigations=_investigations(cases),
        matches=_rows(MatchRow, _read(version, "matches")["matches"]),
        story=_rows(Chapter, story["chapters"]),
        story_contributions=_contributions(story["contributions"], contributions, base),
        story_entities=_with_defaults(story["entities"], cases["defaults"]),
        planted=_pairs(truth["planted"]),
        look_alikes=_pairs(truth["look_alikes"]),
    )


def _read(version: str, name: str) -> Any:  # noqa: ANN401  the rows check themselves
    folder = resources.files("crosslight.exercises") / "data" / version
    return yaml.safe_load((folder / f"{name}.yaml").read_text("utf-8"))


def _rows(kind: type[T], rows: Sequence[Row]) -> tuple[T, ...]:
    return tuple(_row(kind, row) for row in rows)


def _row(kind: type[T], row: Row, **more: object) -> T:
    values = {
        name: tuple(given) if isinstance(given, list) else given for name, given in row.items()
    }
    try:
        return kind(**values, **more)
    except TypeError as error:
        raise WorldError(f"{kind.__name__} {row.get('key', row)}: {error}") from error


def _contributions(rows: Sequence[Row], data: Row, base: Row) -> tuple[ContributionRow, ...]:
    organisations = {person["key"]: person["of"] for person in base["people"]}
    return tuple(
        _row(
            ContributionRow,
            {"basis": data["bases"][organisations[row["by"]]], **data["defaults"], **row},
        )
        for row in rows
    )


def _investigations(data: Row) -> tuple[InvestigationRow, ...]:
    return tuple(
        _row(
            InvestigationRow,
            {
                name: value
                for name, value in row.items()
                if name not in {"entities", "common_value"}
            },
            entities=_entities(row, data["defaults"]),
        )
        for row in data["investigations"]
    )


def _entities(case: Row, defaults: Row) -> tuple[EntityRow, ...]:
    return _with_defaults(
        [*case.get("entities", ()), *_holders(case.get("common_value"))], defaults
    )


def _with_defaults(rows: Sequence[Row], defaults: Row) -> tuple[EntityRow, ...]:
    return tuple(_row(EntityRow, {**defaults, **row}) for row in rows)


def _holders(common: Row | None) -> list[Row]:
    """One entity for each name that shares the value."""
    if common is None:
        return []
    shared = {name: common[name] for name in ("day", "schema", "role", "category")}
    return [
        {
            "key": f"{common['prefix']}-{number:02d}",
            "values": {"name": name, common["property"]: common["value"]},
            **shared,
        }
        for number, name in enumerate(common["names"], start=1)
    ]


def _pairs(rows: Sequence[Row]) -> tuple[Pair, ...]:
    return tuple(
        Pair(keys=frozenset(row["pair"]), why=row["why"], route=row.get("route", "coordination"))
        for row in rows
    )
