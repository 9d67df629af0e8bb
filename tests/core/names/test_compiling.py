from __future__ import annotations

from importlib.resources import files

from crosslight.core.names.compiling import compiled
from crosslight.core.names.folds import folds_of, read_folds
from crosslight.core.names.packaged import COMPILED, load, parse_yaml


def test_the_compiled_data_is_what_the_files_and_rules_make():
    """If this fails, run scripts/compile-names."""
    path = files("crosslight.core.names").joinpath("data", COMPILED)
    assert path.read_bytes() == compiled()


def test_compiled_and_read_data_are_the_same():
    assert load("index.yaml") == parse_yaml("index.yaml")
    assert folds_of("diallo") == read_folds("diallo")
