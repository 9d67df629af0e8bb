"""A process that turns the year again and again, and exchanges the key: killed by its parent.

Prints a year once its first act is committed, and again once the key of that year is exchanged.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import django

django.setup()

from crosslight.core.policy import system_actor  # noqa: E402
from crosslight.core.vocabulary.people import Role  # noqa: E402
from crosslight.foundation import clock  # noqa: E402
from crosslight.foundation.identifiers import new_id  # noqa: E402
from crosslight.foundation.transactions import act  # noqa: E402
from crosslight.ledger.acts import Act  # noqa: E402
from crosslight.ledger.exchange import rotate_key  # noqa: E402
from crosslight.ledger.services import record  # noqa: E402

CONSOLE = system_actor("console", Role.ADMINISTRATOR)


def main(*, first: int) -> None:
    for year in range(first, 9999):
        with clock.at(datetime(year, 1, 1, tzinfo=UTC)):
            with act():
                record(actor=CONSOLE, act=Act.CONTRIBUTION_SUBMITTED, objects=[new_id("con")])
            sys.stdout.write(f"acted {year}\n")
            sys.stdout.flush()
            rotate_key(actor=CONSOLE)
            sys.stdout.write(f"rotated {year}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(first=int(sys.argv[1]))
