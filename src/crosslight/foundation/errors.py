"""One tree of errors. Each says what happened, what is safe and what to do, under a stable code.

CrosslightError
├── InputError            what was given can't be taken            (400)
│   └── FieldErrors       several fields, each with its own code
├── NotFoundOrHidden      absent and hidden are one answer         (404)
├── NotAllowed            the policy refused, with its reason      (403)
│   ├── MandateExpired
│   └── MfaRequired
├── Conflict              someone or something was quicker         (409)
│   ├── StaleVersion      carries both versions
│   └── WrongState        the procedure has no such move from here
├── TooMuch               a limit was passed                       (429)
└── Unavailable           our side failed; nothing was changed     (503)

The domain knows no HTTP; the doors hold the table from error to status.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


class CrosslightError(Exception):
    code = "Z-000"
    what = "Something failed on our side."
    safe = "Nothing was changed."
    remedy = "Try again; if it repeats, tell the help desk the code."

    def __init__(
        self,
        what: str | None = None,
        *,
        code: str | None = None,
        safe: str | None = None,
        remedy: str | None = None,
    ) -> None:
        self.what = what or self.what
        self.code = code or self.code
        self.safe = safe or self.safe
        self.remedy = remedy or self.remedy
        super().__init__(self.what)

    def as_text(self) -> str:
        return f"{self.what} {self.safe} {self.remedy} ({self.code})"


class InputError(CrosslightError):
    code = "I-400"
    what = "What was sent could not be read."
    safe = "Nothing was saved; what was saved before is still there."
    remedy = "Correct it and send it again."


@dataclass(frozen=True, slots=True)
class FieldError:
    """One failed rule: which field, under which code, in words, with the sentence how to fix it."""

    code: str
    field: str
    message: str
    remedy: str

    def as_dict(self) -> dict[str, str]:
        return {
            "code": self.code,
            "field": self.field,
            "message": self.message,
            "remedy": self.remedy,
        }


class FieldErrors(InputError):
    code = "I-422"
    what = "Some fields need a correction."
    remedy = "Correct the fields named below."

    def __init__(self, errors: tuple[FieldError, ...]) -> None:
        self.errors = errors
        super().__init__()


class NotFoundOrHidden(CrosslightError):
    code = "P-003"
    what = "There is nothing here that you can open."
    safe = "Nothing was changed."
    remedy = "Check the address, or ask the unit or desk that sent you here."


class NotAllowed(CrosslightError):
    code = "P-403"
    what = "You cannot do this."
    remedy = "If your work needs it, ask the person who manages your mandate."


class MandateExpired(NotAllowed):
    code = "P-410"
    what = "Your mandate for this has expired."
    remedy = "Ask your administrator to renew the mandate."


class MfaRequired(NotAllowed):
    code = "A-120"
    what = "Your role needs a second factor at sign-in."
    remedy = "Set up an authenticator app, then sign in again."


class Conflict(CrosslightError):
    code = "E-409"
    what = "This was changed by someone else in the meantime."
    safe = "Your text is kept below."
    remedy = "Compare both versions, then save again."


class StaleVersion(Conflict):
    """`yours` is what was sent, `theirs` what is stored now: both are shown, nothing is lost."""

    def __init__(self, *, yours: Mapping[str, object], theirs: Mapping[str, object]) -> None:
        self.yours = dict(yours)
        self.theirs = dict(theirs)
        super().__init__()


class WrongState(Conflict):
    code = "E-410"
    what = "The procedure does not allow this step now."
    safe = "Nothing was changed."
    remedy = "Reload the page to see where it stands."


class TooMuch(CrosslightError):
    code = "P-429"
    what = "Too many requests in a short time."
    remedy = "Wait a few minutes, then try again."


class Unavailable(CrosslightError):
    code = "Z-503"
    what = "The service is busy or a part of it is down."
    remedy = "Try again in a minute."
