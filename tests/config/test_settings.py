"""The settings of a deployment, read in a process of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SHOW = """
import json, django
from django.conf import settings
from crosslight.config.environment import use_settings
use_settings()
django.setup()
from django.urls import Resolver404, resolve
try:
    resolve("/demo/")
    has_door = True
except Resolver404:
    has_door = False
names = %r
print(json.dumps({"has_door": has_door, **{name: getattr(settings, name, None) for name in names}}))
"""
SECURE = {
    "DEBUG": False,
    "SESSION_COOKIE_SECURE": True,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_NAME": "__Host-session",
    "SESSION_COOKIE_SAMESITE": "Lax",
    "CSRF_COOKIE_SECURE": True,
    "CSRF_COOKIE_HTTPONLY": True,
    "CSRF_COOKIE_NAME": "__Host-csrf",
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 31_536_000,
    "X_FRAME_OPTIONS": "DENY",
    "ACCOUNT_LOGOUT_ON_GET": False,
    "ACCOUNT_PREVENT_ENUMERATION": True,
    "ALLAUTH_TRUSTED_PROXY_COUNT": 1,
    "SESSION_COOKIE_AGE": 8 * 3600,
}


def variables(folder: Path, **more: str) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("CROSSLIGHT_", "DJANGO_"))
    }
    return kept | {"CROSSLIGHT_DATA": str(folder)} | more


def python(*arguments: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        env=variables(folder, **more),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a key of its own, as `crosslight init` leaves it."""
    folder = tmp_path_factory.mktemp("deployment")
    done = python(
        "-c",
        "from crosslight.cli.main import main; main()",
        "init",
        folder=folder,
    )
    assert done.returncode == 0, done.stderr
    return folder


def settings_of(folder: Path, *names: str, **more: str) -> dict[str, object]:
    done = python("-c", SHOW % (names,), folder=folder, **more)
    assert done.returncode == 0, done.stderr
    shown: dict[str, object] = json.loads(done.stdout)
    return shown


def test_the_deployment_check_finds_nothing(prepared: Path) -> None:
    done = python(
        "-m",
        "django",
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        "--settings",
        "crosslight.config.settings",
        folder=prepared,
        CROSSLIGHT_HTTPS="1",
        CROSSLIGHT_HOSTS="crosslight.example.org",
    )

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_behind_https_every_cookie_and_header_is_secure(prepared: Path) -> None:
    shown = settings_of(prepared, *SECURE, CROSSLIGHT_HTTPS="1")

    assert {name: shown[name] for name in SECURE} == SECURE


@pytest.mark.parametrize("mode", ["production", "test", None])
def test_outside_demo_mode_there_is_no_door_of_personas(mode: str | None, prepared: Path) -> None:
    shown = settings_of(prepared, "IS_DEMO", **({"CROSSLIGHT_ENV": mode} if mode else {}))

    assert shown == {"has_door": False, "IS_DEMO": False}


@pytest.mark.parametrize("surface", ["contributor", "authority"])
def test_one_surface_alone_has_no_door_of_personas_even_in_demo_mode(
    surface: str, prepared: Path
) -> None:
    shown = settings_of(prepared, CROSSLIGHT_ENV="demo", CROSSLIGHT_SURFACE=surface)

    assert shown["has_door"] is False


@pytest.mark.parametrize("mode", ["production", "demo"])
def test_the_policy_of_pages_has_no_exception(mode: str, prepared: Path) -> None:
    shown = settings_of(prepared, "CONTENT_SECURITY_POLICY", CROSSLIGHT_ENV=mode)
    policy = shown["CONTENT_SECURITY_POLICY"]
    assert isinstance(policy, dict)
    directives = policy["DIRECTIVES"]

    assert directives["default-src"] == ["'none'"]
    said = json.dumps(policy)
    for exception in ("unsafe", "http:", "https:", "*", "blob:", "strict-dynamic", "nonce"):
        assert exception not in said
    assert [name for name, sources in directives.items() if "data:" in sources] == ["img-src"]


def test_the_secret_key_of_a_deployment_stays_the_same(prepared: Path) -> None:
    first = settings_of(prepared, "SECRET_KEY")

    assert first == settings_of(prepared, "SECRET_KEY")
    assert len(str(first["SECRET_KEY"])) >= 50
