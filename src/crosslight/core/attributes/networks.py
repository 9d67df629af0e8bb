"""Internet addresses with the time at which they were seen."""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from types import MappingProxyType

from crosslight.core.attributes import periods
from crosslight.core.attributes.periods import Period
from crosslight.core.attributes.sentences import gettext_noop

SENTENCES = MappingProxyType(
    {
        "same_time": gettext_noop("The same internet address was seen at the same time."),
        "same_day": gettext_noop("The same internet address was seen within a day."),
        "time_unknown": gettext_noop("The internet address is the same; a time is missing."),
        "other_time": gettext_noop("The same internet address was seen at different times."),
        "same_network": gettext_noop("Neighbouring internet addresses were seen at the same time."),
        "different": gettext_noop("The internet addresses are different."),
    }
)

_CANDIDATE = re.compile(
    r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]{0,4}(?::[0-9a-fA-F.]{0,15}){2,7})(?![\w.])"
)
# Addresses of home and company networks and of shared carrier ranges name nobody
# (RFC 1918, 1122, 3927, 4193, 4291, 5771, 6598).
_SHARED = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "224.0.0.0/3",
        "::/127",
        "fc00::/7",
        "fe80::/10",
        "ff00::/8",
    )
)
_NEAR_MINUTES = 10
_DAY_MINUTES = 24 * 60
# A customer's share: last byte of IPv4, lower half of IPv6.
_NETWORK_BITS = {4: 24, 6: 64}


def form(raw: str, *, country: str | None = None) -> str | None:  # noqa: ARG001
    """`address|start/end` in UTC; the period is empty where no time is written."""
    period, rest = periods.read(raw[:200])
    address = _address(rest)
    if address is None:
        return None
    return f"{address}|{f'{period.start}/{period.end}' if period else ''}"


def _address(text: str) -> IPv4Address | IPv6Address | None:
    for found in _CANDIDATE.finditer(text):
        address = _read(found.group())
        if address:
            return address
    return None


def _read(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def key(value: str) -> str | None:
    """Address and first day; None without a time or for an address that many networks use."""
    address, period = _parsed(value)
    if address is None or period is None or is_shared(address):
        return None
    return f"{address} {period.days[0]}"


def is_shared(address: IPv4Address | IPv6Address) -> bool:
    return any(address in network for network in _SHARED if network.version == address.version)


def variants(value: str) -> tuple[str, ...]:
    """The address alone, and on each day of the period."""
    address, period = _parsed(value)
    if address is None or is_shared(address):
        return ()
    days = period.days if period else ()
    return (str(address), *(f"{address} {day}" for day in days))


@lru_cache(maxsize=65_536)
def _parsed(value: str) -> tuple[IPv4Address | IPv6Address | None, Period | None]:
    address, _, period = value.partition("|")
    return _read(address), periods.from_text(period)


@lru_cache(maxsize=65_536)
def level(left: str, right: str) -> str:
    """How two forms agree: a key of SENTENCES. Ten minutes between clocks are the same time."""
    address, ours = _parsed(left)
    other, theirs = _parsed(right)
    if address is None or other is None or is_shared(address):
        return "different"
    if address != other:
        is_near = ours and theirs and ours.widened(_NEAR_MINUTES).overlaps(theirs)
        return "same_network" if is_near and _network(address) == _network(other) else "different"
    if ours is None or theirs is None:
        return "time_unknown"
    if ours.widened(_NEAR_MINUTES).overlaps(theirs):
        return "same_time"
    return "same_day" if ours.widened(_DAY_MINUTES).overlaps(theirs) else "other_time"


def _network(address: IPv4Address | IPv6Address) -> str:
    return str(ip_network((address, _NETWORK_BITS[address.version]), strict=False))
