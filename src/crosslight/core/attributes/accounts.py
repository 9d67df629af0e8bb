"""Accounts of any kind: IBAN, mobile-money wallet, crypto address, national number."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType

from rapidfuzz.distance import OSA

from crosslight.core.attributes import crypto, ibans, phones, wallets
from crosslight.core.attributes.sentences import gettext_noop
from crosslight.core.attributes.text import upper_alphanumerics

SENTENCES = MappingProxyType(
    {
        "same": gettext_noop("Both name the same account."),
        "same_phone": gettext_noop(
            "The wallets belong to the same phone number with different operators."
        ),
        "phone_number": gettext_noop("One account is the phone number of the other's wallet."),
        "national_part": gettext_noop(
            "One account number is part of the other's international number."
        ),
        "one_character": gettext_noop(
            "The account numbers differ by one character or by two exchanged."
        ),
        "different": gettext_noop("The accounts are different."),
    }
)

_SHORTEST = 5
_SHORTEST_PART = 8
_SHORTEST_SLIP = 8
_IBAN_HEAD = 4
_PHONE_LENGTHS = range(7, 13)


def normalise(raw: str, *, country: str | None = None) -> str | None:
    """Kind and comparable form, such as `iban:...`, `crypto:...`, `wallet:...`, `number:...`.

    Base-58 crypto addresses keep their case, which is part of the number.
    """
    text = raw.strip()
    coin = crypto.normalise(text)
    if coin:
        return f"crypto:{coin}"
    iban = ibans.normalise(text)
    if iban:
        return f"iban:{iban}"
    wallet = _wallet(text, country=country)
    if wallet:
        return f"wallet:{wallet}"
    compact = upper_alphanumerics(text).lstrip("0")
    return f"number:{compact}" if len(compact) >= _SHORTEST else None


def _wallet(text: str, *, country: str | None) -> str | None:
    """A wallet says its operator or is written internationally; a bare number is an account."""
    value = wallets.normalise(text, country=country)
    if value is None:
        return None
    return value if not value.startswith(":") or "+" in text else None


def display(value: str) -> str:
    kind, _, rest = value.partition(":")
    if kind == "iban":
        return ibans.display(rest)
    return wallets.display(rest) if kind == "wallet" else rest


def form(raw: str, *, country: str | None = None) -> str | None:
    """As `normalise`, with operators of wallets under one name: `wallet:orange:+E164`."""
    coin = crypto.normalise(raw[:200])
    if coin:
        # A mixed-case Ethereum address loses its checksum with its case: judge it first.
        mark = "crypto" if crypto.is_sound(raw.strip()) else "unsound"
        return f"{mark}:{coin}"
    value = normalise(raw[:200], country=country)
    if value is None or not value.startswith("wallet:"):
        return value
    operator, _, phone = value.removeprefix("wallet:").rpartition(":")
    return f"wallet:{wallets.operator(operator)}:{phone}"


def key(value: str) -> str | None:
    """The form; None for a wallet of no named operator or an address that does not check."""
    return None if value.startswith(("wallet::", "unsound:")) else value


def variants(value: str) -> tuple[str, ...]:
    """A wallet meets its phone's key (`+E164`), a national number its IBAN by the last digits."""
    kind, _, rest = value.partition(":")
    if kind == "wallet":
        phone = rest.rpartition(":")[2]
        return (phone, *(f"tail:{end}" for end in phones.variants(phone)))
    if kind == "number" and _may_be_phone(rest):
        ends = phones.variants(rest)
        return (f"end:{rest[-_SHORTEST_PART:]}", *(f"tail:{end}" for end in ends))
    if kind in {"iban", "number"} and len(rest) >= _SHORTEST_PART:
        return (f"end:{rest[-_SHORTEST_PART:]}",)
    return (rest.lower(),) if kind in {"crypto", "unsound"} and rest else ()


def _may_be_phone(number: str) -> bool:
    return number.isdigit() and len(number) in _PHONE_LENGTHS


@lru_cache(maxsize=65_536)
def level(left: str, right: str) -> str:
    """How two forms agree: a key of SENTENCES."""
    if left == right:
        return "same"
    kind, _, ours = left.partition(":")
    other_kind, _, theirs = right.partition(":")
    if kind == other_kind == "wallet":
        return _wallet_level(ours, theirs)
    if {kind, other_kind} == {"wallet", "number"}:
        return _phone_level(*((ours, theirs) if kind == "wallet" else (theirs, ours)))
    if {kind, other_kind} == {"iban", "number"}:
        whole, part = (ours, theirs) if kind == "iban" else (theirs, ours)
        if len(part) >= _SHORTEST_PART and part in whole[_IBAN_HEAD:]:
            return "national_part"
    is_long = min(len(ours), len(theirs)) >= _SHORTEST_SLIP
    is_slip = is_long and "wallet" not in {kind, other_kind}
    near = is_slip and OSA.distance(ours, theirs, score_cutoff=1) <= 1
    return "one_character" if near else "different"


def _phone_level(wallet: str, number: str) -> str:
    phone = wallet.rpartition(":")[2]
    is_phone = _may_be_phone(number) and phones.level(phone, number) in {"same_national", "tail"}
    return "phone_number" if is_phone else "different"


def _wallet_level(left: str, right: str) -> str:
    """The same phone is the same wallet unless both name an operator, and not the same one."""
    operator, _, phone = left.rpartition(":")
    other_operator, _, other_phone = right.rpartition(":")
    if not phone or phone != other_phone:
        return "different"
    return "same_phone" if operator and other_operator else "same"
