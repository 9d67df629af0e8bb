"""The product's settings in test mode, with a data folder of their own."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# A folder for each worker: a test that reads every file of its folder meets no other test's.
# What a test starts is of the same worker, and finds the folder of the test or the one it is given.
if os.environ.get("CROSSLIGHT_TEST_DATA_OF") != os.environ.get("PYTEST_XDIST_WORKER", "alone"):
    os.environ["CROSSLIGHT_TEST_DATA_OF"] = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    os.environ["CROSSLIGHT_TEST_DATA"] = tempfile.mkdtemp(prefix="crosslight-test-")
    atexit.register(shutil.rmtree, os.environ["CROSSLIGHT_TEST_DATA"], ignore_errors=True)
os.environ["CROSSLIGHT_DATA"] = os.environ["CROSSLIGHT_TEST_DATA"]
os.environ["CROSSLIGHT_ENV"] = "test"

from crosslight.config.settings import *  # noqa: F403
from crosslight.config.settings import ALLOWED_HOSTS, DATABASES, LANGUAGES

ALLOWED_HOSTS.append("testserver")
# A file, not memory: WAL, IMMEDIATE and several connections behave as in a deployment.
for _alias, _file in {"default": "test.sqlite3", "keys": "test-keys.sqlite3"}.items():
    if DATABASES[_alias]["ENGINE"].endswith("sqlite3"):
        DATABASES[_alias]["TEST"] = {"NAME": str(Path(os.environ["CROSSLIGHT_TEST_DATA"]) / _file)}
        # Tests that kill (tests/faults) have a node of their own, with all it takes to survive.
        _options = DATABASES[_alias]["OPTIONS"]
        _options["init_command"] = _options["init_command"].replace("=FULL", "=OFF")
# Its tables as the models say: all migrations of the other apps would be gone through for nothing.
DATABASES["keys"].setdefault("TEST", {})["MIGRATE"] = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# The layout of every language is held by tests before its catalogue is complete.
LANGUAGES_OFFERED = LANGUAGES
