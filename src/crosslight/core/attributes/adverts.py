"""Texts of adverts and offers: near copies, and the contacts hidden in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from types import MappingProxyType

from crosslight.core.attributes import emails, handles, minhash, phones
from crosslight.core.attributes.recognise import Kind, recognise
from crosslight.core.attributes.sentences import gettext_noop
from crosslight.core.attributes.spoken_digits import reveal
from crosslight.core.names.scripts import to_latin

SENTENCES = MappingProxyType(
    {
        "copy": gettext_noop("The texts are copies of each other."),
        "near": gettext_noop("Half of the text or more is the same."),
        "shared_parts": gettext_noop(
            "The texts share a third of their wording and a phone, address or handle."
        ),
        "same_contact": gettext_noop("The texts give the same phone, address or handle."),
        "different": gettext_noop("The texts are different."),
    }
)

_LONGEST = 2_000
_SHORTEST = 12
_COPY, _NEAR, _SHARED = 0.8, 0.5, 0.3
_MOST_CONTACTS = 12
_ONE_NUMBER = 12
_AT = re.compile(
    r"\s?[\[({<]\s?(?:at|arobase|arroba|chiocciola|@)\s?[\])}>]\s?|\s(?:at|arobase|arroba)\s"
)
_DOT = re.compile(
    r"\s?[\[({<]\s?(?:dot|point|punto|ponto|\.)\s?[\])}>]\s?|\s(?:dot|point|punto|ponto)\s"
)
_DIGITS = re.compile(r"(?<!\d)\+?\d(?:[ ./-]{0,2}\d){6,30}(?!\d)")
_TOKEN = re.compile(r"[a-z0-9@$]+")
_LEET = str.maketrans("0134578@$", "oieastbas")
_EMAIL_PLACE = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,253}")


def form(raw: str, *, country: str | None = None) -> str | None:
    """Contacts, then `|`, then the letters of the text without spaces, case and tricks.

    Contacts are `phone:`, `email:` and `handle:` with their forms; of the text the first 2,000
    characters count, phone numbers apart. None for less than a dozen letters and no contact.
    """
    text = reveal(raw[:_LONGEST])
    found = " ".join(dict.fromkeys(_contacts(text, country=country)))
    letters = _letters(text)
    kept = letters if len(letters) >= _SHORTEST else ""
    return f"{found}|{kept}" if found or kept else None


def _contacts(text: str, *, country: str | None) -> Iterator[str]:
    plain = _DOT.sub(".", _AT.sub("@", text))
    for item in recognise(plain, country=country)[: 2 * _MOST_CONTACTS]:
        if item.kind is Kind.EMAIL:
            yield f"email:{emails.mailbox(item.value)}"
        elif item.kind is Kind.HANDLE:
            value = handles.form(item.raw)
            name = handles.key(value) if value else None
            if name:
                yield f"handle:{name}"
    for match in list(_DIGITS.finditer(text))[:_MOST_CONTACTS]:
        for number in _numbers(match.group(), country=country):
            yield f"phone:{number}"


def _numbers(run: str, *, country: str | None) -> Iterator[str]:
    """Numbers in a run of digits; where it is too long for one, each stretch that is assigned."""
    groups = run.split()
    if sum(map(str.isdigit, run)) <= _ONE_NUMBER or len(groups) == 1:
        stretches = [run]
    else:
        stretches = _assigned(groups, country=country) or groups
    yield from filter(None, (phones.form(part, country=country) for part in stretches))


def _assigned(groups: list[str], *, country: str | None) -> list[str]:
    """From left to right the longest stretches of groups that are numbers in use."""
    found: list[str] = []
    start = 0
    while start < len(groups):
        stops = range(len(groups), start, -1)
        parts = ((stop, " ".join(groups[start:stop])) for stop in stops)
        best = next((part for part in parts if phones.is_valid(part[1], country=country)), None)
        if best:
            found.append(best[1])
        start = best[0] if best else start + 1
    return found


def _letters(text: str) -> str:
    without = _DIGITS.sub(" ", _EMAIL_PLACE.sub(" ", text))
    return "".join(_read(token) for token in _TOKEN.findall(to_latin(without)))


def _read(token: str) -> str:
    """Letters written as digits in words; numbers stay numbers."""
    has_letter = any(map(str.isalpha, token))
    return token.translate(_LEET) if has_letter else re.sub(r"[@$]", "", token)


def key(value: str) -> str | None:
    """Hash of the letters: the very same text; None where the text is empty."""
    letters = value.rpartition("|")[2]
    return blake2b(letters.encode(), digest_size=10).hexdigest() if letters else None


def variants(value: str) -> tuple[str, ...]:
    """Bands of near copies, and each contact; a phone as its tail, so that any writing meets."""
    contacts, _, letters = value.rpartition("|")
    found = [f"band:{band}" for band in minhash.band_keys(_pieces(letters))]
    return (*found, *sorted(_contact_keys(contacts)))


@lru_cache(maxsize=65_536)
def _contact_keys(contacts: str) -> frozenset[str]:
    found = set()
    for contact in contacts.split():
        kind, _, rest = contact.partition(":")
        ends = phones.variants(rest) if kind == "phone" else (rest,)
        found |= {f"{kind}:{end}" for end in ends}
    return frozenset(found)


@lru_cache(maxsize=8_192)
def _pieces(letters: str) -> minhash.Pieces:
    return minhash.pieces(letters)


def level(left: str, right: str) -> str:
    """How two forms agree: a key of SENTENCES."""
    contacts, _, letters = left.rpartition("|")
    other_contacts, _, other_letters = right.rpartition("|")
    overlap = minhash.overlap(_pieces(letters), _pieces(other_letters))
    if overlap >= _COPY:
        return "copy"
    if overlap >= _NEAR:
        return "near"
    if _contact_keys(contacts) & _contact_keys(other_contacts):
        return "shared_parts" if overlap >= _SHARED else "same_contact"
    return "different"
