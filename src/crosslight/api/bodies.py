"""Strict JSON in: what Python's parser waves through is refused here."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from django.http import HttpRequest
from ninja.parser import Parser
from ninja.types import DictStrAny

from crosslight.api.problems import BodyUnreadable


class StrictParser(Parser):
    """Refuses NaN, Infinity, a name given twice, lone surrogates and anything but an object."""

    def parse_body(self, request: HttpRequest) -> DictStrAny:
        return read_object(request.body)


def read_object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(
            body.decode("utf-8"), object_pairs_hook=_each_name_once, parse_constant=_no_constant
        )
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise BodyUnreadable from error
    if not isinstance(value, dict):
        raise BodyUnreadable
    return value


def _each_name_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a name stands twice")
    return result


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)
