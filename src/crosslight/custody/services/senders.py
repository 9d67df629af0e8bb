"""Contributors' signing keys that a person compared by another way, such as the phone."""

from __future__ import annotations

import re

from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_administer
from crosslight.custody.models import SenderKey
from crosslight.foundation.errors import FieldError, FieldErrors
from crosslight.foundation.guard import require
from crosslight.foundation.transactions import act
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record
from crosslight.partnerships import selectors as partnerships

_FINGERPRINT = re.compile(r"sha256:[0-9a-f]{32}")


def register_key(*, actor: Actor, organisation_id: str, fingerprint: str) -> SenderKey:
    """From now on, what this key signs for this organisation is said to be from a known key."""
    if not _FINGERPRINT.fullmatch(fingerprint):
        raise FieldErrors(
            (
                FieldError(
                    "U-230",
                    "fingerprint",
                    "This is not a fingerprint.",
                    "It begins with sha256: and has 32 digits.",
                ),
            )
        )
    with act():
        require(may_administer, actor)
        organisation = partnerships.organisation(organisation_id)
        key, _ = SenderKey.objects.get_or_create(organisation=organisation, fingerprint=fingerprint)
        record(actor=actor, act=Act.SENDER_KEY_REGISTERED, objects=[organisation.pk])
    return key
