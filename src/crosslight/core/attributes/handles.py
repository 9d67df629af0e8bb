"""Accounts on social platforms: platform and handle, also read from a profile address."""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType

from rapidfuzz.distance import OSA

from crosslight.core.attributes import phones
from crosslight.core.attributes.sentences import gettext_noop

SENTENCES = MappingProxyType(
    {
        "same_id": gettext_noop("Both name the account with the same permanent number."),
        "same_handle": gettext_noop("Both name the same handle on the same platform."),
        "reused_handle": gettext_noop(
            "The handle is the same, but the accounts' permanent numbers differ."
        ),
        "near_handle": gettext_noop(
            "The handles differ only in dots, strokes, digits or one letter."
        ),
        "same_name_other_platform": gettext_noop(
            "The same handle is used on different or unnamed platforms."
        ),
        "different": gettext_noop("The online accounts are different."),
    }
)

_PLATFORMS = {
    "facebook.com": "facebook",
    "fb.com": "facebook",
    "instagram.com": "instagram",
    "tiktok.com": "tiktok",
    "twitter.com": "x",
    "x.com": "x",
    "t.me": "telegram",
    "telegram.me": "telegram",
    "snapchat.com": "snapchat",
    "linkedin.com": "linkedin",
    "youtube.com": "youtube",
    "vk.com": "vk",
    "threads.net": "threads",
    "wa.me": "whatsapp",
}
_ALIASES = {
    "twitter": "x",
    "fb": "facebook",
    "ig": "instagram",
    "insta": "instagram",
    "tg": "telegram",
}
_PREFIXES = frozenset({"in", "add", "user", "u", "c", "channel", "people", "stories", "s"})
# Paths that lead to groups and invitations: no person's account, and told apart from one.
_GROUPS = frozenset({"groups", "group", "joinchat", "pages", "company", "events"})
# Paths that lead to a post, a search or a form, and name no account.
_NO_ACCOUNTS = frozenset(
    {
        *("p", "reel", "reels", "tv", "watch", "video", "videos", "photo", "photos", "shorts"),
        *("share", "story", "permalink", "posts", "hashtag", "explore", "search", "home", "login"),
        *("i", "intent", "sharer", "dialog", "marketplace", "playlist", "embed", "status", "media"),
    }
)
_URL = re.compile(
    r"^(?:https?://)?(?:www\.|m\.|web\.|mobile\.)?(?P<host>[a-z0-9.-]+\.[a-z]{2,})/(?P<path>[^\s]*)$",
    re.IGNORECASE,
)
_PAIR = re.compile(r"^(?P<platform>[A-Za-z][A-Za-z ]{0,20}?)\s*:\s*@?(?P<handle>[^\s/]+)$")
_HANDLE = re.compile(r"^@?(?P<handle>[^\s@/:?#]{2,64})$")
_PROFILE_ID = re.compile(r"[?&]id=(\d+)")
_NUMBERED = re.compile(
    r"(?:[?&]id=|\bid\s{0,2}[:=#]?\s{0,2}|/people/[^/\s]{1,80}/|/i/user/|vk\.com/id)(\d{4,20})\b",
    re.IGNORECASE,
)
_CHANNEL = re.compile(r"/channel/(UC[\w-]{22})")
_ID_NOTE = re.compile(r"[(,;\s]+id\s{0,2}[:=#]?\s{0,2}\d{4,20}\)?\s*$", re.IGNORECASE)
# Where digits alone are the permanent number, since no handle may start with a digit or be one.
_NUMERIC_IDS = frozenset({"facebook", "telegram", "vk"})
_PHONE_PLATFORMS = frozenset({"whatsapp", "signal", "viber"})
_NOT_NAME = re.compile(r"[^a-z0-9]")
_END_DIGITS = re.compile(r"\d{1,4}$")
_SHORTEST_STEM = 5
_SHORTEST_SLIP = 7
_FEWEST_ID_DIGITS = 5


def normalise(raw: str, *, country: str | None = None) -> str | None:  # noqa: ARG001
    """`platform:handle` in lower case; the platform is empty when `raw` does not name it."""
    text = raw.strip()
    found = _URL.match(text)
    if found:
        return _from_url(found.group("host").lower(), found.group("path"))
    pair = _PAIR.match(text)
    if pair:
        platform = pair.group("platform").strip().lower().replace(" ", "")
        return f"{_ALIASES.get(platform, platform)}:{pair.group('handle').lower()}"
    handle = _HANDLE.match(text)
    return f":{handle.group('handle').lower()}" if handle else None


