"""`crosslight erase`: a data-protection officer's acts at the console, under their own name."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from crosslight.cli.support import (
    USAGE,
    CommandGroup,
    fail,
    json_option,
    print_json,
    start_django,
    usable_database,
)
from crosslight.core.vocabulary.erasure import GROUND_LABELS, ErasureGround, ErasureKind

if TYPE_CHECKING:
    from crosslight.core.policy import Actor
    from crosslight.oversight.erasure.services import Preview

by_option = click.option(
    "--by",
    "email",
    required=True,
    metavar="EMAIL",
    help="The data-protection officer who decides; it is put on record in their name.",
)


@click.group(cls=CommandGroup)
def erase() -> None:
    """Erase or set aside what is held on a person, with everything that was made of it."""


@erase.command(epilog="Example: crosslight erase find --by dpo@example.org < identifier.txt")
@by_option
@json_option
def find(*, email: str, as_json: bool) -> None:
    """Read one exact identifier from standard input and list what names it, by id alone."""
    actor = _officer(email)
    from crosslight.oversight.erasure import services

    with usable_database():
        found = services.find_subject(actor=actor, identifier=sys.stdin.readline(4096))
    if as_json:
        print_json({"found": list(found)})
    else:
        click.echo("\n".join(found) or "Nothing names it.")


@erase.command(
    epilog="Example: crosslight erase request con_… --ground led_16_2_unlawful --by dpo@example.org"
)
@click.argument("object_id", metavar="ID")
@click.option("--ground", required=True, type=click.Choice([code.value for code in ErasureGround]))
@click.option("--restrict", "is_restriction", is_flag=True, help="Keep it, and take it out of use.")
@by_option
@json_option
def request(
    *, object_id: str, ground: str, is_restriction: bool, email: str, as_json: bool
) -> None:
    """Ask to erase a contribution or a record, and show what would go. Nothing goes yet."""
    actor = _officer(email)
    from crosslight.oversight.erasure import services

    with usable_database():
        made = services.request_erasure(
            actor=actor,
            object_id=object_id,
            kind=ErasureKind.RESTRICT if is_restriction else ErasureKind.ERASE,
            ground=ErasureGround(ground),
        )
        preview = services.preview_erasure(actor=actor, erasure_id=made.pk)
    _show(preview, as_json=as_json)


@erase.command(epilog="Example: crosslight erase confirm era_… --by dpo@example.org --yes")
@click.argument("erasure_id", metavar="ERASURE")
@click.option("--yes", "is_sure", is_flag=True, help="Do not ask again. It cannot be undone.")
@by_option
@json_option
def confirm(*, erasure_id: str, is_sure: bool, email: str, as_json: bool) -> None:
    """Do what was asked for. What is erased cannot be brought back; who read it is told."""
    actor = _officer(email)
    from crosslight.oversight.erasure import services

    with usable_database():
        if not is_sure:
            _show(services.preview_erasure(actor=actor, erasure_id=erasure_id), as_json=False)
            click.confirm("Do it now?", abort=True)
        done = services.confirm_erasure(actor=actor, erasure_id=erasure_id)
    _say(done.pk, done.state, as_json=as_json)


@erase.command(epilog="Example: crosslight erase drop era_… --by dpo@example.org")
@click.argument("erasure_id", metavar="ERASURE")
@by_option
@json_option
def drop(*, erasure_id: str, email: str, as_json: bool) -> None:
    """Decide not to do what was asked for."""
    actor = _officer(email)
    from crosslight.oversight.erasure import services

    with usable_database():
        done = services.drop_erasure(actor=actor, erasure_id=erasure_id)
    _say(done.pk, done.state, as_json=as_json)


@erase.command(epilog="Example: crosslight erase lift era_… --by dpo@example.org")
@click.argument("erasure_id", metavar="ERASURE")
@by_option
@json_option
def lift(*, erasure_id: str, email: str, as_json: bool) -> None:
    """Take what was set aside back into use. The person is to be told before."""
    actor = _officer(email)
    from crosslight.oversight.erasure import services

    with usable_database():
        done = services.lift_restriction(actor=actor, erasure_id=erasure_id)
    _say(done.pk, done.state, as_json=as_json)


@erase.command(name="list", epilog="Example: crosslight erase list --by dpo@example.org")
@by_option
@json_option
def list_(*, email: str, as_json: bool) -> None:
    """List erasures and restrictions of the officer's country, the newest first."""
    actor = _officer(email)
    from crosslight.oversight.erasure import services

    with usable_database():
        found = services.list_erasures(actor=actor)
    if as_json:
        rows = [
            {"id": each.pk, "object": each.object_id, "kind": each.kind, "state": each.state}
            for each in found.erasures
        ]
        print_json({"erasures": rows, "keys_waiting": found.waiting})
        return
    for each in found.erasures:
        click.echo(f"{each.pk}  {each.kind}  {each.object_id}  {each.state}  {each.ground}")
    click.echo(f"{len(found.erasures)} in all; {found.waiting} keys wait to be destroyed.")


def _officer(email: str) -> Actor:
    """The console has no second factor to ask for; the mandate has to be in force all the same."""
    start_django()
    from crosslight.accounts.selectors import user_by_email
    from crosslight.partnerships.selectors import actor_of

    with usable_database():
        user = user_by_email(email)
        if user is None:
            raise fail(f"There is no account for {email}.", status=USAGE)
        return actor_of(user, has_mfa=True)


def _show(preview: Preview, *, as_json: bool) -> None:
    erasure, reach = preview.erasure, preview.reach
    if as_json:
        print_json(
            {
                "id": erasure.pk,
                "object": erasure.object_id,
                "kind": erasure.kind,
                "ground": erasure.ground,
                "state": erasure.state,
                "counts": reach.counts,
                "told": list(reach.told),
                "copies_of_units": list(reach.copies),
            }
        )
        return
    click.echo(f"{erasure.pk}: {erasure.kind} {erasure.object_id}")
    click.echo(f"Ground: {GROUND_LABELS[ErasureGround(erasure.ground)]}")
    for name, number in reach.counts.items():
        click.echo(f"  {name.replace('_', ' ')}: {number}")
    click.echo(f"Told: {', '.join(reach.told) or 'nobody'}")
    if reach.copies:
        click.echo(f"Units' own records entered from it stay: {', '.join(reach.copies)}")
    click.echo(f"Next: crosslight erase confirm {erasure.pk}")


def _say(erasure_id: str, state: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"id": erasure_id, "state": state})
    else:
        click.echo(f"{erasure_id}: {state}.")
