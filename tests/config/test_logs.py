"""Logs name identifiers, codes and durations; a field that is not on the list does not arrive."""

from __future__ import annotations

import io
import json
import logging.config
from collections.abc import Iterator

import pytest
import structlog

from crosslight.config.logs import ALLOWED_FIELDS, LOGGING, keep_allowed_fields

CANARY = "canary-7f3a"


@pytest.fixture
def lines() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def log(lines: io.StringIO) -> structlog.typing.FilteringBoundLogger:
    """The product's own processors, written to a place that the test can read."""
    return structlog.wrap_logger(
        structlog.WriteLogger(lines), processors=structlog.get_config()["processors"]
    )


def test_a_line_holds_what_is_on_the_list(
    log: structlog.typing.FilteringBoundLogger, lines: io.StringIO
) -> None:
    log.error("request.failed", code="Z-000", route="unit:match", milliseconds=12, status=500)

    line = json.loads(lines.getvalue())
    assert line["event"] == "request.failed"
    assert line["code"] == "Z-000"
    assert line["level"] == "error"
    assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize(
    "field",
    [
        "name",
        "email",
        "body",
        "path",
        "query",
        "user",
        "value",
        "password",
        "exception",
        "exc_info",
        "stack_info",
        "message",
        "Event",
        "event ",
    ],
)
def test_a_field_that_is_not_on_the_list_does_not_arrive(
    field: str, log: structlog.typing.FilteringBoundLogger, lines: io.StringIO
) -> None:
    log.warning("request.failed", **{field: CANARY, "code": "Z-000"})

    assert CANARY not in lines.getvalue()
    assert "Z-000" in lines.getvalue()


def test_what_was_bound_earlier_does_not_arrive_either(
    log: structlog.typing.FilteringBoundLogger, lines: io.StringIO
) -> None:
    log.bind(victim=CANARY, actor="usr_1").info("act.done")

    assert CANARY not in lines.getvalue()
    assert set(json.loads(lines.getvalue())) <= ALLOWED_FIELDS


def test_the_list_is_the_last_word_before_the_line_is_made() -> None:
    """A processor after it could add a field again."""
    processors = structlog.get_config()["processors"]

    assert processors[-2] is keep_allowed_fields
    assert isinstance(processors[-1], structlog.processors.JSONRenderer)


def test_no_field_of_the_list_is_made_for_content() -> None:
    assert not ALLOWED_FIELDS & {"name", "email", "text", "body", "path", "value", "message", "url"}


@pytest.fixture
def _loggers_of_the_product(capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    """Set up anew on the stderr that the test reads; undone, for that one is closed after it."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    logging.config.dictConfig(LOGGING)
    yield
    root.handlers[:] = before
    root.setLevel(level)


@pytest.mark.usefixtures("_loggers_of_the_product")
@pytest.mark.parametrize("name", ["django.request", "django.security", "django.db.backends"])
def test_loggers_that_quote_content_are_silent(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    logging.getLogger(name).error("at /search?name=%s", CANARY)
    logging.getLogger(f"{name}.DisallowedHost").error("host %s", CANARY)

    captured = capsys.readouterr()
    assert CANARY not in captured.out + captured.err
