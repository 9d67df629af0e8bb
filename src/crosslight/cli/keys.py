"""`crosslight keys`: how the key store stands, and renewing what its keys are wrapped in."""

from __future__ import annotations

import click

from crosslight.cli.support import (
    CommandGroup,
    console,
    json_option,
    print_json,
    start_django,
    usable_database,
)

PURPOSES = ("contribution", "victim", "audit", "package")


@click.group(cls=CommandGroup)
def keys() -> None:
    """Keys that seal contributions, victims' data, the record's payloads and packages."""


@keys.command(epilog="Example: crosslight keys status")
@json_option
def status(*, as_json: bool) -> None:
    """Count the keys of each purpose: in use, destroyed, waiting to be destroyed."""
    start_django()
    from crosslight.foundation.sealing import upkeep

    with usable_database():
        found = upkeep.status()
        due = upkeep.due()
    if as_json:
        print_json(
            {
                "waiting": due,
                "purposes": {
                    each.purpose.value: {
                        "newest": each.newest,
                        "live": each.live,
                        "destroyed": each.destroyed,
                        "wrapped_under": each.keks,
                    }
                    for each in found
                },
            }
        )
        return
    for each in found:
        click.echo(
            f"{each.purpose.value}: {each.live} in use, {each.destroyed} destroyed, "
            f"wrapped under {each.newest or 'nothing yet'}"
        )
        for kek, number in each.keks.items():
            if kek != each.newest:
                click.echo(f"  {number} still under {kek}: run crosslight keys rotate.")
    if due:
        click.echo(f"{due} wait to be destroyed: run crosslight clocks run.")


@keys.command(epilog="Example: crosslight keys rotate contribution")
@click.argument("purpose", type=click.Choice(PURPOSES))
@click.option(
    "--discard-old",
    "is_old_discarded",
    is_flag=True,
    help="Delete the old one: backups of the key store made before can then be opened by nobody.",
)
@json_option
def rotate(*, purpose: str, is_old_discarded: bool, as_json: bool) -> None:
    """Make a new key-encryption key and wrap all keys of PURPOSE anew. No sealed value changes."""
    start_django()
    from crosslight.foundation.sealing import upkeep
    from crosslight.foundation.sealing.purposes import Purpose
    from crosslight.foundation.transactions import act
    from crosslight.ledger.acts import Act
    from crosslight.ledger.services import record

    with usable_database():
        number = upkeep.rotate(Purpose(purpose), is_old_discarded=is_old_discarded)
        with act():
            record(actor=console(), act=Act.KEYS_ROTATED, reference=purpose)
    if as_json:
        print_json({"purpose": purpose, "wrapped": number})
    else:
        click.echo(f"Wrapped {number} keys anew. Make a backup of the new key-encryption key.")
