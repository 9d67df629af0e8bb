"""`crosslight clocks`: let the clocks of the procedures run out, as a timer would call it."""

from __future__ import annotations

import click

from crosslight.cli.support import Command, CommandGroup, json_option, print_json, start_django
from crosslight.config.environment import read_environment


@click.group(cls=CommandGroup)
def clocks() -> None:
    """Deadlines of drafts and matches, and work on files."""


@clocks.command(cls=Command, name="run", epilog="Example: crosslight clocks run (every minute)")
@json_option
def run_clocks(*, as_json: bool) -> None:
    """Expire old drafts, work on files, remind, escalate what is overdue, mail. Safe to repeat."""
    start_django()
    from crosslight.accounts.tasks import deliver_notices
    from crosslight.contributions.services import expire_drafts
    from crosslight.coordination.services.clocks import escalate_overdue
    from crosslight.custody.tasks import work
    from crosslight.foundation.clock import now

    counts = {
        "drafts_expired": expire_drafts(now()),
        "packages": work(now()).brought_to_rest,
        "escalated": len(escalate_overdue(now())),
        "mails": deliver_notices() if read_environment().mail_url else 0,
    }
    if as_json:
        print_json(counts)
    else:
        click.echo(
            f"Drafts expired: {counts['drafts_expired']}; packages: {counts['packages']}; "
            f"escalated: {counts['escalated']}; mails: {counts['mails']}."
        )
