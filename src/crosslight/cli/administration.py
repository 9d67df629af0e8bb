"""What an operator sets up at the console: countries, organisations, units, people, keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import available_timezones

import click

from crosslight.cli.support import (
    USAGE,
    Command,
    CommandGroup,
    console,
    fail,
    json_option,
    print_json,
    start_django,
)
from crosslight.core.vocabulary.contributors import ContributorKind
from crosslight.core.vocabulary.people import ActorKind, Role
from crosslight.foundation import clock
from crosslight.foundation.errors import NotFoundOrHidden

if TYPE_CHECKING:
    from crosslight.accounts.models import User

DAY = click.DateTime(["%Y-%m-%d"])
_CODE_LETTERS = 2
_LONGEST_TEXT = 100
# The day after the last one must be a date too.
_LAST_YEAR = 9998

M = TypeVar("M")


def _future(_context: click.Context, _parameter: click.Parameter, value: datetime) -> date:
    if value.date() < clock.today():
        raise click.BadParameter(f"{value.date()} is past.")
    if value.year > _LAST_YEAR:
        raise click.BadParameter(f"{value.date()} is too far off.")
    return value.date()


def _code(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    if len(value) != _CODE_LETTERS or not (value.isascii() and value.isalpha()):
        raise click.BadParameter("two letters are wanted, such as SN.")
    return value.upper()


def _time_zone(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    if value not in available_timezones():
        raise click.BadParameter(f"{value!r} is no time zone, such as Africa/Dakar.")
    return value


def _text(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    if not value.strip() or len(value) > _LONGEST_TEXT:
        raise click.BadParameter(f"1 to {_LONGEST_TEXT} characters are wanted.")
    return value.strip()


def _existing(find: Callable[[str], M], what: str, name: str) -> M:
    """What was named on the command line, or one clear line."""
    from django.core.exceptions import ObjectDoesNotExist

    try:
        return find(name)
    except (ObjectDoesNotExist, NotFoundOrHidden) as error:
        raise fail(f"There is no {what} {name}.", status=USAGE) from error


def _account(email: str) -> User:
    from crosslight.accounts.selectors import user_by_email

    user = user_by_email(email)
    if user is None:
        raise fail(
            f"There is no account {email}. Add it first: crosslight person add.", status=USAGE
        )
    return user


def _check_password(password: str | None) -> None:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    if password is None:
        return
    try:
        validate_password(password)
    except ValidationError as error:
        raise fail(" ".join(error.messages), status=USAGE) from error


def _done(*, as_json: bool, sentence: str, **values: object) -> None:
    if as_json:
        print_json(values)
    else:
        click.echo(sentence)


@click.group(cls=CommandGroup)
def country() -> None:
    """Countries of the partnership."""


@country.command(cls=Command, epilog="Example: crosslight country add XN Norland --region GB")
@click.argument("code", callback=_code)
@click.argument("name", callback=_text)
@click.option("--time-zone", default="UTC", show_default=True, callback=_time_zone)
@click.option("--languages", default="en", show_default=True)
@click.option(
    "--region",
    default="GB",
    callback=_code,
    help="ISO code that unmarked phone numbers are read with.",
)
@json_option
def add(
    *, code: str, name: str, time_zone: str, languages: str, region: str, as_json: bool
) -> None:
    """Add a country."""
    start_django()
    from crosslight.partnerships import services

    made = services.add_country(
        actor=console(),
        code=code,
        name=name,
        time_zone=time_zone,
        languages=languages,
        dialling_region=region,
    )
    _done(as_json=as_json, sentence=f"Added {made.name} ({made.pk}).", id=made.pk)


@click.group(cls=CommandGroup)
def contributor() -> None:
    """Organisations that may contribute."""


@contributor.command(
    cls=Command,
    epilog='Example: crosslight contributor accredit "Harbour Shelter" --kind shelter '
    "--country XN --until 2027-12-31",
)
@click.argument("name", callback=_text)
@click.option("--kind", type=click.Choice([kind.value for kind in ContributorKind]), required=True)
@click.option("--country", "country_code", required=True, callback=_code)
@click.option(
    "--until", type=DAY, required=True, callback=_future, help="Last day of the accreditation."
)
@json_option
def accredit(*, name: str, kind: str, country_code: str, until: date, as_json: bool) -> None:
    """Accredit a contributor organisation until a date."""
    start_django()
    from crosslight.partnerships import selectors, services

    place = _existing(selectors.country, "country", country_code)
    made = services.accredit_contributor(
        actor=console(),
        partnership=services.main_partnership(actor=console()),
        country=place,
        name=name,
        kind=ContributorKind(kind),
        until=until,
    )
    _done(as_json=as_json, sentence=f"Accredited {made.name} ({made.pk}).", id=made.pk)


@click.group(cls=CommandGroup)
def unit() -> None:
    """Units and desks of public authorities."""


@unit.command(
    cls=Command,
    name="add",
    epilog='Example: crosslight unit add "Unit A" --country XN --duty "Sgt Example" '
    '--phone "+44 7700 900100"',
)
@click.argument("name", callback=_text)
@click.option("--country", "country_code", required=True, callback=_code)
@click.option("--duty", required=True, help="Name of the duty contact.")
@click.option("--phone", required=True, help="Phone of the duty contact.")
@click.option("--languages", default="en", show_default=True)
@json_option
def add_unit(
    *, name: str, country_code: str, duty: str, phone: str, languages: str, as_json: bool
) -> None:
    """Add a unit, with an authority of its own name around it."""
    start_django()
    from crosslight.foundation.transactions import act
    from crosslight.partnerships import selectors, services

    place = _existing(selectors.country, "country", country_code)
    with act():
        authority = services.add_authority(
            actor=console(),
            partnership=services.main_partnership(actor=console()),
            country=place,
            name=name,
        )
        made = services.add_unit(
            actor=console(),
            organisation=authority,
            name=name,
            duty=services.DutyContact(name=duty, phone=phone, languages=languages),
        )
    _done(
        as_json=as_json,
        sentence=f"Added {made.name} ({made.pk}) of authority {authority.pk}.",
        id=made.pk,
        organisation=authority.pk,
    )


@click.group(cls=CommandGroup)
def person() -> None:
    """People and machine reporters."""


@person.command(
    cls=Command,
    name="add",
    epilog="Example: crosslight person add amina@example.org 'Amina' --password",
)
@click.argument("email")
@click.argument("name", callback=_text)
@click.option("--machine", is_flag=True, help="A machine reporter: signs in with a key only.")
@click.password_option(
    required=False,
    prompt_required=False,
    help="First password; asked for where none follows. Without this option nobody can sign in.",
)
@json_option
def add_person(
    *, email: str, name: str, machine: bool, password: str | None, as_json: bool
) -> None:
    """Add an account. It may do nothing until it is given a mandate."""
    start_django()
    from crosslight.partnerships import services

    _check_password(password)
    made = services.add_person(
        actor=console(),
        email=email,
        name=name,
        kind=ActorKind.MACHINE if machine else ActorKind.PERSON,
        password=None if machine else password,
    )
    _done(as_json=as_json, sentence=f"Added {made.email} ({made.pk}).", id=made.pk)


@person.command(
    cls=Command, name="password", epilog="Example: crosslight person password amina@example.org"
)
@click.argument("email")
@click.password_option(help="New password; asked for when not given.")
@json_option
def set_password(*, email: str, password: str, as_json: bool) -> None:
    """Give a person a new password. Their second factor stays as it is."""
    start_django()
    from crosslight.partnerships import services

    user = _account(email)
    _check_password(password)
    services.set_password(actor=console(), user=user, password=password)
    _done(as_json=as_json, sentence=f"Set a new password for {user.email}.", id=user.pk)


@click.group(cls=CommandGroup, epilog=f"Roles: {', '.join(Role)}.")
def mandate() -> None:
    """Roles, given until a date on a legal basis."""


@mandate.command(
    cls=Command,
    epilog="Example: crosslight mandate grant amina@example.org reporter --organisation org_… "
    '--basis "Protocol 12/2026" --until 2027-12-31',
)
@click.argument("email")
@click.argument("role", metavar="ROLE", type=click.Choice([role.value for role in Role]))
@click.option("--organisation", required=True)
@click.option("--unit", "unit_id")
@click.option("--basis", required=True, help="Legal basis of the mandate.")
@click.option("--until", type=DAY, required=True, callback=_future, help="Last day.")
@json_option
def grant(
    *,
    email: str,
    role: str,
    organisation: str,
    unit_id: str | None,
    basis: str,
    until: date,
    as_json: bool,
) -> None:
    """Give a person one role in one organisation."""
    start_django()
    from crosslight.partnerships import selectors, services

    made = services.grant_mandate(
        actor=console(),
        user=_account(email),
        role=Role(role),
        organisation=_existing(selectors.organisation, "organisation", organisation),
        unit=_existing(selectors.unit, "unit", unit_id) if unit_id else None,
        legal_basis=basis,
        valid_until=_end_of(until),
    )
    _done(as_json=as_json, sentence=f"Granted {role} to {email} ({made.pk}).", id=made.pk)


@mandate.command(
    cls=Command, name="revoke", epilog="Example: crosslight mandate revoke man_… (as grant said)"
)
@click.argument("mandate_id", metavar="MANDATE")
@json_option
def revoke_mandate(*, mandate_id: str, as_json: bool) -> None:
    """End a mandate now: at its holder's next request it opens nothing."""
    start_django()
    from crosslight.partnerships import services

    _existing(
        lambda wanted: services.revoke_mandate(actor=console(), mandate_id=wanted),
        "mandate",
        mandate_id,
    )
    _done(as_json=as_json, sentence=f"Revoked {mandate_id}.", id=mandate_id)


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=UTC)


