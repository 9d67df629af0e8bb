"""How likely two names are one person's or one organisation's, and why."""

from __future__ import annotations

from dataclasses import dataclass

from crosslight.core.names.alignment import Alignment, align
from crosslight.core.names.lexicon import lexicon
from crosslight.core.names.relations import Relation, TokenPair
from crosslight.core.names.tokens import NameKind, ParsedName, Token, parse

# An English msgid with named places, and the values of its places.
Reason = tuple[str, dict[str, str]]

_MIDDLE = 3.0
_SCALE = 0.5
_CHAIN = 3
_TURNED = -10.0
_CHRISTIAN = "Christian"
_SENTENCES = {
    Relation.SAME: "%(left)s = %(right)s: written alike",
    Relation.SPELLING: "%(left)s ~ %(right)s: %(region)s spelling, lexicon %(lexicon)s",
    Relation.VARIANT: "%(left)s ~ %(right)s: perhaps one name (%(region)s), lexicon %(lexicon)s",
    Relation.RULE: "%(left)s ~ %(right)s: one name under the letter rules",
    Relation.SHORT_FORM: "%(left)s ~ %(right)s: %(note)s",
    Relation.SLIP: "%(left)s ~ %(right)s: probably a typing slip",
    Relation.LETTER: "%(left)s ~ %(right)s: one letter differs",
    Relation.CONSONANTS: "%(left)s ~ %(right)s: the same consonants, nearly the same vowels",
    Relation.CLOSE: "%(left)s ≠ %(right)s: alike, but not listed as one name",
    Relation.INITIAL: "%(left)s ~ %(right)s: initial or abbreviation",
    Relation.UNLIKE: "%(left)s ≠ %(right)s: different words",
    Relation.OTHER_NAME: "%(left)s ≠ %(right)s: two different names, lexicon %(lexicon)s",
}
_NAMING_REGION = frozenset({Relation.SPELLING, Relation.VARIANT})
_NAMING_LEXICON = _NAMING_REGION | {Relation.OTHER_NAME}
_WORD_ONLY_FIRST = "%(word)s: word only in the first name"
_WORD_ONLY_SECOND = "%(word)s: word only in the second name"
_TITLE_ONLY_FIRST = "%(word)s: title only in the first name"
_TITLE_ONLY_SECOND = "%(word)s: title only in the second name"


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
    weight = found.weight
    if _is_turned(found, left, right):
        weight += _TURNED
    return NameComparison(alignment=found, weight=weight)


def _is_turned(found: Alignment, left: ParsedName, right: ParsedName) -> bool:
    """Whether three words that agree changed places otherwise than a clerk changes them.

    Clerks put the family name first or last; Mohamed Ali Hassan and Ali Mohamed Hassan are
    father and son, while Monday Osaro Idahosa and Osaro Monday Idahosa are one man.
    """
    if not len(left.tokens) == len(right.tokens) == len(found.pairs) == _CHAIN:
        return False
    places = [left.tokens.index(pair.left) for pair in found.pairs]
    others = [right.tokens.index(pair.right) for pair in found.pairs]
    moved = {(other - place) % _CHAIN for place, other in zip(places, others, strict=True)}
    if len(moved) == 1 or not all(pair.agrees for pair in found.pairs):
        return False
    return sum(_is_set_beside(pair.left) or _is_set_beside(pair.right) for pair in found.pairs) != 1


def _is_set_beside(item: Token) -> bool:
    """Whether it is a Christian name, which clerks set before or behind the one of the family."""
    known = lexicon()
    return any(known.label_of[origin] == _CHRISTIAN for origin in item.origins)


def score(name_a: str, name_b: str, *, kind: NameKind = NameKind.PERSON) -> float:
    """Likeness in [0, 1]: higher means more likely one person; symmetric. 0 for an empty name."""
    left, right = parse(name_a, kind), parse(name_b, kind)
    if not left.tokens or not right.tokens:
        return 0.0
    return compare(left, right).score


def explain(name_a: str, name_b: str, *, kind: NameKind = NameKind.PERSON) -> tuple[str, ...]:
    """One English sentence for each pair of words and each word without a counterpart."""
    said = reasons(parse(name_a, kind), parse(name_b, kind))
    return tuple(template % params for template, params in said)


def reasons(left: ParsedName, right: ParsedName) -> tuple[Reason, ...]:
    """As `explain`, as pairs of an English msgid and the values of its places."""
    found = align(left, right)
    said = [_sentence(pair) for pair in found.pairs]
    said += [_left_out(item, is_first=True) for item in found.left_over]
    said += [_left_out(item, is_first=False) for item in found.right_over]
    return tuple(said)


def _sentence(pair: TokenPair) -> Reason:
    params = {"left": shown(pair.left.text), "right": shown(pair.right.text)}
    if pair.relation in _NAMING_LEXICON:
        params["lexicon"] = lexicon().version
    if pair.relation in _NAMING_REGION:
        params["region"] = _region(pair)
    if pair.relation is Relation.SHORT_FORM:
        params["note"] = _note(pair)
    return _SENTENCES[pair.relation], params


def shown(word: str) -> str:
    """`word` as a name is written: no script but those with capitals is changed."""
    return word[:1].upper() + word[1:]


def _region(pair: TokenPair) -> str:
    known = lexicon()
    origin = min(pair.left.origins & pair.right.origins, default=None)
    if origin is not None:
        return known.label_of[origin]
    left = pair.left.group_names | pair.left.weak_groups
    shared = min(left & (pair.right.group_names | pair.right.weak_groups), default="")
    return known.groups[shared].region if shared else "name"


def _note(pair: TokenPair) -> str:
    shared = min(pair.left.relations & pair.right.relations, default=None)
    return "a related form" if shared is None else lexicon().relatives[shared].note


def _left_out(item: Token, *, is_first: bool) -> Reason:
    if item.is_title:
        template = _TITLE_ONLY_FIRST if is_first else _TITLE_ONLY_SECOND
    else:
        template = _WORD_ONLY_FIRST if is_first else _WORD_ONLY_SECOND
    return template, {"word": shown(item.text)}
