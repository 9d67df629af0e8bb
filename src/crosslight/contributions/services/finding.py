"""Finding the contributions that name an exact identifier, whose content is sealed."""

from __future__ import annotations

from crosslight.contributions.models import Contribution, ContributionIdentifier
from crosslight.core.contributions import Content
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


def index_for(value: str) -> bytes:
    """The index of a normalised identifier, to look it up by."""
    return index_of(_KIND, value, purpose=Purpose.CONTRIBUTION)


def ids_naming(value: str) -> tuple[str, ...]:
    """Ids of the contributions that name this normalised identifier now."""
    rows = ContributionIdentifier.objects.filter(index=index_for(value))
    return tuple(sorted(rows.values_list("contribution_id", flat=True)))