def _from_url(host: str, path: str) -> str | None:
    platform = _PLATFORMS.get(host)
    if platform is None:
        return None
    numbered = _PROFILE_ID.search(path)
    if numbered:
        return f"{platform}:{numbered.group(1)}"
    steps = [step for step in re.split(r"[/?#]", path) if step]
    while len(steps) > 1 and steps[0].lower() in _PREFIXES:
        steps = steps[1:]
    first = steps[0].lower().removesuffix(".php") if steps else ""
    if first in _NO_ACCOUNTS:
        return None
    if first in _GROUPS:
        return f"{platform}:group-{steps[1].lower()}" if len(steps) > 1 else None
    handle = steps[0].lstrip("@").lower() if steps else ""
    return f"{platform}:{handle}" if handle else None


def display(value: str) -> str:
    platform, _, handle = value.partition(":")
    return f"@{handle} ({platform})" if platform else f"@{handle}"


def form(raw: str, *, country: str | None = None) -> str | None:
    """`platform|id|handle`: the id is the number that stays when the handle changes.

    It stands in profile addresses (`profile.php?id=`, `channel/UC...`) or is written as "id 123".
    On WhatsApp, Signal and Viber it is the phone number.
    """
    text = raw.strip()[:400]
    number = _permanent(text)
    value = normalise(_ID_NOTE.sub("", text) or text)
    platform, _, handle = (value or ":").partition(":")
    if platform in _PHONE_PLATFORMS:
        phone = phones.normalise(_international(handle), country=country)
        return f"{platform}|{phone}|" if phone else f"{platform}||{_packable(handle)}"
    if platform in _NUMERIC_IDS and handle.isdigit() and len(handle) >= _FEWEST_ID_DIGITS:
        number, handle = number or handle, ""
    if number and handle.casefold().removeprefix("id") == number.casefold():
        handle = ""
    handle = _packable(handle)
    return f"{platform}|{number}|{handle}" if handle or (number and platform) else None


def _packable(handle: str) -> str:
    return handle.replace("|", "")


def _international(digits: str) -> str:
    """Addresses of WhatsApp write the number with its country but without the plus."""
    is_long = digits.isdigit() and not digits.startswith("0") and len(digits) > phones.TAIL_DIGITS
    return f"+{digits}" if is_long else digits


def _permanent(text: str) -> str:
    channel = _CHANNEL.search(text)
    if channel:
        return channel.group(1)
    numbered = _NUMBERED.search(text)
    return numbered.group(1) if numbered else ""


def key(value: str) -> str | None:
    """Platform with the id, or else with the handle; None where the platform is not known."""
    platform, number, handle = _parts(value)
    if not platform:
        return None
    return f"{platform}#{number}" if number else f"{platform}:{handle}"


def variants(value: str) -> tuple[str, ...]:
    """The handle where an id is the key, and its letters without dots, strokes and end digits.

    The id of a platform that is a phone number meets the phone's own key as `+...`.
    """
    platform, number, handle = _parts(value)
    found = {f"{platform}:{handle}"} if platform and number and handle else set()
    if number.startswith("+"):
        found.add(number)
    stem = _stem(handle)
    return tuple(sorted(found | ({f"name:{stem}"} if stem else set())))


def _parts(value: str) -> tuple[str, str, str]:
    platform, _, rest = value.partition("|")
    number, _, handle = rest.partition("|")
    return platform, number, handle


def _stem(handle: str) -> str:
    plain = _NOT_NAME.sub("", handle.casefold())
    stem = _END_DIGITS.sub("", plain)
    return stem if len(stem) >= _SHORTEST_STEM else plain


@lru_cache(maxsize=65_536)
def level(left: str, right: str) -> str:
    """How two forms agree: a key of SENTENCES."""
    platform, number, handle = _parts(left)
    other_platform, other_number, other_handle = _parts(right)
    if not platform or platform != other_platform:
        stem = _stem(handle)
        is_same = handle == other_handle != "" or stem == _stem(other_handle) != ""
        return "same_name_other_platform" if is_same else "different"
    if number and number == other_number:
        return "same_id"
    if handle and handle == other_handle:
        return "reused_handle" if number and other_number else "same_handle"
    return "near_handle" if _is_near(handle, other_handle) else "different"


def _is_near(left: str, right: str) -> bool:
    ours, theirs = _stem(left), _stem(right)
    if ours and ours == theirs:
        return True
    is_long = min(len(ours), len(theirs)) >= _SHORTEST_SLIP
    return is_long and OSA.distance(ours, theirs, score_cutoff=1) <= 1
