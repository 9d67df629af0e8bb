"""Logs name identifiers, codes and durations, never content."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

import structlog

# A field that is not on this list does not reach the log, whoever passes it.
ALLOWED_FIELDS = frozenset(
    {
        "event",
        "level",
        "timestamp",
        "logger",
        "action",
        "actor",
        "object",
        "code",
        "status",
        "method",
        "route",
        "milliseconds",
        "count",
        "reference",
        "exception_type",
    }
)


def keep_allowed_fields(
    _logger: object, _name: str, fields: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    return {key: value for key, value in fields.items() if key in ALLOWED_FIELDS}


structlog.configure(
    processors=[
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        keep_allowed_fields,
        structlog.processors.JSONRenderer(),
    ],
    logger_factory=structlog.WriteLoggerFactory(),
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {
        "console": {"class": "logging.StreamHandler", "level": "ERROR"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "ERROR"},
    # Django's own loggers put paths and messages with content into their lines. A logger without
    # any handler would still write to stderr, through the last resort of the standard library.
    "loggers": {
        "django.request": {"handlers": ["nowhere"], "propagate": False},
        "django.security": {"handlers": ["nowhere"], "propagate": False},
        "django.db.backends": {"handlers": ["nowhere"], "propagate": False},
    },
}
