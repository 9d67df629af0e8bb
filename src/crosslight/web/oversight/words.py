"""Words for roles, and for the classes of acts: those of article 25 and the record's own."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crosslight.core.vocabulary.people import LABELS as ROLE_LABELS
from crosslight.core.vocabulary.people import Role
from crosslight.ledger.acts import ActClass
from crosslight.web.shared.listing import listed

CLASS_LABELS = {
    ActClass.COLLECT: _("Collection"),
    ActClass.ALTER: _("Alteration"),
    ActClass.CONSULT: _("Consultation"),
    ActClass.DISCLOSE: _("Disclosure"),
    ActClass.COMBINE: _("Combination"),
    ActClass.ERASE: _("Erasure"),
    ActClass.DECIDE: _("Decision"),
    ActClass.REFUSE: _("Refusal"),
    ActClass.LOGIN: _("Sign-in"),
    ActClass.KEY: _("Key"),
    ActClass.EXPORT: _("Export"),
    ActClass.CONFIGURE: _("Configuration"),
    ActClass.LOG: _("The record itself"),
}


def role_words(roles: tuple[str, ...]) -> str:
    """Known roles in words, in the order of the entry."""
    return listed(gettext(ROLE_LABELS[Role(role)]) for role in roles if role in set(Role))
