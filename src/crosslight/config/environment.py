"""The only place that reads the process environment: once, typed, and loudly when wrong."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar
from urllib.parse import SplitResult, unquote, urlsplit

E = TypeVar("E", bound=StrEnum)

_LEAST_KEY_LENGTH = 20
_NOT_FOR_PRACTICE = (
    "CROSSLIGHT_DATABASE_URL",
    "CROSSLIGHT_KEYS_DATABASE_URL",
    "CROSSLIGHT_KEK",
    "CROSSLIGHT_KEK_FOLDER",
    "CROSSLIGHT_MAIL_URL",
    "CROSSLIGHT_HTTPS",
    "CROSSLIGHT_LEDGER_MONTHS",
    "CROSSLIGHT_TSA_URL",
    "CROSSLIGHT_TSA_ROOT",
    "CROSSLIGHT_TSA_POLICY",
)
# The list of national hotlines of the association of hotlines.
_HOTLINE = "www.inhope.org"


class ConfigurationError(Exception):
    """A setting is missing or wrong; the message names it and what to set."""


class Mode(StrEnum):
    PRODUCTION = "production"
    DEMO = "demo"
    TEST = "test"


class KeyKeeper(StrEnum):
    """Who holds the key-encryption keys."""

    FILE = "file"
    PKCS11 = "pkcs11"
    VAULT = "vault"


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
class StampSettings:
    """A time stamping authority (RFC 3161): its address, and what its answers must lead to."""

    url: str
    root: Path
    policy: str


@dataclass(frozen=True)
class KeyEncryptionOptions:
    """Which of them are read depends on `provider`."""

    provider: KeyKeeper
    folder: Path
    vault_url: str
    vault_token_file: Path
    pkcs11_module: str
    pkcs11_token: str
    pkcs11_pin_file: Path


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
    keys_database_url: str | None
    key_encryption: KeyEncryptionOptions
    stamps: StampSettings | None = None
    witness_policy: Path | None = None
    ledger_months: int | None = None

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

    A practice world never touches a deployment's database server, mail or HTTPS settings, and it
    retires nothing.
    """
    use_mode(Mode.DEMO)
    use_surface(Surface.BOTH)
    for name in _NOT_FOR_PRACTICE:
        os.environ.pop(name, None)
    if folder is not None:
        use_data_folder(folder)
    else:
        os.environ.setdefault("CROSSLIGHT_DATA", str(default_data_folder("crosslight-demo")))


def use_stamps(*, url: str, root: Path, policy: str) -> None:
    os.environ["CROSSLIGHT_TSA_URL"] = url
    os.environ["CROSSLIGHT_TSA_ROOT"] = str(root)
    os.environ["CROSSLIGHT_TSA_POLICY"] = policy


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
        stamps=_stamps(values),
        witness_policy=_file(values, "CROSSLIGHT_WITNESS_POLICY"),
        ledger_months=_months(values, "CROSSLIGHT_LEDGER_MONTHS"),
        keys_database_url=values.get("CROSSLIGHT_KEYS_DATABASE_URL") or None,
        key_encryption=_key_encryption(values, keys=data / "keys"),
        custody=CustodyLimits(
            file=_megabytes(values, "CROSSLIGHT_FILE_MAX_MB", default=20 * 1024),
            organisation=_megabytes(values, "CROSSLIGHT_QUOTA_ORGANISATION_MB", default=50 * 1024),
            deployment=_megabytes(values, "CROSSLIGHT_QUOTA_DEPLOYMENT_MB", default=500 * 1024),
        ),
        hotline=values.get("CROSSLIGHT_HOTLINE") or _HOTLINE,
    )


def database_settings(environment: Environment) -> dict[str, object]:
    """Django's DATABASES entry. SQLite: WAL, IMMEDIATE and FULL, as measured in docs/adr/0002."""
    return _database(
        "CROSSLIGHT_DATABASE_URL",
        environment.database_url,
        file=environment.data / "crosslight.sqlite3",
    )


