"""What the machine's check finds in a contribution as it stands: its form only (J7)."""

from __future__ import annotations

from crosslight.contributions.models import Contribution
from crosslight.core.contributions import Content, FormatFault, check
from crosslight.core.indicators import catalogue
from crosslight.core.vocabulary.contributions import ContributionKind
from crosslight.core.vocabulary.contributors import ContributorKind, class_of
from crosslight.custody.selectors import held_count
from crosslight.foundation import clock


def faults_of(contribution: Contribution) -> tuple[FormatFault, ...]:
    return check(
        ContributionKind(contribution.kind),
        Content.from_dict(contribution.content),
        contributor_class=class_of(ContributorKind(contribution.organisation.contributor_kind)),
        catalogue=catalogue(contribution.catalogue_version),
        today=clock.today(),
        region=contribution.organisation.country.dialling_region,
        files=held_count(contribution.pk),
    )
