"""What the compiled data of this package should be."""

from __future__ import annotations

from crosslight.core.names.folds import read_folds
from crosslight.core.names.groups import read_groups
from crosslight.core.names.packaged import compile_data
from crosslight.core.names.romanisation import read_characters


def compiled() -> bytes:
    """Contents of the compiled file, for the data files and rules as they are."""
    groups = read_groups()
    words = {key for group in groups for key in group.keys}
    return compile_data(groups, {word: read_folds(word) for word in words}, read_characters())
