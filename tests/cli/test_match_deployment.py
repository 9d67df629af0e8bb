"""`crosslight match` at the console of a deployment."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.running import crosslight, is_one_clear_line


def test_an_empty_deployment_is_indexed_and_says_under_which_model(data: Path) -> None:
    done = crosslight("match", "rebuild", "--json", data=data)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["entities"], told["keys"]) == (0, 0)
    assert told["model"]


def test_without_common_values_the_list_is_empty(data: Path) -> None:
    done = crosslight("match", "common-values", data=data)
    assert (done.returncode, done.stdout) == (0, "")
    assert "No value is common." in done.stderr


def test_entities_that_are_not_there_are_not_explained(data: Path) -> None:
    done = crosslight("match", "explain", "ent_one", "ent_other", data=data)
    assert is_one_clear_line(done, "nothing"), done.stderr
