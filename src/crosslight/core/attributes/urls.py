"""Web addresses in one form, without what differs from visit to visit."""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

from crosslight.core.attributes.sentences import gettext_noop

SENTENCES = MappingProxyType(
    {
        "same": gettext_noop("Both give the same web address."),
        "same_page": gettext_noop(
            "The web addresses lead to the same page with different parameters."
        ),
        "same_site": gettext_noop("The web addresses are on the same site."),
        "different": gettext_noop("The web addresses are different."),
    }
)

_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_HOST = re.compile(r"^(?=.{4,253}$)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})+$")
_SAME_HOST = re.compile(r"^(?:www\d?|m|mobile|web|amp)\.(?=[^.]+\.)")
_TRACKING = re.compile(
    r"^(?:utm_.*|fbclid|gclid|dclid|msclkid|igshid|igsh|si|ref|ref_src|ref_url|mc_[ce]id|_ga|feature"
    r"|share_id|mibextid|locale|hl|sessionid|phpsessid)$",
    re.IGNORECASE,
)
_ARCHIVE = re.compile(r"^/web/\d{4,14}[a-z_]*/(?=https?:)", re.IGNORECASE)
# Sites that hold the pages of millions: to be on one says nothing.
_HOLDERS = frozenset(
    {
        *("facebook.com", "instagram.com", "tiktok.com", "youtube.com", "twitter.com", "x.com"),
        *("t.me", "telegram.me", "vk.com", "snapchat.com", "linkedin.com", "google.com"),
        *("blogspot.com", "wordpress.com", "wikipedia.org"),
    }
)
_LONGEST = 2_000


def form(raw: str, *, country: str | None = None) -> str | None:  # noqa: ARG001
    """`host/path?query` in lower case where case means nothing; scheme, `www.` and traces gone.

    An address in the Internet Archive is the address that it keeps.
    """
    text = raw.strip()[:_LONGEST]
    if any(map(str.isspace, text)):
        return None
    parts = _split(text if _SCHEME.match(text) else f"//{text}")
    host = _host(parts) if parts else None
    if parts is None or host is None:
        return None
    archived = _ARCHIVE.match(parts.path) if host == "web.archive.org" else None
    if archived:
        return form(parts.path[archived.end() :])
    path = quote(unquote(parts.path), safe="/:@!$&'()*+,;=~-._").rstrip("/")
    query = _query(parts.query)
    return f"{host}{path}{f'?{query}' if query else ''}"


def _split(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return None
    return parts if parts.scheme in {"", "http", "https"} else None


def _host(parts: SplitResult) -> str | None:
    try:
        host = (parts.hostname or "").encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    bare = host.rstrip(".")
    if not _HOST.match(bare):
        return None
    is_usual = parts.port in {None, 80, 443}
    short = bare if bare == "web.archive.org" else _SAME_HOST.sub("", bare)
    return short if is_usual else f"{short}:{parts.port}"


def _query(query: str) -> str:
    kept = [pair for pair in parse_qsl(query) if not _TRACKING.match(pair[0])]
    return urlencode(sorted(kept))


def key(value: str) -> str | None:
    """The form, where it names more than a site."""
    host, _, rest = value.partition("/")
    return value if rest or "?" in host or _site(value) not in _HOLDERS else None


def variants(value: str) -> tuple[str, ...]:
    """The page without parameters, and the site where it is no holder of others' pages."""
    page, site = value.partition("?")[0], _site(value)
    found = {f"page:{page}"} if "/" in page else set()
    return tuple(sorted(found | (set() if site in _HOLDERS or not site else {f"site:{site}"})))


def _site(value: str) -> str:
    return re.split(r"[/?]", value, maxsplit=1)[0]


@lru_cache(maxsize=65_536)
def level(left: str, right: str) -> str:
    """How two forms agree: a key of SENTENCES."""
    if left == right:
        return "same"
    page, site = left.partition("?")[0], _site(left)
    if page == right.partition("?")[0] and page != site:
        return "same_page"
    return "same_site" if site and site == _site(right) and site not in _HOLDERS else "different"
