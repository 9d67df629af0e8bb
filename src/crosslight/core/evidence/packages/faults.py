from __future__ import annotations


class PackageFault(ValueError):
    """A package, bag, statement or description that does not hold; the message says why."""
