"""One entry of the ledger: what it may hold, its bytes, and the check that it is well formed.

An entry names who did what to which object, when and on what ground, in identifiers and short
codes. Names, addresses, free text and anything else about a person stay outside: an entry is never
erased (ICO guidance on logging: the erased data must not live on in the log of its erasure).
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias, cast

from crosslight.core.evidence import canonical
from crosslight.core.evidence.acts import NEEDS_JUSTIFICATION, Act, ActClass
from crosslight.core.evidence.canonical import JSON

VERSION = 1
MAX_BYTES = 16 * 1024
OK = "ok"
DENIED = "denied:"

_ID = re.compile(r"[a-z]{3}_[0-9a-hjkmnp-tv-z]{26}|[a-z][a-z0-9_]{1,15}:[A-Za-z0-9_.-]{1,64}")
_CODE = re.compile(r"[!-~]{0,64}")
_OUTCOME = re.compile(rf"{OK}|{DENIED}[!-~]{{1,64}}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_ACTS = {act.value: act for act in Act}
_CLASSES = frozenset(known.value for known in ActClass)
_ORIGIN = re.compile(r"[a-z0-9.:-]{1,100}/audit/[0-9]{4}")
_VKEY = re.compile(rf"{_ORIGIN.pattern}\+[0-9a-f]{{8}}\+[A-Za-z0-9+/]{{44}}")
_SIGNATURE = re.compile(r"[A-Za-z0-9+/]{86}==")


class EntryFault(ValueError):
    """This is not a well-formed entry; the message says which rule it breaks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What the first entry of a ledger adds: its name, and the ledger it continues, if any."""

    origin: str
    previous_origin: str | None = None
    previous_size: int | None = None
    previous_root: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotation:
    """What an entry adds that exchanges the ledger's key: both keys, and a signature of each.

    Keys are spelled as verifier keys, signatures in base64; `core.evidence.rotation` checks them.
    """

    old_key: str
    new_key: str
    old_signature: str
    new_signature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """`commitment` is an HMAC of the payload under a key of its own; `session` a hash."""

    id: str
    at: str
    act: Act
    actor: str
    organisation: str | None = None
    unit: str | None = None
    roles: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    justification: str = ""
    reference: str = ""
    basis: str = ""
    recipients: tuple[str, ...] = ()
    outcome: str = OK
    commitment: str | None = None
    session: str = ""
    release: str = ""
    opening: Opening | None = None
    rotation: Rotation | None = None

    def to_bytes(self) -> bytes:
        """The canonical bytes, after the same check that a verifier makes."""
        fields = self._fields()
        _check(fields)
        # The rules let nothing through but ASCII and two kinds of small numbers.
        data = canonical.encode_ascii(fields)
        _check_size(data)
        return data

    def _fields(self) -> dict[str, JSON]:
        fields: dict[str, JSON] = {
            "v": VERSION,
            "id": self.id,
            "ts": self.at,
            "act": self.act.value,
            "class": self.act.classification.value,
            "actor": self.actor,
            "org": self.organisation,
            "unit": self.unit,
            "role": list(self.roles),
            "obj": list(self.objects),
            "just": self.justification,
            "ref": self.reference,
            "basis": self.basis,
            "rcpt": list(self.recipients),
            "out": self.outcome,
            "pc": self.commitment,
            "auth": self.session,
            "app": self.release,
        }
        if self.opening is not None:
            fields |= {
                "origin": self.opening.origin,
                "prev_origin": self.opening.previous_origin,
                "prev_size": self.opening.previous_size,
                "prev_root": self.opening.previous_root,
            }
        if self.rotation is not None:
            fields |= {
                "old_key": self.rotation.old_key,
                "new_key": self.rotation.new_key,
                "old_sig": self.rotation.old_signature,
                "new_sig": self.rotation.new_signature,
            }
        return fields


@dataclass(frozen=True, slots=True)
class CheckedEntry:
    """An entry that keeps every rule, with what a replay follows; the rest is read when wanted."""

    body: bytes
    act: str
    at: str

    @property
    def fields(self) -> Mapping[str, JSON]:
        return cast("Mapping[str, JSON]", canonical.decode(self.body))

    @property
    def entry(self) -> Entry:
        return _entry_of(self.fields)


def parse_entry(data: bytes) -> Entry:
    """The entry behind its bytes; raises EntryFault where it breaks a rule."""
    return _entry_of(_checked_fields(data))


def check_entry(data: bytes) -> CheckedEntry:
    """Raises EntryFault where the bytes break a rule.

    Nearly every entry is spelled as one pattern says that has all rules in it: a ledger's audit
    reads a million. What is spelled otherwise is read field by field, and told what is wrong.
    """
    found = _ORDINARY.fullmatch(data) if len(data) <= MAX_BYTES else None
    if found is not None and _agrees(found):
        return CheckedEntry(data, found["act"].decode(), found["ts"].decode())
    fields = _checked_fields(data)
    return CheckedEntry(data, cast("str", fields["act"]), cast("str", fields["ts"]))


def _agrees(found: re.Match[bytes]) -> bool:
    """What one pattern cannot say: whether the fields of an ordinary entry go together."""
    known = _ORDINARY_ACTS.get(found["act"])
    if known is None or known[0] != found["class"] or (known[1] and not found["just"]):
        return False
    is_refusal = found["act"] == _REFUSED
    return is_refusal == found["out"].startswith(_DENIED) and _is_moment(found["ts"].decode())


def _checked_fields(data: bytes) -> Mapping[str, JSON]:
    _check_size(data)
    try:
        fields = canonical.decode(data)
    except canonical.NotCanonical as error:
        raise EntryFault(str(error)) from error
    if not isinstance(fields, Mapping):
        raise EntryFault("An entry is a JSON object.")
    _check(fields)
    return fields


def commitment(*, key: bytes, payload: bytes) -> str:
    """Binds an entry to content kept elsewhere; without the key it reveals and proves nothing."""
    return hmac.new(key, payload, hashlib.sha256).hexdigest()


def timestamp(moment: datetime) -> str:
    """UTC with microseconds: text that sorts as time does."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def is_identifier(value: JSON) -> bool:
    """An opaque id (`con_…`) or a kind with a code (`system:console`)."""
    return isinstance(value, str) and bool(_ID.fullmatch(value))


