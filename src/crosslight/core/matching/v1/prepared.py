"""All work that concerns one record alone, done once: parsed values and keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from crosslight.core.attributes import addresses, dates
from crosslight.core.attributes.dates import PartialDate
from crosslight.core.matching.model import Attribute, Record
from crosslight.core.matching.v1 import identifiers
from crosslight.core.matching.v1.families import Family, family_of, is_named, name_kind
from crosslight.core.matching.v1.identifiers import Identifier
from crosslight.core.matching.v1.traits import place_form, sex_form
from crosslight.core.names import NameKind, ParsedName, parse

_MOST_VALUES = 12
_ADDRESS_WORDS = 3
# Letters at the start of a word that typing errors mostly leave alone.
_START = 3


@dataclass(frozen=True, slots=True)
class NameForm:
    raw: str
    parsed: ParsedName
    is_alias: bool


@dataclass(frozen=True, slots=True)
class BirthDate:
    raw: str
    date: PartialDate


@dataclass(frozen=True, slots=True)
class Trait:
    """A value of few words: `form` compares, `raw` is shown."""

    raw: str
    form: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """`exact_keys` are the identifiers among `keys`; `token:` keys only count how rare a word is.

    Candidates of a record are the records that share a usable key with it (`is_key_usable`).
    """

    record: Record
    family: Family
    names: tuple[NameForm, ...]
    birth_dates: tuple[BirthDate, ...]
    identifiers: Mapping[Attribute, tuple[Identifier, ...]]
    traits: Mapping[Attribute, tuple[Trait, ...]]
    keys: frozenset[str]
    exact_keys: frozenset[str]


def prepare(record: Record, *, country: str | None = None) -> Prepared:
    """Parsed values and keys of `record`; `country` of entry overrides the record's own."""
    family = family_of(record.schema)
    names = tuple(_names(record, family))
    births = tuple(_birth_dates(record))
    found = _identifiers(record, country=country or record.country)
    traits = {attribute: tuple(_traits(record, attribute)) for attribute in _TRAIT_FORMS}
    exact = frozenset(_exact_keys(found, traits, family=family))
    loose = frozenset(
        (
            *_keys_of_names(names, births=births, places=traits[Attribute.BIRTH_PLACE]),
            *_looser_keys(found, addresses_held=traits[Attribute.ADDRESS]),
        )
    )
    return Prepared(
        record=record,
        family=family,
        names=names,
        birth_dates=births,
        identifiers=found,
        traits={attribute: held for attribute, held in traits.items() if held},
        keys=exact | loose,
        exact_keys=exact,
    )


def _names(record: Record, family: Family) -> Iterator[NameForm]:
    if not is_named(family):
        return
    kind = name_kind(family)
    for attribute in (Attribute.NAME, Attribute.ALIAS):
        for raw in record.values.get(attribute, ())[:_MOST_VALUES]:
            parsed = parse(raw, kind)
            if parsed.tokens:
                yield NameForm(raw, parsed, attribute is Attribute.ALIAS)


def _birth_dates(record: Record) -> Iterator[BirthDate]:
    for raw in record.values.get(Attribute.BIRTH_DATE, ())[:_MOST_VALUES]:
        date = dates.parse(raw)
        if date:
            yield BirthDate(raw, date)


def _identifiers(record: Record, *, country: str | None) -> dict[Attribute, tuple[Identifier, ...]]:
    found = {}
    for attribute in identifiers.READERS:
        raws = record.values.get(attribute, ())[:_MOST_VALUES]
        read = (identifiers.read(attribute, raw, country=country) for raw in raws)
        kept = tuple(item for item in read if item)
        if kept:
            found[attribute] = kept
    return found


_TRAIT_FORMS: Mapping[Attribute, Callable[[str], str]] = {
    Attribute.SEX: sex_form,
    Attribute.NATIONALITY: lambda raw: raw.strip().casefold(),
    Attribute.BIRTH_PLACE: place_form,
    Attribute.PLACE: place_form,
    Attribute.OCCUPATION: place_form,
    Attribute.ADDRESS: lambda raw: addresses.normalise(raw) or "",
}


def _traits(record: Record, attribute: Attribute) -> Iterator[Trait]:
    for raw in record.values.get(attribute, ())[:_MOST_VALUES]:
        form = _TRAIT_FORMS[attribute](raw)
        if form:
            yield Trait(raw, form)


def _exact_keys(
    found: Mapping[Attribute, Iterable[Identifier]],
    traits: Mapping[Attribute, Iterable[Trait]],
    *,
    family: Family,
) -> Iterator[str]:
    for held in found.values():
        yield from (item.key for item in held if item.key)
    if family is Family.ADDRESS:
        for trait in traits[Attribute.ADDRESS]:
            if is_precise_address(trait.form):
                yield f"address:{trait.form}"


def is_precise_address(form: str) -> bool:
    """Three words or more, a number among them: a door, not a town."""
    words = form.split()
    return len(words) >= _ADDRESS_WORDS and any(map(str.isdigit, form))


def _keys_of_names(
    names: Iterable[NameForm],
    *,
    births: Iterable[BirthDate],
    places: Iterable[Trait],
) -> Iterator[str]:
    born = [birth.date for birth in births if not birth.date.is_unknown]
    forms = [place.form for place in places]
    for name in names:
        yield from _name_keys(name.parsed, born=born, places=forms)


def _looser_keys(
    found: Mapping[Attribute, Iterable[Identifier]], *, addresses_held: Iterable[Trait]
) -> Iterator[str]:
    for held in found.values():
        yield from (item.variant for item in held if item.variant)
    yield from (f"address:{trait.form}" for trait in addresses_held)


def _name_keys(name: ParsedName, *, born: list[PartialDate], places: list[str]) -> Iterator[str]:
    words = sorted(_telling_words(name))
    starts = sorted({word[:_START] for word in words})
    pairs = [" ".join(pair) for pair in combinations(words, 2)] or words
    prefix = key_prefix(name.kind)
    yield from (f"{prefix}token:{word}" for word in words)
    yield from (f"{prefix}name:{pair}" for pair in pairs)
    yield from (f"{prefix}namestart:{' '.join(pair)}" for pair in combinations(starts, 2))
    for date in born:
        yield from (f"nameyear:{pair}|{date.year:04d}" for pair in pairs)
        yield from (f"startyear:{start}|{date.year:04d}" for start in starts)
        if date.is_full and not date.is_placeholder:
            yield from (f"namedate:{word}|{_swap_free(date)}" for word in words)
    for place in places:
        yield from (f"nameplace:{word}|{place}" for word in words)
        yield from (f"startplace:{start}|{place}" for start in starts)


def key_prefix(kind: NameKind) -> str:
    """Words of organisations are counted apart: common ones there are rare in persons' names."""
    return "org" if kind is NameKind.ORGANISATION else ""


def _telling_words(name: ParsedName) -> Iterator[str]:
    items = [item for item in name.tokens if not item.is_short]
    telling = [item for item in items if not item.is_title] or items
    return iter({word for item in telling for word in (item.group_names or (item.fold,))})


def _swap_free(date: PartialDate) -> str:
    """One form for a date and its twin with day and month exchanged."""
    low, high = sorted((date.month, date.day))
    return f"{date.year:04d}-{low:02d}-{high:02d}"
