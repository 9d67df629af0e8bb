"""Files that go with a contribution: who may add one, and whether the desk has it at once."""

from __future__ import annotations

from crosslight.contributions.deadlines import DRAFT_KEPT
from crosslight.contributions.services.drafts import locked_for_contributor
from crosslight.core.lifecycle.contribution import EDITABLE
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_add_file
from crosslight.core.vocabulary.contributions import WITHOUT_FILES
from crosslight.custody import services as custody
from crosslight.custody.selectors import SeenPackage, seen_package
from crosslight.custody.services import Home, Offer
from crosslight.foundation import clock
from crosslight.foundation.errors import FieldError, FieldErrors
from crosslight.foundation.transactions import act


def add_file(*, actor: Actor, contribution_id: str, offer: Offer) -> SeenPackage:
    """Announce a file; its bytes follow. A draft that gets files is kept for as long again.

    A typology takes none (F-123): what is in a file cannot be checked for persons.
    """
    with act():
        contribution = locked_for_contributor(contribution_id, actor, rule=may_add_file)
        if contribution.kind in WITHOUT_FILES:
            raise FieldErrors((_takes_none(),))
        is_draft = contribution.state in EDITABLE
        if is_draft and contribution.receipt_code is None:
            contribution.expires_at = clock.now() + DRAFT_KEPT
            contribution.save(update_fields=["expires_at"])
        home = Home(
            contribution_id=contribution.pk,
            organisation_id=contribution.organisation_id,
            country_id=contribution.country_id,
            is_handed_in=not is_draft,
        )
        return seen_package(custody.announce(actor=actor, home=home, offer=offer))


def _takes_none() -> FieldError:
    return FieldError(
        "F-123",
        "files",
        "A typology takes no files: nobody may be found in it.",
        "Describe the pattern in words, or send the file as preserved material.",
    )