def is_code(value: JSON) -> bool:
    """At most 64 visible ASCII characters and no space, so never a sentence. May be empty."""
    return isinstance(value, str) and bool(_CODE.fullmatch(value))


_Rule: TypeAlias = Callable[[JSON], bool]


def _spelled(pattern: re.Pattern[str]) -> _Rule:
    return lambda value: isinstance(value, str) and bool(pattern.fullmatch(value))


def _each(rule: _Rule) -> _Rule:
    return lambda value: isinstance(value, list) and all(map(rule, value))


def _optional(rule: _Rule) -> _Rule:
    return lambda value: value is None or rule(value)


def _is_time(value: JSON) -> bool:
    return isinstance(value, str) and bool(_TIME.fullmatch(value)) and _is_moment(value)


def _is_moment(text: str) -> bool:
    """Whether the calendar and the clock have it."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_act(value: JSON) -> bool:
    return isinstance(value, str) and value in _ACTS


def _is_count(value: JSON) -> bool:
    return (
        isinstance(value, int)
        and not isinstance(value, bool)
        and 0 <= value <= canonical.LARGEST_INTEGER
    )


_RULES: Mapping[str, _Rule] = {
    "v": lambda value: value == VERSION and not isinstance(value, bool),
    "id": lambda value: is_identifier(value) and str(value).startswith("led_"),
    "ts": _is_time,
    "act": _is_act,
    "class": lambda value: isinstance(value, str) and value in _CLASSES,
    "actor": is_identifier,
    "org": _optional(is_identifier),
    "unit": _optional(is_identifier),
    "role": _each(is_code),
    "obj": _each(is_identifier),
    "just": is_code,
    "ref": is_code,
    "basis": is_code,
    "rcpt": _each(is_identifier),
    "out": _spelled(_OUTCOME),
    "pc": _optional(_spelled(_DIGEST)),
    "auth": is_code,
    "app": is_code,
}
_OPENING_RULES: Mapping[str, _Rule] = {
    "origin": _spelled(_ORIGIN),
    "prev_origin": _optional(_spelled(_ORIGIN)),
    "prev_size": _optional(_is_count),
    "prev_root": _optional(_spelled(_DIGEST)),
}
_ROTATION_RULES: Mapping[str, _Rule] = {
    "old_key": _spelled(_VKEY),
    "new_key": _spelled(_VKEY),
    "old_sig": _spelled(_SIGNATURE),
    "new_sig": _spelled(_SIGNATURE),
}
# Two acts say more than others do.
_RULES_OF: Mapping[str, Mapping[str, _Rule]] = {
    Act.LOG_OPENED.value: {**_RULES, **_OPENING_RULES},
    Act.KEY_ROTATED.value: {**_RULES, **_ROTATION_RULES},
}


# The spelling of an entry without anything that JSON would escape, and of no act with a form of
# its own. The fields stand in their canonical order.
_QUOTED_ID = rf'"(?:{_ID.pattern})"'
_PLAIN = r"[!#-\[\]-~]"
_QUOTED_CODE = rf'"{_PLAIN}{{0,64}}"'


def _list_of(item: str) -> str:
    return rf"\[(?:{item}(?:,{item})*)?\]"


_ORDINARY = re.compile(
    (
        r'\{"act":"(?P<act>[a-z_.]{1,64})"'
        rf',"actor":{_QUOTED_ID}'
        rf',"app":{_QUOTED_CODE}'
        rf',"auth":{_QUOTED_CODE}'
        rf',"basis":{_QUOTED_CODE}'
        r',"class":"(?P<class>[a-z_]{1,32})"'
        r',"id":"led_[0-9a-hjkmnp-tv-z]{26}"'
        rf',"just":"(?P<just>{_PLAIN}{{0,64}})"'
        rf',"obj":{_list_of(_QUOTED_ID)}'
        rf',"org":(?:null|{_QUOTED_ID})'
        rf',"out":"(?P<out>{OK}|{DENIED}{_PLAIN}{{1,64}})"'
        rf',"pc":(?:null|"{_DIGEST.pattern}")'
        rf',"rcpt":{_list_of(_QUOTED_ID)}'
        rf',"ref":{_QUOTED_CODE}'
        rf',"role":{_list_of(_QUOTED_CODE)}'
        r',"ts":"(?P<ts>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z)"'
        rf',"unit":(?:null|{_QUOTED_ID})'
        rf',"v":{VERSION}\}}'
    ).encode("ascii")
)
_REFUSED, _DENIED = Act.ACT_REFUSED.value.encode(), DENIED.encode()
# Class, and whether a justification is needed.
_ORDINARY_ACTS = {
    act.value.encode(): (
        act.classification.value.encode(),
        act.classification in NEEDS_JUSTIFICATION,
    )
    for act in Act
    if act.value not in _RULES_OF
}


def _check(fields: Mapping[str, JSON]) -> None:
    act = fields.get("act")
    rules = _RULES_OF.get(act, _RULES) if isinstance(act, str) else _RULES
    if fields.keys() != rules.keys():
        names = ", ".join(sorted(fields.keys() ^ rules.keys()))
        raise EntryFault(f"Fields are missing or unknown: {names}.")
    for name, rule in rules.items():
        if not rule(fields[name]):
            raise EntryFault(f"The field {name} does not hold what it must.")
    _check_class(fields)


def _check_class(fields: Mapping[str, JSON]) -> None:
    act = _ACTS[cast("str", fields["act"])]
    if fields["class"] != act.classification:
        raise EntryFault(f"{act} belongs to another class of acts.")
    if act.classification in NEEDS_JUSTIFICATION and not fields["just"]:
        raise EntryFault(f"{act} needs a justification (Directive 2016/680, article 25).")
    if (act is Act.ACT_REFUSED) != str(fields["out"]).startswith(DENIED):
        raise EntryFault("A refusal is recorded as such, and only a refusal.")


def _check_size(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise EntryFault(f"An entry has at most {MAX_BYTES} bytes.")


def _entry_of(fields: Mapping[str, JSON]) -> Entry:
    """From fields that passed the check."""
    return Entry(
        id=cast("str", fields["id"]),
        at=cast("str", fields["ts"]),
        act=_ACTS[cast("str", fields["act"])],
        actor=cast("str", fields["actor"]),
        organisation=cast("str | None", fields["org"]),
        unit=cast("str | None", fields["unit"]),
        roles=_texts(fields["role"]),
        objects=_texts(fields["obj"]),
        justification=cast("str", fields["just"]),
        reference=cast("str", fields["ref"]),
        basis=cast("str", fields["basis"]),
        recipients=_texts(fields["rcpt"]),
        outcome=cast("str", fields["out"]),
        commitment=cast("str | None", fields["pc"]),
        session=cast("str", fields["auth"]),
        release=cast("str", fields["app"]),
        opening=opening_of(fields) if "origin" in fields else None,
        rotation=rotation_of(fields) if "old_key" in fields else None,
    )


def opening_of(fields: Mapping[str, JSON]) -> Opening:
    return Opening(
        origin=cast("str", fields["origin"]),
        previous_origin=cast("str | None", fields["prev_origin"]),
        previous_size=cast("int | None", fields["prev_size"]),
        previous_root=cast("str | None", fields["prev_root"]),
    )


def rotation_of(fields: Mapping[str, JSON]) -> Rotation:
    return Rotation(
        old_key=cast("str", fields["old_key"]),
        new_key=cast("str", fields["new_key"]),
        old_signature=cast("str", fields["old_sig"]),
        new_signature=cast("str", fields["new_sig"]),
    )


def _texts(value: JSON) -> tuple[str, ...]:
    return tuple(cast("list[str]", value))
