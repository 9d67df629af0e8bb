"""What can be done to a contribution now: each act whose rule says yes, one of them first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crosslight.contributions.selectors import facts_of
from crosslight.core.contributions import Content
from crosslight.core.policy import Actor, Rule
from crosslight.core.policy.rules import (
    may_ask_question,
    may_close_contribution,
    may_disseminate_contribution,
    may_drop_contribution,
    may_give_feedback,
    may_prioritise_contribution,
    may_refuse_contribution,
    may_return_contribution,
    may_take_contribution,
    may_take_in_typology,
    may_take_out_typology,
    may_validate_contribution,
)
from crosslight.core.vocabulary.contributions import ContributionKind
from crosslight.review.selectors import is_in_library, suggestion_for
from crosslight.web.desk.forms import (
    AskForm,
    CloseForm,
    Data,
    DropForm,
    FeedbackForm,
    PriorityForm,
    RefuseForm,
    ReturnForm,
    TakeInForm,
    TakeOutForm,
    ValidationForm,
)
from crosslight.web.shared.forms import ScreenForm

if TYPE_CHECKING:
    from crosslight.contributions.models import Contribution

    Text = str | Promise


@dataclass(frozen=True, slots=True)
class Kind:
    """`name` is the name of its URL and of its template `desk/_<name>.html`."""

    name: str
    rule: Rule
    label: Text


# In the order of the procedure; the first possible one is the page's primary action.
KINDS = (
    Kind("take", may_take_contribution, _("Take it")),
    Kind("validate", may_validate_contribution, _("Validate")),
    Kind("take_in", may_take_in_typology, _("Take it into the library")),
    Kind("prioritise", may_prioritise_contribution, _("Prioritise")),
    Kind("disseminate", may_disseminate_contribution, _("Send to units")),
    Kind("feedback", may_give_feedback, _("Give feedback")),
    Kind("take_out", may_take_out_typology, _("Take it out of the library")),
    Kind("close", may_close_contribution, _("Close")),
    Kind("ask", may_ask_question, _("Ask the contributor")),
    Kind("return", may_return_contribution, _("Return: something is missing")),
    Kind("refuse", may_refuse_contribution, _("Not lawful to keep")),
    Kind("drop", may_drop_contribution, _("No further interest")),
)
_FORMS: Mapping[str, type[ScreenForm]] = {
    "take": CloseForm,
    "take_in": TakeInForm,
    "take_out": TakeOutForm,
    "validate": ValidationForm,
    "feedback": FeedbackForm,
    "close": CloseForm,
    "ask": AskForm,
    "return": ReturnForm,
    "refuse": RefuseForm,
    "drop": DropForm,
}


@dataclass(frozen=True, slots=True)
class Possible:
    """One act that is possible now, with its form; open where it has to be corrected."""

    name: str
    label: Text
    form: ScreenForm | None
    template: str = field(default="")
    is_open: bool = False


def form_for(name: str, contribution: Contribution, data: Data = None) -> ScreenForm:
    if name == "prioritise":
        return PriorityForm(data, suggestion=suggestion_for(contribution))
    return _FORMS[name](data)


def possible_acts(
    contribution: Contribution, actor: Actor, *, bound: Mapping[str, ScreenForm]
) -> tuple[Possible, ...]:
    """All that the policy allows this actor in this state; `bound` are forms to correct."""
    facts = facts_of(contribution)
    return tuple(
        Possible(
            name=kind.name,
            label=kind.label,
            form=bound.get(kind.name) or _unbound(kind.name, contribution),
            template=f"desk/_{kind.name}.html",
            is_open=kind.name in bound,
        )
        for kind in KINDS
        if kind.rule(actor, facts) and _is_open(kind.name, contribution)
    )


def _unbound(name: str, contribution: Contribution) -> ScreenForm | None:
    return None if name == "disseminate" else form_for(name, contribution)


def _is_open(name: str, contribution: Contribution) -> bool:
    """Feedback is given once; the library is for typologies, and left by what is in it."""
    if name == "feedback":
        return not contribution.feedback.exists()
    if name == "take_in":
        return contribution.kind == ContributionKind.TYPOLOGY
    return name != "take_out" or is_in_library(contribution)


def content_of(contribution: Contribution) -> Content:
    return Content.from_dict(contribution.content)
