"""The words that persons and places are called by, with their spellings and how common they are."""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import accumulate, islice
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml

from benchmarks.synthetic import constants
from benchmarks.synthetic.invented import invented_words

# A released file never changes, so that a seed makes the same persons whatever the lexicon becomes.
LEXICON_RELEASE = "0.1.0"
_SEED = "words"
_T = TypeVar("_T")

ABBREVIATIONS = {
    "Mamadou": ("Mdou", "Mam."),
    "Mohamed": ("Md", "Med", "Moh."),
    "Mouhamadou": ("Mouh.", "Md"),
    "Mahamadou": ("Mah.",),
    "Abdoulaye": ("Abd.", "A/laye"),
    "Ibrahima": ("Ibra.", "Ib."),
    "Ousmane": ("Ous.",),
    "Souleymane": ("Soul.",),
    "Boubacar": ("Bcar", "Boub."),
    "Cheikh": ("Ch.",),
    "El Hadji": ("Elh.", "El H."),
    "Fatoumata": ("Fta", "Fatm."),
    "Aïssatou": ("Aïss.",),
    "Mariama": ("Mma", "Mar."),
    "Ramatoulaye": ("Ram.",),
}
SHORT_FORMS = {
    "Fatoumata": ("Fatou", "Fanta"),
    "Khady": ("Khadidia",),
    "Aïssatou": ("Aïcha", "Astou"),
    "Ramatoulaye": ("Rama",),
    "Aminata": ("Ami", "Mina"),
    "Nafissatou": ("Nafi",),
    "Abdoulaye": ("Abdou", "Laye"),
    "Ibrahima": ("Ibou", "Ibra"),
    "Boubacar": ("Abou",),
    "Souleymane": ("Jules",),
    "Amadou": ("Doudou",),
    "Mouhamadou": ("Modou",),
}
TITLES = {
    "fr": ("M.", "Mme", "El Hadj", "Serigne", "Dr"),
    "en": ("Mr", "Mrs", "Alhaji", "Imam", "Dr"),
    "pt": ("Sr.", "Sra.", "El Hadj", "Dr"),
    "es": ("D.", "Sr.", "Dª", "Dr"),
    "ar": ("M.", "Cheikh", "Hadj", "Dr"),
}


@dataclass(frozen=True, slots=True)
class Word:
    """`canonical` is what an oracle would call it; spellings by orthography, the usual first."""

    canonical: str
    spellings: dict[str, tuple[str, ...]]
    is_in_lexicon: bool
    abbreviations: tuple[str, ...] = field(default=())
    short_forms: tuple[str, ...] = field(default=())


class Choice(Generic[_T]):
    """Draws by weight, in time that grows with the logarithm of the choices."""

    def __init__(self, weighted: Iterable[tuple[_T, float]]) -> None:
        pairs = list(weighted)
        self.items: Sequence[_T] = [item for item, _ in pairs]
        self._steps = list(accumulate(weight for _, weight in pairs))

    def draw(self, rng: random.Random) -> _T:
        return self.items[bisect(self._steps, rng.random() * self._steps[-1])]


@dataclass(frozen=True, slots=True)
class Words:
    surnames: Choice[Word]
    given: dict[str, Choice[Word]]
    places: dict[str, Choice[Word]]


@cache
def words() -> Words:
    """Names of the lexicon's first release by its weights, with invented ones beside them."""
    rows = yaml.load(_lexicon_file().read_text(encoding="utf-8"), yaml.CSafeLoader)["groups"]
    taken = {word for row in rows for written in row["spellings"].values() for word in written}
    kinds = ("surname", "given_male", "given_female")
    known = {kind: [_known(row) for row in rows if row["kind"] == kind] for kind in kinds}
    sizes = (constants.INVENTED_SURNAMES, constants.INVENTED_GIVEN, constants.INVENTED_GIVEN)
    choices = {
        kind: Choice([*known[kind], *_invented(kind, size, known=known[kind], taken=taken)])
        for kind, size in zip(kinds, sizes, strict=True)
    }
    return Words(
        surnames=choices["surname"],
        given={"M": choices["given_male"], "F": choices["given_female"]},
        places={country: _places(country, taken) for country in constants.NATIONALITIES},
    )


def _lexicon_file() -> Path:
    """The first release, wherever the package's data keeps it."""
    folder = Path(str(files("crosslight")), "core", "names", "data")
    return next(folder.rglob(f"west_african*-{LEXICON_RELEASE}.yaml"))


def _known(row: dict[str, Any]) -> tuple[Word, float]:
    spellings = {name: tuple(written) for name, written in row["spellings"].items()}
    usual = spellings["fr"][0]
    word = Word(
        canonical=f"{row['kind'][0]}:{usual}",
        spellings=spellings,
        is_in_lexicon=True,
        abbreviations=ABBREVIATIONS.get(usual, ()),
        short_forms=SHORT_FORMS.get(usual, ()),
    )
    return word, float(row["weight"])


def _invented(
    kind: str, size: int, *, known: Sequence[tuple[Word, float]], taken: set[str]
) -> list[tuple[Word, float]]:
    """Words that together are drawn with the chance of a word outside the lexicon."""
    share = constants.OUTSIDE_LEXICON / (1 - constants.OUTSIDE_LEXICON)
    wanted = share * sum(weight for _, weight in known)
    weighted = _zipf(islice(invented_words(seed=f"{_SEED}:{kind}", taken=taken), size))
    scale = wanted / sum(weight for _, weight in weighted)
    return [(word, weight * scale) for word, weight in weighted]


def _places(country: str, taken: set[str]) -> Choice[Word]:
    spellings = invented_words(seed=f"{_SEED}:{country}", taken=taken)
    return Choice(_zipf(islice(spellings, constants.PLACES_PER_COUNTRY)))


def _zipf(spellings: Iterable[dict[str, tuple[str, ...]]]) -> list[tuple[Word, float]]:
    return [
        (Word(f"i:{written['fr'][0]}", written, is_in_lexicon=False), 1 / (place + offset))
        for place, written in enumerate(spellings, start=1)
        for offset in (constants.ZIPF_OFFSET,)
    ]
