"""O5: thirty accesses drawn by lot, and what the auditor says of each. No content of a record."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crosslight.core.policy.rules import may_judge_access, may_sample_accesses
from crosslight.core.vocabulary.oversight import KIND_LABELS, VERDICT_LABELS, AccessVerdict
from crosslight.ledger.selectors import IndexedEntry
from crosslight.oversight import services
from crosslight.oversight.services import SampleView
from crosslight.web.oversight.words import CLASS_LABELS, role_words
from crosslight.web.shared.access import ScreenRequest, screen
from crosslight.web.shared.components import Tone
from crosslight.web.shared.forms import ScreenForm
from crosslight.web.shared.settle import NEEDS_CORRECTION, sent, settled
from crosslight.web.shared.words import choices, word

LONGEST_SEED = 64
LONGEST_NOTE = 1000
_TONES = {AccessVerdict.IN_ORDER: Tone.DONE, AccessVerdict.TO_ASK: Tone.ATTENTION}


class DrawForm(ScreenForm):
    seed = forms.CharField(
        label=_("Seed of your own"),
        help_text=_("Such as numbers that you threw: 4-6-1-3-2. Empty: one is made by chance."),
        required=False,
        max_length=LONGEST_SEED,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )


class JudgeForm(ScreenForm):
    verdict = forms.ChoiceField(
        label=_("What do you say of it?"),
        choices=choices(VERDICT_LABELS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer")},
    )
    note = forms.CharField(
        label=_("Note"),
        help_text=_("What is to be asked, or what you found. Nobody of a record."),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, index: int, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id=f"access_{index}_%s")


@dataclass(frozen=True, slots=True)
class AccessLine:
    """One access as the auditor sees it; `state` is what was said of it, if anything."""

    index: int
    at: datetime
    who: str
    place: str
    roles: str
    kind: str
    act: str
    why: str
    objects: tuple[str, ...]
    recipients: tuple[str, ...]
    state: str
    tone: Tone
    note: str
    form: JudgeForm | None
    is_open: bool


@screen(may_sample_accesses, methods=("GET", "POST"))
def samples(request: ScreenRequest) -> HttpResponse:
    form = DrawForm(sent(request))
    drawn: list[str] = []

    def draw() -> None:
        seed = form.cleaned_data["seed"]
        drawn.append(services.draw_sample(actor=request.actor, seed=seed).pk)

    if form.is_bound and settled(form, draw):
        return redirect("oversight:sample", drawn[0])
    context = {"form": form, "rows": services.list_samples(actor=request.actor)}
    status = NEEDS_CORRECTION if form.is_bound else 200
    return render(request, "oversight/samples.html", context, status=status)


@screen(may_sample_accesses)
def sample(request: ScreenRequest, sample_id: str) -> HttpResponse:
    return _show(request, sample_id, bound=None, index=-1)


@screen(may_judge_access, methods=("POST",))
def judge(request: ScreenRequest, sample_id: str, index: int) -> HttpResponse:
    form = JudgeForm(index, request.POST)

    def act() -> None:
        services.judge_access(
            actor=request.actor,
            sample_id=sample_id,
            index=index,
            verdict=AccessVerdict(form.cleaned_data["verdict"]),
            note=form.cleaned_data["note"],
        )

    if settled(form, act):
        messages.success(
            request, gettext("What you say of entry %(index)s is recorded.") % {"index": index}
        )
        address = reverse("oversight:sample", args=[sample_id])
        return redirect(f"{address}#access-{index}")
    return _show(request, sample_id, bound=form, index=index)


def _show(
    request: ScreenRequest, sample_id: str, *, bound: JudgeForm | None, index: int
) -> HttpResponse:
    view = services.consult_sample(actor=request.actor, sample_id=sample_id)
    lines = [
        _line(view, item, bound=bound if item.index == index else None) for item in view.entries
    ]
    context = {
        "sample": view.sample,
        "lines": lines,
        "open_number": sum(not line.state for line in lines),
        "to_ask": sum(line.tone is Tone.ATTENTION for line in lines),
        "may_judge": view.may_judge,
        "faulty": bound,
    }
    status = NEEDS_CORRECTION if bound else 200
    return render(request, "oversight/sample.html", context, status=status)


def _line(view: SampleView, item: IndexedEntry, *, bound: JudgeForm | None) -> AccessLine:
    found = item.entry
    mark = view.marks.get(item.index)
    verdict = None if mark is None else AccessVerdict(mark.verdict)
    return AccessLine(
        index=item.index,
        at=datetime.fromisoformat(found.at),
        who=view.names.get(found.actor, found.actor),
        place=view.names.get(found.unit or found.organisation or "", ""),
        roles=role_words(found.roles),
        kind=str(CLASS_LABELS[found.act.classification]),
        act=found.act.value,
        why=found.justification,
        objects=_kinds(found.objects),
        recipients=tuple(view.names.get(each, each) for each in found.recipients),
        state=word(VERDICT_LABELS, verdict),
        tone=_TONES[verdict] if verdict else Tone.WAITING,
        note=mark.note if mark else "",
        form=(bound or JudgeForm(item.index)) if view.may_judge else None,
        is_open=bound is not None,
    )


def _kinds(objects: tuple[str, ...]) -> tuple[str, ...]:
    """Of what kind the objects are, and how many of each."""
    numbers = Counter(name.partition("_")[0] for name in objects)
    return tuple(
        f"{number} × {gettext(KIND_LABELS[kind]) if kind in KIND_LABELS else kind}"
        for kind, number in numbers.items()
    )
