"""Terms as a head wrote them, held to the kind of decision they are for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from crosslight.core.coordination.terms import LONGEST_TERM, Term, terms_of
from crosslight.core.vocabulary.coordination import DecisionKind
from crosslight.foundation import clock
from crosslight.foundation.errors import FieldError, FieldErrors
from crosslight.foundation.text import clean


def checked_terms(
    kind: DecisionKind, terms: Mapping[str, str], *, units: frozenset[str]
) -> dict[str, str]:
    """The cleaned terms, or FieldErrors: a field missing, unknown, no date, no party."""
    known = {term.name: term for term in terms_of(kind)}
    cleaned = {
        name: clean(text, field=name, max_length=LONGEST_TERM)
        for name, text in terms.items()
        if name in known
    }
    faults = (
        *(_unknown(name) for name in terms if name not in known),
        *(
            fault
            for term in known.values()
            for fault in _faults(term, cleaned.get(term.name, ""), units=units)
        ),
    )
    if faults:
        raise FieldErrors(faults)
    return {name: text for name, text in cleaned.items() if text}


def _unknown(name: str) -> FieldError:
    return FieldError(
        "K-101", name, "This decision has no such term.", "Leave it out, or choose another kind."
    )


def _faults(term: Term, text: str, *, units: frozenset[str]) -> Iterator[FieldError]:
    if not text:
        if term.is_required:
            yield FieldError("K-102", term.name, f"{term.label}: this is empty.", "Fill it in.")
        return
    if term.is_date and not _is_date_to_come(text):
        yield FieldError(
            "K-103", term.name, "This is not a date to come.", "Write it as 2026-03-31."
        )
    if term.is_unit and text not in units:
        yield FieldError("K-104", term.name, "This unit is no party.", "Choose one of the two.")


def _is_date_to_come(text: str) -> bool:
    try:
        return date.fromisoformat(text) > clock.today()
    except ValueError:
        return False
