"""Sentences of a report in the reader's language, from the project's own catalogue."""

from __future__ import annotations

import gettext as catalogues
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from crosslight.core.matching import Band, Evidence, Reason

_DOMAIN = "django"
# The context of regions in the catalogues: the names of some are names of languages, too.
REGION = "region of names"
ENGLISH = "en"
LANGUAGES = (ENGLISH, "fr", "es", "pt", "ar")
# Read from right to left.
_LEFTWARD = frozenset({"ar"})
_COMMAS = {"ar": "، "}
_SEMICOLONS = {"ar": "؛ "}


def gettext_noop(text: str) -> str:
    """Marks a word for the catalogues; the report that shows it translates it."""
    return text


_BANDS = {
    Band.STRONG: gettext_noop("strong"),
    Band.PROBABLE: gettext_noop("probable"),
    Band.WEAK: gettext_noop("weak"),
    Band.NONE: gettext_noop("none"),
}


@dataclass(frozen=True, slots=True)
class Wording:
    """`gettext` says an English text in `language`, or leaves it where nobody translated it."""

    language: str
    gettext: Callable[[str], str]
    is_isolated: bool = False

    @property
    def direction(self) -> str:
        return "rtl" if self.language in _LEFTWARD else "ltr"

    @property
    def comma(self) -> str:
        return _COMMAS.get(self.language, ", ")

    def band(self, band: Band) -> str:
        return self.gettext(_BANDS[band])

    def reason(self, reason: Reason) -> str:
        said = self.gettext(reason.template)
        if not reason.params:
            return said
        values = {name: self._value(name, value) for name, value in reason.params.items()}
        if not self.is_isolated:
            return said % values
        return said % {name: f"\u2068{value}\u2069" for name, value in values.items()}

    def _value(self, name: str, value: str) -> str:
        """Values stay as they are, but for the words that the lists of names say of them."""
        if name == "region":
            key = f"{REGION}\x04{value}"  # as gettext keeps a text under a context
            said = self.gettext(key)
            return value if said == key else said
        if name == "note":
            head, of, whose = value.partition(" of ")
            template = f"{head}{of}%(name)s" if of else head
            said = self.gettext(template)
            return said % {"name": whose} if of else said
        return value

    def isolated(self) -> Wording:
        """The same, with values that leave the direction of their neighbours alone."""
        return Wording(self.language, self.gettext, is_isolated=True)

    def why(self, evidence: Evidence) -> str:
        """What was found and why, without the values."""
        reasons = _SEMICOLONS.get(self.language, "; ").join(map(self.reason, evidence.why))
        said = self.reason(evidence.said)
        return f"{said} ({reasons})" if reasons else said

    def sentence(self, evidence: Evidence) -> str:
        """Label, both values, what was found and why."""
        label = self.gettext(evidence.label)
        return f"{label}: {evidence.left} | {evidence.right}. {self.why(evidence)}"


def wording(language: str) -> Wording:
    folder = Path(str(files("crosslight").joinpath("locale")))
    found = catalogues.translation(_DOMAIN, folder, languages=[language], fallback=True)
    # The catalogue's entry for the empty text is its own description.
    return Wording(language, lambda text: found.gettext(text) if text else "")


def has_catalogue(language: str) -> bool:
    folder = Path(str(files("crosslight").joinpath("locale")))
    return language == ENGLISH or bool(catalogues.find(_DOMAIN, folder, languages=[language]))