def keys_database_settings(environment: Environment) -> dict[str, object]:
    """The key store: never in the database of the data, nor in its backup (docs/adr/0015)."""
    url = environment.keys_database_url
    if url is not None and url == environment.database_url:
        raise ConfigurationError(
            "CROSSLIGHT_KEYS_DATABASE_URL names the database of the data; keys need another one."
        )
    return _database("CROSSLIGHT_KEYS_DATABASE_URL", url, file=environment.data / "keys.sqlite3")


def database_at(name: str, address: str) -> dict[str, object]:
    """The settings of another database than the deployment's; `name` is what said it."""
    return _database(name, address, file=Path())


def _database(name: str, address: str | None, *, file: Path) -> dict[str, object]:
    if address is None:
        return _sqlite(file)
    url = _split(name, address)
    if not url.path.strip("/"):
        raise ConfigurationError(f"{name} names no database after the host.")
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
        f"{name} starts with {url.scheme!r}; use postgresql:// or leave it unset."
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
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                # What is deleted is overwritten: erased data must not be read from the file.
                "PRAGMA secure_delete=ON;"
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


def _key_encryption(values: Mapping[str, str], *, keys: Path) -> KeyEncryptionOptions:
    return KeyEncryptionOptions(
        provider=_one_of(KeyKeeper, values, "CROSSLIGHT_KEK", default=KeyKeeper.FILE),
        folder=Path(values.get("CROSSLIGHT_KEK_FOLDER") or keys).expanduser().resolve(),
        vault_url=values.get("CROSSLIGHT_VAULT_URL", ""),
        vault_token_file=Path(values.get("CROSSLIGHT_VAULT_TOKEN_FILE") or keys / "vault-token"),
        pkcs11_module=values.get("CROSSLIGHT_PKCS_MODULE", ""),
        pkcs11_token=values.get("CROSSLIGHT_PKCS_TOKEN", "crosslight"),
        pkcs11_pin_file=Path(values.get("CROSSLIGHT_PKCS_PIN_FILE") or keys / "pkcs11-pin"),
    )


def _split(name: str, address: str) -> SplitResult:
    """The parts of an address; what is wrong with it is told without it: it holds a password."""
    try:
        url = urlsplit(address)
        _ = url.port
    except ValueError:
        raise ConfigurationError(f"{name} is no address: check its host and port.") from None
    return url


def _stamps(values: Mapping[str, str]) -> StampSettings | None:
    url = values.get("CROSSLIGHT_TSA_URL")
    if not url:
        return None
    parts = _split("CROSSLIGHT_TSA_URL", url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ConfigurationError("CROSSLIGHT_TSA_URL must look like https://host/path.")
    root = _file(values, "CROSSLIGHT_TSA_ROOT")
    policy = values.get("CROSSLIGHT_TSA_POLICY")
    if root is None or not policy:
        raise ConfigurationError(
            "CROSSLIGHT_TSA_URL needs CROSSLIGHT_TSA_ROOT and CROSSLIGHT_TSA_POLICY beside it: "
            "whose stamps are believed, and under which policy."
        )
    if not re.fullmatch(r"[0-2](\.(0|[1-9][0-9]*)){1,30}", policy):
        raise ConfigurationError(
            "CROSSLIGHT_TSA_POLICY must be one object identifier, such as 1.3.6.1.4.1.4146.2.3."
        )
    return StampSettings(url, root, policy)


def _file(values: Mapping[str, str], name: str) -> Path | None:
    value = values.get(name)
    return Path(value).expanduser().resolve() if value else None


def _months(values: Mapping[str, str], name: str) -> int | None:
    value = values.get(name)
    if not value:
        return None
    if not re.fullmatch(r"[1-9][0-9]{0,3}", value):
        raise ConfigurationError(f"{name} is {value!r}; it must be a number of months.")
    return int(value)


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
