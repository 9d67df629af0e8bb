"""Identifiers that get matched: one module each, with `normalise` and `display`."""

from __future__ import annotations
