"""What a clerk makes of a name, a date, a number: each function draws one way of writing it."""

from __future__ import annotations

import random
import string
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from benchmarks.synthetic import constants as c
from benchmarks.synthetic.words import TITLES, Word

_DOCUMENT_CONFUSIONS = {"0": "O", "1": "I", "O": "0", "I": "1", "5": "S", "8": "B"}
_SHORTEST_TO_SLIP = 4


@dataclass(frozen=True, slots=True)
class Clerk:
    """`by_ear` holds for one registration: who copies a document copies all of it."""

    country: str
    orthography: str
    by_ear: bool

    def spell(self, word: Word, rng: random.Random, *, copied: str) -> str:
        """One of the clerk's own spellings, or that of the document."""
        return rng.choice(word.spellings[self.orthography]) if self.by_ear else copied


def hit(rng: random.Random, chance: float) -> bool:
    return rng.random() < chance


def document_spelling(word: Word, orthography: str) -> str:
    return word.spellings[orthography][0]


def slip(text: str, rng: random.Random) -> str:
    """One letter dropped, doubled, replaced, or swapped with the next; never the first."""
    if len(text) < _SHORTEST_TO_SLIP:
        return text
    place = rng.randrange(1, len(text) - 1)
    letter, before, after = text[place], text[:place], text[place + 1 :]
    kind = rng.randrange(4)
    if kind == 0:
        return before + after
    if kind == 1:
        return before + letter + letter + after
    if kind == 2:
        return before + rng.choice(string.ascii_lowercase) + after
    return before + after[0] + letter + after[1:]


def without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def written_name(
    parts: Sequence[tuple[Word, str]], clerk: Clerk, rng: random.Random
) -> tuple[str, str]:
    """The full name as this clerk writes it, and what an oracle makes of it.

    `parts` are the given name, perhaps a middle name, and the surname, each with its spelling on
    the person's document.
    """
    tokens = [_token(part, clerk, rng, place=place) for place, part in _kept(parts, rng)]
    if hit(rng, c.SLIP_IN_NAME):
        place = rng.randrange(len(tokens))
        tokens[place] = (slip(tokens[place][0], rng), tokens[place][1])
    if hit(rng, c.SURNAME_IN_UPPER_CASE):
        tokens[-1] = (tokens[-1][0].upper(), tokens[-1][1])
    if hit(rng, c.ORDER_SWAPPED):
        tokens = [tokens[-1], *tokens[:-1]]
    text = " ".join(written for written, _ in tokens)
    if hit(rng, c.TITLE):
        text = f"{rng.choice(TITLES[clerk.orthography])} {text}"
    if hit(rng, c.ACCENTS_LOST):
        text = without_accents(text)
    if hit(rng, c.UPPER_CASE):
        text = text.upper()
    return text, "|".join(true for _, true in tokens)


def _kept(
    parts: Sequence[tuple[Word, str]], rng: random.Random
) -> list[tuple[str, tuple[Word, str]]]:
    """Parts by place; a middle name is often left out."""
    (given, *middle, surname) = parts
    if middle and hit(rng, c.MIDDLE_MISSING):
        middle = []
    return [("given", given), *(("middle", part) for part in middle), ("surname", surname)]


_INITIAL = {"given": c.GIVEN_AS_INITIAL, "middle": c.MIDDLE_AS_INITIAL, "surname": 0.0}


def _token(
    part: tuple[Word, str], clerk: Clerk, rng: random.Random, *, place: str
) -> tuple[str, str]:
    """One word of the name and what it stands for; an initial stands for itself."""
    word, copied = part
    written = clerk.spell(word, rng, copied=copied)
    if hit(rng, _INITIAL[place]):
        return f"{written[0]}.", written[0]
    if word.short_forms and hit(rng, c.SHORT_FORM):
        return rng.choice(word.short_forms), word.canonical
    if word.abbreviations and hit(rng, c.ABBREVIATED):
        return rng.choice(word.abbreviations), word.canonical
    return written, word.canonical


def written_birth_date(birth: date, rng: random.Random, *, is_known: bool) -> str | None:
    drawn = rng.random()
    if drawn < c.BIRTH_DATE_MISSING:
        return None
    if not is_known:
        spread = c.ESTIMATE_SPREAD_YEARS
        return f"{birth.year + rng.randint(-spread, spread)}-01-01"
    drawn -= c.BIRTH_DATE_MISSING
    for chance, write in _WAYS_OF_DATES:
        if drawn < chance:
            return write(birth, rng)
        drawn -= chance
    return birth.isoformat()


def _swapped(birth: date, rng: random.Random) -> str:
    if birth.day > 12:
        return _one_digit_off(birth, rng)
    return date(birth.year, birth.day, birth.month).isoformat()


def _one_digit_off(birth: date, rng: random.Random) -> str:
    """A real date that differs in one digit."""
    text = birth.isoformat()
    while True:
        place = rng.choice((2, 3, 3, 5, 6, 8, 9))
        changed = text[:place] + rng.choice(string.digits) + text[place + 1 :]
        try:
            found = date.fromisoformat(changed)
        except ValueError:
            continue
        if found != birth:
            return changed


_WAYS_OF_DATES = (
    (c.BIRTH_YEAR_ONLY, lambda birth, _: str(birth.year)),
    (c.BIRTH_PLACEHOLDER, lambda birth, _: f"{birth.year}-01-01"),
    (c.BIRTH_SWAPPED, _swapped),
    (c.BIRTH_DIGIT, _one_digit_off),
)


def written_document(number: str, rng: random.Random) -> str:
    """Now and then with a letter for a digit of like shape, or one digit wrong."""
    if not hit(rng, c.DOCUMENT_SLIP):
        return number
    place = rng.randrange(1, len(number))
    other = _DOCUMENT_CONFUSIONS.get(number[place]) or rng.choice(string.digits)
    return number[:place] + other + number[place + 1 :]


def written_phone(number: str, rng: random.Random) -> str:
    """In one of the usual layouts; now and then one digit wrong."""
    if hit(rng, c.PHONE_SLIP):
        place = rng.randrange(len(number) - 6, len(number))
        number = number[:place] + rng.choice(string.digits) + number[place + 1 :]
    code, rest = number[:4], number[4:]
    layout = rng.randrange(3)
    if layout == 0:
        return number
    if layout == 1:
        return f"{code} {' '.join(rest[i : i + 2] for i in range(0, len(rest), 2))}"
    return f"00{number[1:]}"
