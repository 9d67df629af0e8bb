"""From what a form or a machine sent to a Content, with every fault under its field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from crosslight.core.contributions import Content, ContentFaults, FormatFault
from crosslight.core.contributions.content import FIELDS_OF_PAGE, LIMITS, LONGEST_CODE, Page
from crosslight.core.contributions.identifiers import normalised
from crosslight.foundation.errors import FieldError, FieldErrors
from crosslight.foundation.text import clean, fault_of

# A content is a mapping of lists of rows of texts; nothing deeper is ever kept.
_DEPTH = 3


def read_content(
    values: Mapping[str, object], *, stored: Mapping[str, object], region: str
) -> Content:
    """`stored` with `values` over it. Raises FieldErrors that names all that is wrong."""
    faults: list[FieldError] = []
    cleaned = {name: _cleaned(value, name, faults=faults) for name, value in values.items()}
    try:
        content = Content.from_dict({**stored, **cleaned})
    except ContentFaults as error:
        faults.extend(map(as_field_error, error.faults))
    if faults:
        raise FieldErrors(tuple(faults))
    identifiers = tuple(normalised(each, region=region) for each in content.identifiers)
    return replace(content, identifiers=identifiers)


def refuse_foreign_fields(names: Iterable[str], *, page: Page) -> None:
    """A page saves its own fields only, so that no form can write past what it shows."""
    foreign = sorted(set(names) - set(FIELDS_OF_PAGE[page]))
    if foreign:
        raise FieldErrors(tuple(_foreign(name) for name in foreign))


def as_field_error(fault: FormatFault) -> FieldError:
    return FieldError(
        code=fault.code, field=fault.field, message=fault.message, remedy=fault.remedy
    )


def _cleaned(value: object, path: str, *, faults: list[FieldError], depth: int = _DEPTH) -> object:
    if isinstance(value, str):
        return _cleaned_text(value, path, faults=faults)
    if depth == 0 or not isinstance(value, list | tuple | Mapping):
        return value
    items = value.items() if isinstance(value, Mapping) else enumerate(value)
    pairs = [
        (name, _cleaned(item, f"{path}.{name}", faults=faults, depth=depth - 1))
        for name, item in items
    ]
    return dict(pairs) if isinstance(value, Mapping) else [item for _, item in pairs]


def _cleaned_text(text: str, path: str, *, faults: list[FieldError]) -> str:
    limit = LIMITS.get(path.rpartition(".")[2], LONGEST_CODE)
    fault = fault_of(text, field=path, max_length=limit)
    if fault is not None:
        faults.append(fault)
        return ""
    return clean(text, field=path, max_length=limit)


def _foreign(name: str) -> FieldError:
    return FieldError(
        code="I-035",
        field=name[:LONGEST_CODE],
        message="This field is not known on this page.",
        remedy="Leave it out.",
    )
