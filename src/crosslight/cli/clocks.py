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
    """Expire drafts, go on with imports and files, remind, escalate, destroy keys, mail.

    Safe to repeat. Has the ledger stamped and cosigned about every hour, where the settings say by
    whom.
    """
    start_django()
    from crosslight.accounts.tasks import deliver_notices
    from crosslight.contributions.services import expire_drafts, expire_imports, work_on_imports
    from crosslight.coordination.services.clocks import escalate_overdue
    from crosslight.custody.tasks import work
    from crosslight.foundation.clock import now
    from crosslight.foundation.sealing import destruction

    counts = {
        "drafts_expired": expire_drafts(now()),
        "imports_expired": expire_imports(),
        "packages": work(now()).brought_to_rest,
        "escalated": len(escalate_overdue(now())),
        "import_batches": work_on_imports(),
        "keys_destroyed": destruction.sweep(),
        "mails": deliver_notices() if read_environment().mail_url else 0,
        **_proven_outside(),
    }
    if as_json:
        print_json(counts)
    else:
        click.echo(
            f"Drafts expired: {counts['drafts_expired']}; packages: {counts['packages']}; "
            f"escalated: {counts['escalated']}; keys destroyed: {counts['keys_destroyed']}; "
            f"mails: {counts['mails']}; import batches: {counts['import_batches']}; "
            f"imports expired: {counts['imports_expired']}; time stamps: {counts['stamps']}; "
            f"cosignatures: {counts['cosignatures']}."
        )


def _proven_outside() -> dict[str, int]:
    """Last, since others may be slow to answer; whoever does not is asked again."""
    from crosslight.ledger.asking import ask_witnesses, policy, witnesses_of
    from crosslight.ledger.stamping import HOURLY, is_configured, stamp_ledger

    stamped = stamp_ledger(least_age=HOURLY) if is_configured() else ()
    witnesses = witnesses_of(policy())
    asked = ask_witnesses(witnesses, least_age=HOURLY) if witnesses else ()
    outcomes = {
        "stamps": [each.problem for each in stamped],
        "cosignatures": [each.problem for each in asked],
    }
    for problem in filter(None, (*outcomes["stamps"], *outcomes["cosignatures"])):
        click.echo(f"Not yet: {problem}", err=True)
    return {name: problems.count("") for name, problems in outcomes.items()}
