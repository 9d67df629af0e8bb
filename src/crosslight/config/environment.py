"""The only place that reads the process environment: once, typed, and loudly when wrong."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar
from urllib.parse import SplitResult, unquote, urlsplit

E = TypeVar("E", bound=StrEnum)

_LEAST_KEY_LENGTH = 20
# The list of national hotlines of the association of hotlines.
_HOTLINE = "www.inhope.org"


class ConfigurationError(Exception):
    """A setting is missing or wrong; the message names it and what to set."""


class Mode(StrEnum):
    PRODUCTION = "production"
    DEMO = "demo"
    TEST = "test"


class Surface(StrEnum):
    CONTRIBUTOR = "contributor"
    AUTHORITY = "authority"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class CustodyLimits:
    """In bytes: of one file, of all files of one organisation, of all files of the deployment."""

    file: int
    organisation: int
    deployment: int


@dataclass(frozen=True)
class Environment:
    """`data` holds the database, the keys and the files of one deployment."""

    mode: Mode
    data: Path
    database_url: str | None
    surface: Surface
    hosts: tuple[str, ...]
    origin: str
    secret_key: str
    mail_url: str | None
    is_https: bool
    custody: CustodyLimits
    hotline: str

    @property
    def keys(self) -> Path:
        return self.data / "keys"


def default_data_folder(name: str = "crosslight") -> Path:
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / name


def use_data_folder(folder: Path) -> None:
    """What `--data DIR` does: must run before Django settings are first read."""
    os.environ["CROSSLIGHT_DATA"] = str(folder)


def use_mode(mode: Mode) -> None:
    os.environ["CROSSLIGHT_ENV"] = mode.value


def use_practice_folder(folder: Path | None = None) -> None:
    """Demo mode, in one folder: `folder`, else that of --data or CROSSLIGHT_DATA, else its own.

    A practice world never touches a deployment's database server, mail or HTTPS settings.
    """
    use_mode(Mode.DEMO)
    use_surface(Surface.BOTH)
    for name in ("CROSSLIGHT_DATABASE_URL", "CROSSLIGHT_MAIL_URL", "CROSSLIGHT_HTTPS"):
        os.environ.pop(name, None)
    if folder is not None:
        use_data_folder(folder)
    else:
        os.environ.setdefault("CROSSLIGHT_DATA", str(default_data_folder("crosslight-demo")))


def use_surface(surface: Surface) -> None:
    os.environ["CROSSLIGHT_SURFACE"] = surface.value


def use_settings() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crosslight.config.settings")


def reference_folder() -> Path | None:
    """Where the big public test sets lie (CROSSLIGHT_REFERENCE); None where they are absent."""
    value = os.environ.get("CROSSLIGHT_REFERENCE")
    return Path(value) if value else None


def read_environment(variables: Mapping[str, str] | None = None) -> Environment:
    values = os.environ if variables is None else variables
    data = Path(values.get("CROSSLIGHT_DATA") or default_data_folder()).expanduser().resolve()
    mode = _one_of(Mode, values, "CROSSLIGHT_ENV", default=Mode.PRODUCTION)
    hosts = values.get("CROSSLIGHT_HOSTS", "127.0.0.1,localhost,[::1]")
    return Environment(
        mode=mode,
        data=data,
        database_url=values.get("CROSSLIGHT_DATABASE_URL") or None,
        surface=_one_of(Surface, values, "CROSSLIGHT_SURFACE", default=Surface.BOTH),
        hosts=tuple(host.strip() for host in hosts.split(",") if host.strip()),
        origin=values.get("CROSSLIGHT_ORIGIN", "crosslight.example"),
        secret_key=_secret_key(data),
        mail_url=values.get("CROSSLIGHT_MAIL_URL") or None,
        is_https=_is_on(values, "CROSSLIGHT_HTTPS"),
        custody=CustodyLimits(
            file=_megabytes(values, "CROSSLIGHT_FILE_MAX_MB", default=20 * 1024),
            organisation=_megabytes(values, "CROSSLIGHT_QUOTA_ORGANISATION_MB", default=50 * 1024),
            deployment=_megabytes(values, "CROSSLIGHT_QUOTA_DEPLOYMENT_MB", default=500 * 1024),
        ),
        hotline=values.get("CROSSLIGHT_HOTLINE") or _HOTLINE,
    )


def database_settings(environment: Environment) -> dict[str, object]:
    """Django's DATABASES entry. SQLite: WAL, IMMEDIATE and FULL, as measured in docs/adr/0002."""
    if environment.database_url is None:
        return _sqlite(environment.data / "crosslight.sqlite3")
    url = _split("CROSSLIGHT_DATABASE_URL", environment.database_url)
    if not url.path.strip("/"):
        raise ConfigurationError("CROSSLIGHT_DATABASE_URL names no database after the host.")
    if url.scheme == "sqlite":
        return _sqlite(Path(unquote(url.path)))
    if url.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(url.path.lstrip("/")),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": unquote(url.hostname or ""),
            "PORT": str(url.port or ""),
            "CONN_MAX_AGE": 60,
        }
    raise ConfigurationError(
        f"CROSSLIGHT_DATABASE_URL starts with {url.scheme!r}; use postgresql:// or leave it unset."
    )


