"""J8: a question asks what is already held. It sets no task and asks for nothing in future.

Organisations that contribute are not the authority's hands: whoever is asked to watch, to ask
around or to collect acts for the police, unprotected and without a mandate.
"""

from __future__ import annotations

import re
import unicodedata

_ACTS = (
    "ask|approach|befriend|call|check|collect|contact|copy|download|film|find|follow|gather|"
    "get|go|infiltrate|interview|investigate|keep|listen|locate|log|look|monitor|observe|"
    "obtain|overhear|photograph|pretend|question|record|save|search|spy|surveil|take|talk|text|"
    "track|trace|verify|visit|wait|watch|write down"
)
_REQUEST = (
    r"(?:^|[.!?;:\n]\s*|\b(?:please|kindly|(?:can|could|would|will) you(?: please)?|try to|try and|"
    r"you (?:should|must|need to|have to|could)|(?:want|need|ask|like) you to|help us(?: to)?|"
    r"(?:and|then) (?:please )?)[\s,]*)"
)
_PATTERNS = (
    re.compile(rf"{_REQUEST}(?P<word>{_ACTS})\b"),
    re.compile(
        r"\b(?P<word>find out|look into|keep (?:an eye|watch|track|us (?:informed|posted))|"
        r"from now on|in (?:the )?future|going forward|next time|report back|stay in (?:touch|"
        r"contact)|(?:as soon as|when(?:ever)?|if) (?:he|she|they|it|you|the \w+) (?:next |will |"
        r"come|comes|return|returns|meet|see)|let us know (?:when|if|as soon as)|"
        r"(?:start|begin|continue|keep) (?:to |on )?\w+ing|tomorrow|next (?:week|month|visit))\b"
    ),
    # The same in the other languages of the desks.
    re.compile(
        r"\b(?P<word>surveille[zr]|suive[zr]|filme[zr]|photographie[zr]|enquete[zr]|"
        r"renseigne[zr]-vous|recueill(?:ez|ir)|collecte[zr]|essaye[zr] de|tenez-nous|a l'avenir|"
        r"desormais|la prochaine fois|averigu(?:e|en|ar)|vigil(?:e|en|ar)|siga(?:n)?|grabe(?:n)?|"
        r"recoja(?:n)?|recopil(?:e|en|ar)|intente(?:n)?|en el futuro|a partir de ahora|"
        r"la proxima vez|vigie(?:m)?|investigue(?:m|n)?|recolha(?:m)?|tente(?:m)?|no futuro|"
        r"da proxima vez)\b"
    ),
)


def tasking_words(text: str) -> tuple[str, ...]:
    """The words by which `text` sets a task or asks for future collection, in order of place."""
    folded = _fold(text)
    found = {
        (match.start("word"), match.group("word"))
        for pattern in _PATTERNS
        for match in pattern.finditer(folded)
    }
    return tuple(dict.fromkeys(word for _, word in sorted(found)))


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'")).casefold()
    return "".join(char for char in decomposed if not unicodedata.combining(char))
