"""Digits hidden in text: number words, letters for digits, emoji and other scripts' digits."""

from __future__ import annotations

import re
from itertools import groupby

from crosslight.core.attributes.text import to_ascii_digits

# English, French, Spanish, Portuguese and Italian; words that mean something else too, such as
# the article "un", count only between other digits.
_WORDS = {
    word: str(digit)
    for digit, words in enumerate(
        (
            "zero zéro cero nought oh",
            "one un une uno um",
            "two deux dos dois due",
            "three trois tres três tre",
            "four quatre cuatro quatro quattro",
            "five cinq cinco cinque",
            "six seis sei",
            "seven sept siete sete sette",
            "eight huit ocho oito otto",
            "nine neuf nueve nove",
        )
    )
    for word in words.split()
}
_TIMES = {"double": 2, "triple": 3, "doble": 2, "duplo": 2, "doppio": 2}
_LETTERS = str.maketrans({"o": "0", "i": "1", "l": "1", "z": "2", "s": "5", "b": "8"})
_MIXED = re.compile(r"[0-9oilzsb]*[0-9][0-9oilzsb]*")
_TOKEN = re.compile(r"[^\W_]+")
_EMOJI_MARKS = re.compile("[\ufe0e\ufe0f\u20e3\u200b-\u200d]")
_WIDEST_GAP = 4
_FEWEST_DIGITS = 7
_FEWEST_WRITTEN = 2
_LONGEST_TEXT = 20_000


def reveal(text: str) -> str:
    """`text` with hidden numbers of seven digits or more written plainly.

    "o7 seven double 0 9 double zero 1two3" becomes "07700900123". Other words stay as they are.
    """
    plain = to_ascii_digits(_EMOJI_MARKS.sub("", text[:_LONGEST_TEXT]))
    pieces: list[str] = []
    end = 0
    for start, stop, digits in _runs(plain):
        pieces += [plain[end:start], digits]
        end = stop
    return "".join([*pieces, plain[end:]])


def _runs(text: str) -> list[tuple[int, int, str]]:
    """Start, end and digits of each run of tokens that reads as one hidden number."""
    found = []
    for _, group in groupby(_numbered(text), key=lambda item: item[0]):
        tokens = [(match, meaning) for _, match, meaning in group]
        start, stop = tokens[0][0].start(), tokens[-1][0].end()
        digits = _joined([meaning for _, meaning in tokens])
        is_hidden = any(not match.group().isdigit() for match, _ in tokens)
        if is_hidden and len(digits) >= _FEWEST_DIGITS:
            found.append((start, stop, digits))
    return found


def _numbered(text: str) -> list[tuple[int, re.Match[str], str]]:
    """Tokens that mean digits, with the number of the run each belongs to."""
    items: list[tuple[int, re.Match[str], str]] = []
    run, end = 0, -_WIDEST_GAP - 1
    for match in _TOKEN.finditer(text):
        meaning = _meaning(match.group().casefold())
        if meaning is None:
            run += 1
            continue
        run += match.start() - end > _WIDEST_GAP
        items.append((run, match, meaning))
        end = match.end()
    return items


def _meaning(token: str) -> str | None:
    """Digits that `token` stands for, or how often the next is said (`*2`)."""
    if token in _TIMES:
        return f"*{_TIMES[token]}"
    if token in _WORDS:
        return _WORDS[token]
    if token.isascii() and _MIXED.fullmatch(token):
        return token.translate(_LETTERS)
    if token in {"o", "i", "l"}:
        return token.translate(_LETTERS)
    return _interleaved(token)


_WORDS_INSIDE = re.compile("|".join(sorted(_WORDS, key=lambda word: (-len(word), word))) + r"|\d")


def _interleaved(token: str) -> str | None:
    """Words and digits run together, such as "1two3", with nothing left over."""
    parts = _WORDS_INSIDE.findall(token)
    if "".join(parts) != token or len(parts) < _FEWEST_WRITTEN:
        return None
    return "".join(_WORDS.get(part, part) for part in parts)


def _joined(meanings: list[str]) -> str:
    digits, times = "", 1
    for meaning in meanings:
        if meaning.startswith("*"):
            times = int(meaning[1:])
            continue
        digits += meaning[0] * times + meaning[1:]
        times = 1
    return digits
