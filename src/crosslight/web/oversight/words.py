"""Words for the classes of acts (article 25 of Directive (EU) 2016/680, and the record's own)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from crosslight.ledger.acts import ActClass

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
