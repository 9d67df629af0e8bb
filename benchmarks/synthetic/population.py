"""Persons, their relatives and their registrations, block by block."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from benchmarks.synthetic import clerks
from benchmarks.synthetic import constants as c
from benchmarks.synthetic.clerks import Clerk, hit
from benchmarks.synthetic.words import Choice, Word, Words, words

MATCHED_COLUMNS = (
    "id", "name", "birth_date", "sex", "nationality", "birth_place", "phone", "document",
)  # fmt: skip
# What no matcher is given: the person, and the name as an oracle would write it.
TRUTH_COLUMNS = ("truth_person", "truth_name")

# Country code, and digits after it. Each plan's numbers that begin with 1 are given to nobody.
_PHONES = {
    "SN": ("+221", 9), "ML": ("+223", 8), "GN": ("+224", 9), "GM": ("+220", 7), "CI": ("+225", 10),
    "SL": ("+232", 8), "MR": ("+222", 8), "GW": ("+245", 9), "BF": ("+226", 8), "MA": ("+212", 9),
    "ES": ("+34", 9),
}  # fmt: skip
_UNASSIGNED = "1"
_NEIGHBOURS_KEPT = 200
Row = dict[str, str | int | None]


@dataclass(frozen=True, slots=True)
class Plan:
    rows: int
    seed: int = 1

    @property
    def blocks(self) -> int:
        return -(-self.rows // c.BLOCK_ROWS)

    def rows_in(self, block: int) -> int:
        return min(c.BLOCK_ROWS, self.rows - block * c.BLOCK_ROWS)


@dataclass(frozen=True, slots=True)
class Person:
    sex: str
    nationality: str
    names: tuple[Word, ...]
    birth: date
    knows_birth: bool
    place: Word
    phone: str | None
    document: str | None

    @property
    def orthography(self) -> str:
        return c.ORTHOGRAPHIES[self.nationality]


def rows_of_block(plan: Plan, block: int) -> list[Row]:
    """The same rows for the same plan and block, whoever makes them and when."""
    maker = _Maker(random.Random(f"{plan.seed}:{block}"), words(), plan=plan, block=block)
    rows = maker.rows(plan.rows_in(block))
    maker.rng.shuffle(rows)
    first = block * c.BLOCK_ROWS
    return [{"id": f"r{first + place:08d}", **row} for place, row in enumerate(rows)]


_NATIONALITY = Choice(c.NATIONALITIES.items())
_REGISTER = Choice(c.REGISTERS.items())
_REGISTRATIONS = Choice(c.REGISTRATIONS.items())


class _Maker:
    def __init__(self, rng: random.Random, names: Words, *, plan: Plan, block: int) -> None:
        self.rng = rng
        self._words = names
        self._plan = plan
        self._block = block

    def rows(self, wanted: int) -> list[Row]:
        found: list[Row] = []
        for number, person in enumerate(self._people()):
            for row in self._registrations(person):
                truth = f"{self._block}-{number}"
                found.append({**row, "truth_person": truth})
                if len(found) == wanted:
                    return found
        return found

    def _people(self) -> Iterator[Person]:
        neighbours: list[Person] = []
        while True:
            if neighbours and hit(self.rng, c.IS_RELATIVE):
                person = self._relative(self.rng.choice(neighbours))
            else:
                person = self._person()
            neighbours = [*neighbours[1 - _NEIGHBOURS_KEPT :], person]
            yield person

    def _person(self) -> Person:
        rng = self.rng
        sex = "M" if hit(rng, c.MALE) else "F"
        nationality = _NATIONALITY.draw(rng)
        return Person(
            sex=sex,
            nationality=nationality,
            names=(*self._given(sex), self._words.surnames.draw(rng)),
            birth=self._birth(),
            knows_birth=not hit(rng, c.BIRTH_DATE_UNKNOWN),
            place=self._words.places[nationality].draw(rng),
            phone=self._phone(nationality) if hit(rng, c.HAS_PHONE) else None,
            document=self._document() if hit(rng, c.HAS_DOCUMENT) else None,
        )

    def _given(self, sex: str) -> tuple[Word, ...]:
        choice = self._words.given[sex]
        first = choice.draw(self.rng)
        if not hit(self.rng, c.HAS_MIDDLE_NAME):
            return (first,)
        second = choice.draw(self.rng)
        return (first, second) if second is not first else (first,)

    def _relative(self, other: Person) -> Person:
        """A brother or sister: another person with the same surname and place."""
        rng = self.rng
        person = self._person()
        gap = timedelta(days=rng.randint(300, c.RELATIVE_AGE_GAP_YEARS * 365))
        birth = other.birth + (gap if hit(rng, 0.5) else -gap)
        return replace(
            person,
            nationality=other.nationality,
            names=(*person.names[:-1], other.names[-1]),
            birth=other.birth if hit(rng, c.RELATIVE_IS_TWIN) else birth,
            place=other.place,
            phone=other.phone if hit(rng, c.RELATIVE_SHARES_PHONE) else person.phone,
        )

    def _birth(self) -> date:
        days = (c.LAST_BIRTH - c.FIRST_BIRTH).days
        commonest = (c.COMMONEST_BIRTH - c.FIRST_BIRTH).days
        return c.FIRST_BIRTH + timedelta(days=int(self.rng.triangular(0, days, commonest)))

    def _phone(self, country: str) -> str:
        code, digits = _PHONES[country]
        return f"{code}{_UNASSIGNED}{_digits(self.rng, digits - 1)}"

    def _document(self) -> str:
        return f"{self.rng.choice(string.ascii_uppercase)}{_digits(self.rng, 8)}"

    def _registrations(self, person: Person) -> Iterator[Row]:
        rng = self.rng
        papers = [
            (word, clerks.document_spelling(word, person.orthography)) for word in person.names
        ]
        first_country = person.nationality if hit(rng, 0.5) else _REGISTER.draw(rng)
        for place in range(_REGISTRATIONS.draw(rng)):
            again = place > 0 and not hit(rng, c.SAME_COUNTRY_AGAIN)
            country = _REGISTER.draw(rng) if again else first_country
            clerk = Clerk(country, c.ORTHOGRAPHIES[country], hit(rng, c.WRITTEN_BY_EAR))
            yield self._registration(person, papers, clerk)
            person = self._later(person, country)

    def _later(self, person: Person, country: str) -> Person:
        """The same person at the next registration, perhaps with a new number."""
        if person.phone and hit(self.rng, c.PHONE_CHANGED):
            person = replace(person, phone=self._phone(country))
        if person.document and hit(self.rng, c.DOCUMENT_RENEWED):
            person = replace(person, document=self._document())
        return person

    def _registration(self, person: Person, papers: list[tuple[Word, str]], clerk: Clerk) -> Row:
        rng = self.rng
        name, true_name = clerks.written_name(papers, clerk, rng)
        return {
            "name": name,
            "birth_date": clerks.written_birth_date(person.birth, rng, is_known=person.knows_birth),
            "sex": self._written_sex(person),
            "nationality": self._written_nationality(person),
            "birth_place": self._written_place(person, clerk),
            "phone": self._written_phone(person),
            "document": self._written_document(person),
            "truth_name": true_name,
        }

    def _written_sex(self, person: Person) -> str | None:
        if hit(self.rng, c.SEX_MISSING):
            return None
        return "MF"[person.sex == "M"] if hit(self.rng, c.SEX_WRONG) else person.sex

    def _written_nationality(self, person: Person) -> str | None:
        if hit(self.rng, c.NATIONALITY_MISSING):
            return None
        return (
            _NATIONALITY.draw(self.rng)
            if hit(self.rng, c.NATIONALITY_WRONG)
            else person.nationality
        )

    def _written_place(self, person: Person, clerk: Clerk) -> str | None:
        rng = self.rng
        if hit(rng, c.BIRTH_PLACE_MISSING):
            return None
        is_other = hit(rng, c.BIRTH_PLACE_OTHER)
        word = self._words.places[person.nationality].draw(rng) if is_other else person.place
        copied = clerks.document_spelling(word, person.orthography)
        written = clerk.spell(word, rng, copied=copied)
        return clerks.slip(written, rng) if hit(rng, c.SLIP_IN_PLACE) else written

    def _written_phone(self, person: Person) -> str | None:
        rng = self.rng
        if hit(rng, c.PHONE_SHARED):
            return clerks.written_phone(self._shared_phone(), rng)
        if person.phone and hit(rng, c.PHONE_WRITTEN):
            return clerks.written_phone(person.phone, rng)
        return None

    def _shared_phone(self) -> str:
        """One of the numbers that many give; as many of them as the whole file has room for."""
        count = max(3, self._plan.rows // c.ROWS_PER_SHARED_PHONE)
        line = random.Random(f"shared:{self._plan.seed}:{self.rng.randrange(count)}")
        code, digits = _PHONES["SN"]
        return f"{code}{_UNASSIGNED}{_digits(line, digits - 1)}"

    def _written_document(self, person: Person) -> str | None:
        if person.document and hit(self.rng, c.DOCUMENT_WRITTEN):
            return clerks.written_document(person.document, self.rng)
        return None


def _digits(rng: random.Random, count: int) -> str:
    return f"{rng.randrange(10**count):0{count}d}"
