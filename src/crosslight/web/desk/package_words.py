"""What was checked, found and done about a package, in words; an unknown code stays a code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crosslight.core.evidence.packages.custody import Step
from crosslight.core.evidence.packages.verification import Check, State
from crosslight.core.lifecycle.package import SEEN_BY_DESK, PackageState
from crosslight.core.vocabulary.custody import FORM_LABELS, PackageForm
from crosslight.custody import keys
from crosslight.web.shared.components import Tone
from crosslight.web.shared.sizes import size_words
from crosslight.web.shared.words import word

if TYPE_CHECKING:
    from crosslight.custody.models import CustodyStep, Package
    from crosslight.custody.services import Opened

    Text = str | Promise

_S = PackageState
_TONES: Mapping[PackageState, Tone] = {
    _S.SEALED: Tone.WAITING,
    _S.SEALED_FAILED: Tone.ATTENTION,
    _S.FAILED: Tone.ATTENTION,
    _S.RELEASED: Tone.DONE,
    _S.RESTRICTED: Tone.PROTECTED,
    _S.DESTROYED: Tone.STOPPED,
}
_STATE_WORDS: Mapping[str, tuple[Text, Tone]] = {
    State.PASSED: (_("Checked"), Tone.DONE),
    State.FAILED: (_("Failed"), Tone.ATTENTION),
    State.NOT_ASKED: (_("Not asked"), Tone.NEUTRAL),
    State.NOT_REACHED: (_("Not checked"), Tone.STOPPED),
}
# In the page's language; a check that is newer than this list is said in the words of the verifier.
_CHECK_WORDS: Mapping[str, Text] = {
    "archive": _("The ZIP shows the same files to every program, and hides none."),
    "layout": _("It has the files that a package has, and no others."),
    "manifests": _("Everything in it is listed, and everything listed is in it."),
    "tag_files": _("The lists and the description are those that were signed for."),
    "description": _("The description is about these files."),
    "custody": _("Every custody statement is signed and follows the one before it."),
    "signers": _("Every signer is one that you trust."),
    "stamps": _("An authority that you trust stamped the lists with a time."),
    "receipts": _("A ledger that you trust recorded that it took the package in."),
    "content": _("Every byte of the content is the one that was listed."),
    "captures": _("Web captures are in themselves what their own lists say."),
}
_STEP_WORDS: Mapping[str, Text] = {
    Step.CAPTURE: _("Captured and signed by its sender"),
    Step.RECEIVE: _("Received without a signature"),
    Step.INTAKE: _("Taken in, checked and on record"),
    Step.VALIDATE: _("Validated"),
    Step.TRANSFER: _("Released to the desk"),
    Step.DISCLOSE: _("Given on"),
    Step.RESTRICT: _("Restricted"),
}
FLAG_WORDS: Mapping[str, Text] = {
    "contains_location": _("It says where it was made"),
    "contains_request_credentials": _("It holds passwords or session keys of whoever captured it"),
    "contains_scripts": _("It holds scripts that run when it is opened"),
    "contains_device_traces": _("It tells which device made it"),
    "mismatched_type": _("It is of another type than its sender says"),
    "damaged": _("Parts of it are damaged"),
    "not_looked_through": _("Not all of it could be looked through"),
    "possible_minor": _("It may show a minor"),
}
FINDING_WORDS: Mapping[str, Text] = {
    "signature_claimed": _("A signature in the web capture is claimed; nobody here vouches for it"),
    "credentials_sent": _("Passwords or session keys were sent while it was captured"),
}
PROVENANCE_WORDS: Mapping[str, Text] = {
    "none": _("Content credentials: none"),
    "intact_untrusted": _(
        "Content credentials: intact. Nothing changed since somebody signed it; who, nobody "
        "here can say"
    ),
    "broken": _("Content credentials: broken. It was changed after it was signed"),
}


@dataclass(frozen=True, slots=True)
class PackageLine:
    package: Package
    title: str
    size: str
    state: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Checked:
    sentence: str
    state: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Stop:
    """One step of the custody: what, when, under whose key, by whom and to whom."""

    what: str
    at: datetime
    fingerprint: str
    is_ours: bool
    is_known: bool
    by: str
    to: str
    ledger_index: int | None


@dataclass(frozen=True, slots=True)
class Thing:
    """One object in the package: never shown, only described."""

    number: int
    path: str
    size: str
    sha256: str
    media_type: str
    flags: tuple[str, ...]
    findings: tuple[tuple[str, str], ...]
    provenance: str


def line_of(package: Package) -> PackageLine:
    state = PackageState(package.state)
    return PackageLine(
        package,
        word(FORM_LABELS, PackageForm(package.form)),
        size_words(package.size),
        gettext(SEEN_BY_DESK[state]),
        _TONES.get(state, Tone.PROGRESS),
    )


def checks_of(opened: Opened) -> tuple[Checked, ...]:
    body: Mapping[str, Any] = opened.verification.body if opened.verification else {}
    return tuple(_checked(name, state) for name, state in body.get("checks", []))


def meaning_of(opened: Opened) -> str:
    """What the verdict means, and what it does not."""
    if opened.verification is None:
        return gettext("It was not checked yet.")
    if opened.verification.body["fault"]:
        return gettext(
            "It does not hold. It is kept as it came, since it may itself be evidence; nothing in "
            "it was looked into, and nothing in it should be relied on."
        )
    return gettext(
        "Nothing in it changed since it was signed for, and every hand it went through is on the "
        "list. That says nothing about whether what it shows is true, nor who made it before the "
        "first step."
    )


def stops_of(opened: Opened) -> tuple[Stop, ...]:
    ours = keys.platform_name()
    known = {
        each["fingerprint"]
        for each in (opened.verification.body["signers"] if opened.verification else [])
        if each["is_known"]
    }
    return tuple(_stop(step, ours=ours, known=known) for step in opened.steps)


def things_of(opened: Opened) -> tuple[Thing, ...]:
    if opened.verification is None:
        return ()
    looked = {each["path"]: each for each in _looked(opened)}
    items = opened.verification.body["items"]
    return tuple(
        _thing(number, item, looked.get(item["path"], {})) for number, item in enumerate(items, 1)
    )


def is_looked_through(opened: Opened) -> bool:
    return opened.inspection is not None and bool(opened.inspection.body["is_complete"])


def _checked(name: str, state: str) -> Checked:
    sentence = str(_CHECK_WORDS.get(name) or _sentence_of(name))
    words, tone = _STATE_WORDS.get(state, (state, Tone.NEUTRAL))
    return Checked(sentence, str(words), tone)


def _sentence_of(name: str) -> str:
    return Check(name).sentence if name in set(Check) else name


def _stop(step: CustodyStep, *, ours: str, known: set[str]) -> Stop:
    is_ours = step.fingerprint == ours
    return Stop(
        what=str(_STEP_WORDS.get(step.step, step.step)),
        at=step.at,
        fingerprint=step.fingerprint,
        is_ours=is_ours,
        is_known=is_ours or step.fingerprint in known,
        by=step.by.name if step.by else "",
        to=step.recipient.name if step.recipient else "",
        ledger_index=step.ledger_index,
    )


def _looked(opened: Opened) -> Iterable[Mapping[str, Any]]:
    return opened.inspection.body["objects"] if opened.inspection else ()


def _thing(number: int, item: Mapping[str, Any], looked: Mapping[str, Any]) -> Thing:
    return Thing(
        number=number,
        path=item["path"],
        size=size_words(item["size"]),
        sha256=item["sha256"],
        media_type=looked.get("media_type") or item.get("media_type_declared", ""),
        flags=tuple(str(FLAG_WORDS.get(flag, flag)) for flag in looked.get("flags", ())),
        findings=tuple(
            (str(FINDING_WORDS.get(each["code"], each["code"])), each["detail"])
            for each in looked.get("findings", ())
        ),
        provenance=str(PROVENANCE_WORDS.get(looked.get("provenance", ""), "")),
    )
