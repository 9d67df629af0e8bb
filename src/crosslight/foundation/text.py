"""The one gate for text from outside: what is refused, normalised, and kept as written."""

from __future__ import annotations

import unicodedata

from crosslight.foundation.errors import FieldError, FieldErrors

# NFC can only join characters; no text shrinks to a quarter. Longer input is not even normalised.
_SHRINKAGE = 4
_ALLOWED_CONTROLS = frozenset("\n\t")


def clean(text: str, *, field: str, max_length: int) -> str:
    """`text` in NFC without outer blanks, or FieldErrors that name `field`.

    Control characters (I-031) and what is too long (I-032) are refused, not repaired. Bidirectional
    marks and overrides stay: names in Arabic need some of them, and what was sent is evidence.
    """
    fault = fault_of(text, field=field, max_length=max_length)
    if fault is not None:
        raise FieldErrors((fault,))
    return _normalise(text)


def clean_line(text: str, *, field: str, max_length: int) -> str:
    """As `clean`, for a field of one line: line breaks and runs of blanks become one space."""
    return " ".join(clean(text, field=field, max_length=max_length).split())


def clean_required(text: str, *, field: str, max_length: int) -> str:
    """As `clean`, for a field that may not be empty (I-030)."""
    cleaned = clean(text, field=field, max_length=max_length)
    if not cleaned:
        raise FieldErrors(
            (FieldError("I-030", field, "This is empty.", "Write at least a few words."),)
        )
    return cleaned


def fault_of(text: str, *, field: str, max_length: int) -> FieldError | None:
    """What `clean` would refuse, so that a form can name all its faults at once."""
    if len(text) > _SHRINKAGE * max_length or len(_normalise(text)) > max_length:
        return _too_long(field, max_length=max_length)
    if any(_is_refused(character) for character in _normalise(text)):
        return _control_character(field)
    return None


def _normalise(text: str) -> str:
    """A line end is one character, so that a text has one length and one hash everywhere."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", unified).strip()


def _is_refused(character: str) -> bool:
    """Controls, and halves of a surrogate pair, which no database or file can hold."""
    if character in _ALLOWED_CONTROLS:
        return False
    return unicodedata.category(character) in {"Cc", "Cs"}


def _control_character(field: str) -> FieldError:
    return FieldError(
        code="I-031",
        field=field,
        message="This text holds a character that cannot be shown or stored.",
        remedy="Type it again, or paste it as plain text.",
    )


def _too_long(field: str, *, max_length: int) -> FieldError:
    return FieldError(
        code="I-032",
        field=field,
        message=f"This text is longer than {max_length:,} characters.",
        remedy="Shorten it; say what matters most.",
    )
