"""Who contributed stays hidden from units (J2): a pseudonym, a class, and a check of texts."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.crypto import salted_hmac

from crosslight.accounts.models import User
from crosslight.contributions.models import Contribution
from crosslight.foundation.errors import FieldError

_SALT = "crosslight.review.pseudonym"
_LETTERS = 6
# A name's shorter parts ("of", "La") stand in too many sentences to be a sign of it.
_SHORTEST_NAME = 4


def pseudonym_of(contribution: Contribution) -> str:
    """The same for every input of one organisation, and of no use without the deployment's key."""
    digest = salted_hmac(_SALT, contribution.organisation_id, algorithm="sha256")
    return f"Contributor {digest.hexdigest()[:_LETTERS].upper()}"


def names_in(texts: Mapping[str, str], contribution: Contribution) -> tuple[FieldError, ...]:
    """Each text that names the contributing organisation or a person of it."""
    names = _names(contribution)
    return tuple(
        FieldError(
            "D-120",
            field,
            "This text names the contributor.",
            "Leave it out: units see a pseudonym, the kind of organisation and the grades.",
        )
        for field, text in texts.items()
        if any(name in text.casefold() for name in names)
    )


def _names(contribution: Contribution) -> frozenset[str]:
    people = User.objects.filter(
        mandates__organisation_id=contribution.organisation_id
    ).values_list("name", "email")
    texts = {contribution.organisation.name, *(text for person in people for text in person)}
    return frozenset(text.casefold() for text in texts if len(text) >= _SHORTEST_NAME)