def mail_settings(environment: Environment) -> dict[str, object]:
    """Django's EMAIL_* settings; without CROSSLIGHT_MAIL_URL no mail leaves."""
    if environment.mail_url is None:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    url = _split("CROSSLIGHT_MAIL_URL", environment.mail_url)
    if url.scheme not in {"smtp", "smtps"} or not url.hostname:
        raise ConfigurationError("CROSSLIGHT_MAIL_URL must look like smtp://user:word@host:port.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": url.hostname,
        "EMAIL_PORT": url.port or (465 if url.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_SSL": url.scheme == "smtps",
        "EMAIL_USE_TLS": url.scheme == "smtp" and bool(url.username),
        "EMAIL_TIMEOUT": 10,
    }


def _sqlite(path: Path) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # trusted_schema stays on: SQLite 3.40 calls the JSON checks of our own tables unsafe.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            ),
        },
    }


def _secret_key(data: Path) -> str:
    """The deployment's key; a throw-away one before `crosslight init` or `demo` made it."""
    path = data / "keys" / "secret_key"
    try:
        key = path.read_text("ascii").strip()
    except FileNotFoundError:
        return secrets.token_urlsafe(48)
    except OSError as error:
        raise ConfigurationError(f"The secret_key {path}: {error.strerror}.") from error
    except UnicodeDecodeError:
        key = ""
    if len(key) < _LEAST_KEY_LENGTH:
        raise ConfigurationError(
            f"The secret_key {path} holds no key. Put it back from your backup; if there is none, "
            "remove the file and run crosslight init: everyone then signs in anew."
        )
    return key


def _split(name: str, address: str) -> SplitResult:
    """The parts of an address; what is wrong with it is told without it: it holds a password."""
    try:
        url = urlsplit(address)
        _ = url.port
    except ValueError:
        raise ConfigurationError(f"{name} is no address: check its host and port.") from None
    return url


def _is_on(values: Mapping[str, str], name: str) -> bool:
    raw = values.get(name, "0")
    if raw not in {"0", "1"}:
        raise ConfigurationError(f"{name} is {raw!r}; it must be 0 or 1.")
    return raw == "1"


def _megabytes(values: Mapping[str, str], name: str, *, default: int) -> int:
    """As bytes."""
    raw = values.get(name) or str(default)
    if not raw.isascii() or not raw.isdigit() or not int(raw):
        raise ConfigurationError(f"{name} is {raw!r}; it must be a number of megabytes.")
    return int(raw) * 2**20


def _one_of(kind: type[E], values: Mapping[str, str], name: str, *, default: E) -> E:
    raw = values.get(name)
    if raw is None:
        return default
    try:
        return kind(raw)
    except ValueError:
        allowed = ", ".join(kind)
        raise ConfigurationError(f"{name} is {raw!r}; it must be one of: {allowed}.") from None
