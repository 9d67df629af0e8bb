"""`crosslight custody`: files in custody, for whoever runs the deployment and for the desk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from crosslight.cli.support import (
    PROBLEM,
    CommandGroup,
    console,
    fail,
    json_option,
    print_json,
    start_django,
    usable_database,
)
from crosslight.core.vocabulary.custody import AccessPurpose

if TYPE_CHECKING:
    from crosslight.core.policy import Actor
    from crosslight.custody.models import Package

_country_option = click.option(
    "--country", required=True, help="Whose desk you act for: two letters, such as XN."
)


@click.group(cls=CommandGroup)
def custody() -> None:
    """Files that contributors sent: work on them, look at them, release and export them."""


@custody.command(epilog="Example: crosslight custody work (every minute)")
@json_option
def work(*, as_json: bool) -> None:
    """Check, look into and seal what arrived; clear what was given up. Safe to repeat."""
    start_django()
    from dataclasses import asdict

    from crosslight.custody import tasks
    from crosslight.foundation.clock import now

    with usable_database():
        worked = tasks.work(now())
    if as_json:
        print_json(asdict(worked))
    else:
        click.echo(
            f"Brought to rest: {worked.brought_to_rest}; expired: {worked.expired}; "
            f"cleared: {worked.cleared}; failed: {worked.failed}."
        )
    if worked.failed:
        raise fail("Some packages failed; they are tried again. The log names them.")


@custody.command("list", epilog="Example: crosslight custody list --country XN")
@_country_option
@json_option
def list_them(*, country: str, as_json: bool) -> None:
    """List the files of a desk, the last sent first. It goes on record."""
    start_django()
    from crosslight.custody.services import list_packages

    with usable_database():
        rows = [_as_dict(row) for row in list_packages(actor=_desk(country))]
    if as_json:
        print_json({"packages": rows})
        return
    for row in rows:
        click.echo(f"{row['id']}  {row['state']:<14}  {row['size']:>12}  {row['form']}")
    click.echo(f"{len(rows)} in all.")


@custody.command(epilog="Example: crosslight custody show pkg_… --country XN")
@click.argument("package_id")
@_country_option
@json_option
def show(*, package_id: str, country: str, as_json: bool) -> None:
    """Show the chain of custody of one file and what was checked. It goes on record."""
    start_django()
    from crosslight.core.evidence.packages.moments import write_moment
    from crosslight.custody.services import consult_package

    with usable_database():
        opened = consult_package(actor=_desk(country), package_id=package_id)
    steps = [
        {"step": each.step, "time": write_moment(each.at), "fingerprint": each.fingerprint}
        for each in opened.steps
    ]
    body = opened.verification.body if opened.verification else {}
    checks = dict(body.get("checks", []))
    if as_json:
        print_json({**_as_dict(opened.package), "steps": steps, "checks": checks})
        return
    for name, value in _as_dict(opened.package).items():
        click.echo(f"{name}: {value}")
    for name, state in checks.items():
        click.echo(f"check {name}: {state}")
    for each in steps:
        click.echo(f"{each['time']}  {each['step']:<10}  {each['fingerprint']}")


@custody.command(epilog="Example: crosslight custody release pkg_… --country XN")
@click.argument("package_id")
@_country_option
@json_option
def release(*, package_id: str, country: str, as_json: bool) -> None:
    """Let the desk open and export a file. It is a step of its chain of custody."""
    start_django()
    from crosslight.custody.services import release_package

    with usable_database():
        package = release_package(actor=_desk(country), package_id=package_id)
    if as_json:
        print_json(_as_dict(package))
    else:
        click.echo(f"Released {package.pk}.")


@custody.command(
    epilog="Example: crosslight custody export pkg_… --country XN --recipient org_… "
    '--purpose court --reason "Asked for by the court in writing" --out advert.osint.zip'
)
@click.argument("package_id")
@_country_option
@click.option("--recipient", required=True, help="Id of the authority that gets it.")
@click.option(
    "--purpose",
    required=True,
    type=click.Choice([each.value for each in AccessPurpose]),
    help="What for.",
)
@click.option("--reason", required=True, help="Why, in a sentence. It goes on record.")
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="New file for the package.",
)
@json_option
def export(
    *,
    package_id: str,
    country: str,
    recipient: str,
    purpose: str,
    reason: str,
    out: Path,
    as_json: bool,
) -> None:
    """Write a package with its whole chain into a file, for a named authority."""
    start_django()
    from crosslight.custody.services import export_package

    if out.exists():
        raise fail(f"{out} is there already; name a new file.", status=PROBLEM)
    with usable_database():
        leaving = export_package(
            actor=_desk(country),
            package_id=package_id,
            recipient_id=recipient,
            purpose=AccessPurpose(purpose),
            reason=reason,
        )
    with leaving.file, out.open("xb") as file:
        for chunk in leaving.chunks:
            file.write(chunk)
    if as_json:
        print_json({"out": str(out), "bytes": leaving.size})
    else:
        click.echo(f"Wrote {out} ({leaving.size} bytes).")


@custody.command(epilog="Example: crosslight custody recipient > intake.age.pub")
@json_option
def recipient(*, as_json: bool) -> None:
    """Print the keys of the intake: what contributors encrypt to, and who signs statements."""
    start_django()
    from crosslight.custody import keys

    found = {"recipient": keys.recipient(), "signer": keys.platform_name()}
    if as_json:
        print_json(found)
    else:
        click.echo(f"encrypt to: {found['recipient']}\nsigned by:  {found['signer']}")


@custody.command(epilog="Example: crosslight custody trust org_… sha256:34750f98bd59fcfc946da45a…")
@click.argument("organisation_id")
@click.argument("fingerprint")
@json_option
def trust(*, organisation_id: str, fingerprint: str, as_json: bool) -> None:
    """Register a contributor's signing key that you compared with its owner, by phone for one."""
    start_django()
    from crosslight.custody.services import register_key

    with usable_database():
        key = register_key(
            actor=console(), organisation_id=organisation_id, fingerprint=fingerprint
        )
    if as_json:
        print_json({"organisation": organisation_id, "fingerprint": key.fingerprint})
    else:
        click.echo(f"Registered {key.fingerprint} for {organisation_id}.")


def _desk(country: str) -> Actor:
    """Whoever can run commands beside the database acts for a desk; the ledger says `console`."""
    from dataclasses import replace

    from crosslight.core.vocabulary.people import DESK_ROLES

    return replace(console(), roles=DESK_ROLES, country=country.upper())


def _as_dict(package: Package) -> dict[str, object]:
    return {
        "id": package.pk,
        "evidence_id": package.evidence_id,
        "contribution": package.contribution_id,
        "state": package.state,
        "form": package.form,
        "size": package.size,
        "sha256": package.sha256,
        "sealed_sha256": package.sealed_sha256,
        "fault": package.fault,
        "ledger_index": package.ledger_index,
    }
