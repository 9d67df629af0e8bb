"""What can be wrong with the catalogue of indicators, or with a reference into it."""

from __future__ import annotations


class CatalogueError(ValueError):
    """The data of a catalogue does not hold together; the message names the entry at fault."""


class UnknownCatalogueVersion(LookupError):
    """No catalogue of this version is shipped."""

    def __init__(self, version: str) -> None:
        self.version = version
        super().__init__(f"There is no indicator catalogue of version {version!r}.")


class UnknownIndicator(LookupError):
    """No indicator of this catalogue has the id."""

    def __init__(self, indicator_id: str) -> None:
        self.indicator_id = indicator_id
        super().__init__(f"No indicator of the catalogue has the id {indicator_id!r}.")
