"""Finding the contributions that name an exact identifier, whose content is sealed."""

from __future__ import annotations

from collections.abc import Iterable

from crosslight.contributions.models import Contribution, ContributionIdentifier
from crosslight.core.contributions import Content
from crosslight.core.contributions.content import Identifier
from crosslight.core.contributions.identifiers import normalised
from crosslight.core.vocabulary.contributions import IdentifierKind
from crosslight.foundation.sealing.blind_index import index_of
from crosslight.foundation.sealing.purposes import Purpose

# Of one identifier all kinds of spelling end in one value, so its kind need not be known.
_KIND = "identifier"


def index_identifiers(contribution: Contribution, content: Content) -> None:
    """Index what the content names now; what is the same stays as it is."""
    values = {each.value for each in content.identifiers if each.value}
    wanted = {index_of(_KIND, value, purpose=Purpose.CONTRIBUTION) for value in values}
    rows = {bytes(row.index): row for row in contribution.identifier_index.all()}
    gone = [row.pk for index, row in rows.items() if index not in wanted]
    if gone:
        contribution.identifier_index.filter(pk__in=gone).delete()
    ContributionIdentifier.objects.bulk_create(
        ContributionIdentifier(contribution=contribution, index=index)
        for index in sorted(wanted - rows.keys())
    )


def spellings_of(text: str, *, region: str | None) -> tuple[str, ...]:
    """The normal forms of what somebody typed, whichever kind of identifier it is."""
    tried = (
        normalised(Identifier(kind=kind, raw=text.strip()), region=region).value
        for kind in IdentifierKind
    )
    return tuple(sorted({value for value in tried if value}))


def ids_naming(values: Iterable[str]) -> tuple[str, ...]:
    """Ids of the contributions that name one of these normalised identifiers now."""
    wanted = [index_of(_KIND, value, purpose=Purpose.CONTRIBUTION) for value in values]
    rows = ContributionIdentifier.objects.filter(index__in=wanted)
    return tuple(sorted(set(rows.values_list("contribution_id", flat=True))))
