"""The environment: read once, typed, and loudly when wrong."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from crosslight.config.environment import (
    ConfigurationError,
    Environment,
    Mode,
    Surface,
    database_settings,
    default_data_folder,
    mail_settings,
    read_environment,
    reference_folder,
    use_practice_folder,
)


def read(folder: Path, **more: str) -> Environment:
    return read_environment({"CROSSLIGHT_DATA": str(folder), **more})


def test_without_any_variable_it_is_a_careful_deployment(tmp_path: Path) -> None:
    environment = read(tmp_path)

    assert environment.mode is Mode.PRODUCTION
    assert environment.surface is Surface.BOTH
    assert environment.hosts == ("127.0.0.1", "localhost", "[::1]")
    assert environment.database_url is None
    assert environment.mail_url is None
    assert not environment.is_https
    assert environment.data == tmp_path
    assert environment.keys == tmp_path / "keys"


def test_every_variable_arrives(tmp_path: Path) -> None:
    environment = read(
        tmp_path,
        CROSSLIGHT_ENV="demo",
        CROSSLIGHT_SURFACE="authority",
        CROSSLIGHT_HOSTS=" a.example , b.example,",
        CROSSLIGHT_ORIGIN="log.example",
        CROSSLIGHT_DATABASE_URL="postgresql://db.example/x",
        CROSSLIGHT_MAIL_URL="smtp://mail.example",
        CROSSLIGHT_HTTPS="1",
    )

    assert (environment.mode, environment.surface) == (Mode.DEMO, Surface.AUTHORITY)
    assert environment.hosts == ("a.example", "b.example")
    assert environment.origin == "log.example"
    assert environment.database_url == "postgresql://db.example/x"
    assert environment.mail_url == "smtp://mail.example"
    assert environment.is_https


@pytest.mark.parametrize("mode", Mode)
def test_every_mode_by_its_name(mode: Mode, tmp_path: Path) -> None:
    assert read(tmp_path, CROSSLIGHT_ENV=mode.value).mode is mode


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CROSSLIGHT_ENV", "prod"),
        ("CROSSLIGHT_ENV", "DEMO"),
        ("CROSSLIGHT_ENV", ""),
        ("CROSSLIGHT_SURFACE", "all"),
        ("CROSSLIGHT_HTTPS", "true"),
        ("CROSSLIGHT_HTTPS", "yes"),
        ("CROSSLIGHT_HTTPS", ""),
    ],
)
def test_a_wrong_value_names_its_variable_and_what_it_takes(
    name: str, value: str, tmp_path: Path
) -> None:
    with pytest.raises(ConfigurationError) as error:
        read(tmp_path, **{name: value})

    assert name in str(error.value)
    assert repr(value) in str(error.value)
    assert "must be" in str(error.value)


@pytest.mark.parametrize("empty", ["CROSSLIGHT_DATABASE_URL", "CROSSLIGHT_MAIL_URL"])
def test_an_empty_address_is_none(empty: str, tmp_path: Path) -> None:
    assert vars(read(tmp_path, **{empty: ""}))[empty.removeprefix("CROSSLIGHT_").lower()] is None


def test_the_secret_key_is_the_one_in_the_folder(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "secret_key").write_text("a-key-of-this-deployment\n", "ascii")

    assert read(tmp_path).secret_key == "a-key-of-this-deployment"


def test_before_there_is_a_key_each_reading_throws_one_away(tmp_path: Path) -> None:
    first, second = read(tmp_path).secret_key, read(tmp_path).secret_key

    assert first != second
    assert min(len(first), len(second)) >= 50
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"\n", b"short", b"\xff\xfe"])
def test_a_key_file_that_holds_no_key_is_told(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "secret_key").write_bytes(content)

    with pytest.raises(ConfigurationError) as error:
        read(tmp_path)

    assert "secret_key" in str(error.value)


def test_a_folder_may_start_at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)

    assert read_environment({"CROSSLIGHT_DATA": "~/x"}).data == tmp_path / "x"
    assert default_data_folder() == tmp_path / ".local/share/crosslight"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    assert read_environment({}).data == tmp_path / "xdg/crosslight"


def test_a_practice_world_forgets_the_deployment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, value in {
        "CROSSLIGHT_ENV": "production",
        "CROSSLIGHT_SURFACE": "authority",
        "CROSSLIGHT_DATA": str(tmp_path / "of the deployment"),
        "CROSSLIGHT_DATABASE_URL": "postgresql://db.example.org/real",
        "CROSSLIGHT_MAIL_URL": "smtp://mail.example.org",
        "CROSSLIGHT_HTTPS": "1",
    }.items():
        monkeypatch.setenv(name, value)

    use_practice_folder(tmp_path / "practice")

    environment = read_environment()
    assert environment.mode is Mode.DEMO
    assert environment.surface is Surface.BOTH
    assert environment.data == tmp_path / "practice"
    assert environment.database_url is None
    assert environment.mail_url is None
    assert not environment.is_https


def test_the_reference_folder_is_none_where_it_is_not_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("CROSSLIGHT_REFERENCE", raising=False)
    assert reference_folder() is None
    monkeypatch.setenv("CROSSLIGHT_REFERENCE", "/srv/sets")
    assert reference_folder() == Path("/srv/sets")


def test_the_embedded_database_waits_for_its_one_writer_and_loses_nothing(tmp_path: Path) -> None:
    settings = database_settings(read(tmp_path))

    assert settings["ENGINE"] == "django.db.backends.sqlite3"
    assert settings["NAME"] == str(tmp_path / "crosslight.sqlite3")
    options = settings["OPTIONS"]
    assert isinstance(options, Mapping)
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] == 20
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        assert pragma in options["init_command"]


def test_another_file_for_the_embedded_database(tmp_path: Path) -> None:
    url = "sqlite:///srv/with%20space/x.sqlite3"

    settings = database_settings(read(tmp_path, CROSSLIGHT_DATABASE_URL=url))

    assert settings["NAME"] == "/srv/with space/x.sqlite3"


@pytest.mark.parametrize("scheme", ["postgresql", "postgres"])
def test_a_server_with_every_part_of_its_address(scheme: str, tmp_path: Path) -> None:
    url = f"{scheme}://us%40er:p%2Fw%3A@db.example:5433/na%20me"

    settings = database_settings(read(tmp_path, CROSSLIGHT_DATABASE_URL=url))

    assert settings == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "na me",
        "USER": "us@er",
        "PASSWORD": "p/w:",
        "HOST": "db.example",
        "PORT": "5433",
        "CONN_MAX_AGE": 60,
    }


def test_a_server_by_its_socket(tmp_path: Path) -> None:
    url = "postgresql://user@%2Fvar%2Frun%2Fpostgresql/crosslight"

    settings = database_settings(read(tmp_path, CROSSLIGHT_DATABASE_URL=url))

    assert (settings["HOST"], settings["PORT"]) == ("/var/run/postgresql", "")


@pytest.mark.parametrize(
    "url",
    [
        "mysql://u:geheim@db.example/x",
        "nonsense",
        "postgresql+psycopg://u:geheim@db.example/x",
        "postgresql://u:geheim@db.example:port/x",
        "postgresql://u:geheim@db.example:99999/x",
        "postgresql://u:geheim@db.example",
        "postgresql://u:geheim@[::1/x",
        "sqlite://",
    ],
)
def test_no_database_is_told_without_its_password(url: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as error:
        database_settings(read(tmp_path, CROSSLIGHT_DATABASE_URL=url))

    assert "CROSSLIGHT_DATABASE_URL" in str(error.value)
    assert "geheim" not in str(error.value)


def test_without_a_mail_server_no_mail_leaves(tmp_path: Path) -> None:
    assert mail_settings(read(tmp_path)) == {
        "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"
    }


@pytest.mark.parametrize(
    ("url", "port", "is_ssl", "is_tls"),
    [
        ("smtp://mail.example", 587, False, False),
        ("smtp://mail.example:25", 25, False, False),
        ("smtp://us%40er:pa%2Fss@mail.example", 587, False, True),
        ("smtps://us%40er:pa%2Fss@mail.example", 465, True, False),
        ("smtps://us%40er:pa%2Fss@mail.example:2465", 2465, True, False),
    ],
)
def test_a_mail_server(url: str, port: int, is_ssl: bool, is_tls: bool, tmp_path: Path) -> None:
    settings = mail_settings(read(tmp_path, CROSSLIGHT_MAIL_URL=url))

    assert settings["EMAIL_HOST"] == "mail.example"
    assert settings["EMAIL_PORT"] == port
    assert (settings["EMAIL_USE_SSL"], settings["EMAIL_USE_TLS"]) == (is_ssl, is_tls)
    assert settings["EMAIL_HOST_USER"] == ("us@er" if "@" in url else "")
    assert settings["EMAIL_HOST_PASSWORD"] == ("pa/ss" if "@" in url else "")
    assert settings["EMAIL_TIMEOUT"] == 10


@pytest.mark.parametrize(
    "url",
    ["mail.example:25", "http://mail.example", "smtp://", "smtp://u:geheim@mail.example:port"],
)
def test_no_mail_server_is_told_without_its_password(url: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as error:
        mail_settings(read(tmp_path, CROSSLIGHT_MAIL_URL=url))

    assert "CROSSLIGHT_MAIL_URL" in str(error.value)
    assert "geheim" not in str(error.value)


STAMPS = {
    "CROSSLIGHT_TSA_URL": "https://tsa.example.org/stamp",
    "CROSSLIGHT_TSA_ROOT": "/keys/root.pem",
    "CROSSLIGHT_TSA_POLICY": "1.3.6.1.4.1.4146.2.3",
}


def test_a_time_stamping_authority_needs_a_root_and_a_policy(tmp_path: Path) -> None:
    found = read(tmp_path, **STAMPS).stamps

    assert found is not None
    assert (found.url, str(found.root)) == (STAMPS["CROSSLIGHT_TSA_URL"], "/keys/root.pem")
    assert found.policy == STAMPS["CROSSLIGHT_TSA_POLICY"]
    assert read(tmp_path).stamps is None
    for name, wrong in (
        ("CROSSLIGHT_TSA_URL", "ftp://tsa.example.org"),
        ("CROSSLIGHT_TSA_URL", "https://"),
        ("CROSSLIGHT_TSA_ROOT", ""),
        ("CROSSLIGHT_TSA_POLICY", ""),
        ("CROSSLIGHT_TSA_POLICY", "any"),
        ("CROSSLIGHT_TSA_POLICY", "1.3.06"),
    ):
        with pytest.raises(ConfigurationError, match="CROSSLIGHT_TSA"):
            read(tmp_path, **{**STAMPS, name: wrong})


def test_how_long_the_ledger_is_kept_is_a_number_of_months(tmp_path: Path) -> None:
    assert read(tmp_path).ledger_months is None
    assert read(tmp_path, CROSSLIGHT_LEDGER_MONTHS="18").ledger_months == 18
    for wrong in ("0", "-1", "1.5", "year", "99999"):
        with pytest.raises(ConfigurationError, match="CROSSLIGHT_LEDGER_MONTHS"):
            read(tmp_path, CROSSLIGHT_LEDGER_MONTHS=wrong)
