"""Files as a contributor's pages show them: in plain words, and nothing of what the desk does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from crosslight.contributions.contributor_view import ContributorView
from crosslight.core.lifecycle.contribution import SEEN_BY_CONTRIBUTOR, ContributionState
from crosslight.core.vocabulary.contributions import WITHOUT_FILES
from crosslight.core.vocabulary.custody import FORM_LABELS
from crosslight.custody.selectors import SeenPackage
from crosslight.web.shared.components import Tone
from crosslight.web.shared.sizes import size_words
from crosslight.web.shared.words import word

_S = ContributionState
_OPEN = frozenset(
    SEEN_BY_CONTRIBUTOR[state]
    for state in (
        _S.DRAFT,
        _S.RETURNED_FORMAT,
        _S.RETURNED_QUALITY,
        _S.RECEIVED,
        _S.QUESTION_OPEN,
    )
)


@dataclass(frozen=True, slots=True)
class FileLine:
    seen: SeenPackage
    title: str
    size: str
    state: str
    tone: Tone


def file_lines(packages: Iterable[SeenPackage]) -> tuple[FileLine, ...]:
    """Numbered as they came: a file's own name may betray a person and is not kept."""
    return tuple(
        _line(package, gettext("File %(number)s") % {"number": number})
        for number, package in enumerate(packages, 1)
    )


def line_of_file(package: SeenPackage) -> FileLine:
    return _line(package, word(FORM_LABELS, package.form))


def takes_files(view: ContributorView) -> bool:
    return view.state in _OPEN and view.kind not in WITHOUT_FILES


def _line(package: SeenPackage, title: str) -> FileLine:
    return FileLine(
        package, title, size_words(package.size), gettext(package.state), _tone(package)
    )


def _tone(package: SeenPackage) -> Tone:
    if package.is_receiving:
        return Tone.WAITING
    if package.is_faulty:
        return Tone.ATTENTION
    return Tone.DONE if package.collected_at else Tone.PROGRESS
