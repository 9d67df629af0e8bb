"""Accounts on social platforms: platform and handle, also read from a profile address."""

from __future__ import annotations

import re

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
}
_ALIASES = {"twitter": "x", "fb": "facebook", "ig": "instagram", "insta": "instagram"}
_PREFIXES = frozenset({"in", "add", "user", "u", "c", "channel", "people"})
_URL = re.compile(
    r"^(?:https?://)?(?:www\.|m\.|web\.|mobile\.)?(?P<host>[a-z0-9.-]+\.[a-z]{2,})/(?P<path>[^\s]*)$",
    re.IGNORECASE,
)
_PAIR = re.compile(r"^(?P<platform>[A-Za-z][A-Za-z ]{0,20}?)\s*:\s*@?(?P<handle>[^\s/]+)$")
_HANDLE = re.compile(r"^@?(?P<handle>[^\s@/:?#]{2,64})$")
_PROFILE_ID = re.compile(r"[?&]id=(\d+)")


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
    handle = steps[0].lstrip("@").lower() if steps else ""
    return f"{platform}:{handle}" if handle else None


def display(value: str) -> str:
    platform, _, handle = value.partition(":")
    return f"@{handle} ({platform})" if platform else f"@{handle}"