@click.group(cls=CommandGroup)
def key() -> None:
    """Keys of machine reporters."""


@key.command(
    cls=Command,
    epilog="Example: crosslight key create robot@example.org --label intake --scope contributions",
)
@click.argument("email")
@click.option("--label", required=True)
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    required=True,
    type=click.Choice(["contributions", "entities", "matches", "ledger"]),
)
@json_option
def create(*, email: str, label: str, scopes: tuple[str, ...], as_json: bool) -> None:
    """Make a bearer key, shown once. It expires after a year at the latest."""
    start_django()
    from crosslight.partnerships import services

    made = services.create_api_key(
        actor=console(), user=_account(email), label=label, scopes=scopes
    )
    _done(
        as_json=as_json,
        sentence=f"Key {made.credential.pk}, shown this once:\n{made.secret}",
        id=made.credential.pk,
        secret=made.secret,
    )


@key.command(
    cls=Command, name="revoke", epilog="Example: crosslight key revoke key_… (as create said)"
)
@click.argument("key_id", metavar="KEY")
@json_option
def revoke_key(*, key_id: str, as_json: bool) -> None:
    """End a bearer key now: its next use is refused."""
    start_django()
    from crosslight.partnerships import services

    _existing(lambda wanted: services.revoke_api_key(actor=console(), key_id=wanted), "key", key_id)
    _done(as_json=as_json, sentence=f"Revoked {key_id}.", id=key_id)
