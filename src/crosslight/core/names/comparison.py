"""How likely two names are one person's or one organisation's, and why."""

from __future__ import annotations

from dataclasses import dataclass

from crosslight.core.names.alignment import Alignment, Relation, TokenPair, align
from crosslight.core.names.lexicon import lexicon
from crosslight.core.names.tokens import NameKind, ParsedName, Token, parse

_MIDDLE = 3.0
_SCALE = 0.5


@dataclass(frozen=True, slots=True)
class NameComparison:
    """`weight` is a log2 likelihood ratio without regard to how rare the words are."""

    alignment: Alignment
    weight: float

    @property
    def score(self) -> float:
        return to_score(self.weight)

    @property
    def agreeing(self) -> tuple[TokenPair, ...]:
        """Pairs that agree on a word other than a title."""
        return tuple(
            pair
            for pair in self.alignment.pairs
            if pair.agrees and not (pair.left.is_title and pair.right.is_title)
        )

    @property
    def left_out(self) -> tuple[Token, ...]:
        """Words without a counterpart in the other name."""
        return self.alignment.left_over + self.alignment.right_over

    @property
    def opposing(self) -> tuple[TokenPair, ...]:
        return tuple(pair for pair in self.alignment.pairs if not pair.agrees)


def to_score(weight: float) -> float:
    """Logistic of a log2 weight, in [0, 1]."""
    return float(1.0 / (1.0 + 2.0 ** (-_SCALE * (weight - _MIDDLE))))


def compare(left: ParsedName, right: ParsedName) -> NameComparison:
    """Comparison of two parsed names; both sides are treated alike."""
    found = align(left, right)
    return NameComparison(alignment=found, weight=found.weight)


def score(name_a: str, name_b: str, *, kind: NameKind = NameKind.PERSON) -> float:
    """Likeness in [0, 1]: higher means more likely one person; symmetric. 0 for an empty name."""
    left, right = parse(name_a, kind), parse(name_b, kind)
    if not left.tokens or not right.tokens:
        return 0.0
    return compare(left, right).score


def explain(name_a: str, name_b: str, *, kind: NameKind = NameKind.PERSON) -> tuple[str, ...]:
    """One sentence for each pair of words and each word without a counterpart."""
    found = compare(parse(name_a, kind), parse(name_b, kind)).alignment
    said = [_sentence(pair) for pair in found.pairs]
    said += [_left_out(item, side="first") for item in found.left_over]
    said += [_left_out(item, side="second") for item in found.right_over]
    return tuple(said)


def _sentence(pair: TokenPair) -> str:
    left, right = pair.left.text.title(), pair.right.text.title()
    version = lexicon().version
    return {
        Relation.SAME: f"{left} = {right}: written alike",
        Relation.SPELLING: f"{left} ~ {right}: {_region(pair)} spelling, lexicon {version}",
        Relation.RULE: f"{left} ~ {right}: one name under the letter rules",
        Relation.SHORT_FORM: f"{left} ~ {right}: {_note(pair)}",
        Relation.SLIP: f"{left} ~ {right}: probably a typing slip",
        Relation.LETTER: f"{left} ~ {right}: one letter differs",
        Relation.CONSONANTS: f"{left} ~ {right}: the same consonants, other vowels",
        Relation.CLOSE: f"{left} ≠ {right}: alike, but not listed as one name",
        Relation.INITIAL: f"{left} ~ {right}: initial or abbreviation",
        Relation.UNLIKE: f"{left} ≠ {right}: different words",
        Relation.OTHER_NAME: f"{left} ≠ {right}: two different names, lexicon {version}",
    }[pair.relation]


def _region(pair: TokenPair) -> str:
    shared = min(pair.left.group_names & pair.right.group_names, default="")
    group = lexicon().groups.get(shared)
    return group.region if group else "regional"


def _note(pair: TokenPair) -> str:
    shared = min(pair.left.relations & pair.right.relations, default=None)
    return "a related form" if shared is None else lexicon().relation_notes[shared]


def _left_out(item: Token, *, side: str) -> str:
    kind = "title" if item.is_title else "word"
    return f"{item.text.title()}: {kind} only in the {side} name"
