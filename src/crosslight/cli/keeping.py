"""`crosslight ledger` over time: shards, time stamps, witnesses, holds, retirement, keys."""

from __future__ import annotations

from dataclasses import asdict

import click

from crosslight.cli.exported import VERIFIER_KEY
from crosslight.cli.support import (
    PROBLEM,
    USAGE,
    Command,
    console,
    fail,
    json_option,
    print_json,
    start_django,
    usable_database,
)
from crosslight.core.evidence.notes import VerifierKey

_year = click.argument("year", type=click.IntRange(1000, 9999))


@click.command(cls=Command, epilog="Example: crosslight ledger shards")
@json_option
def shards(*, as_json: bool) -> None:
    """List the ledger's years: size, time stamp, cosignatures, holds."""
    start_django()
    from crosslight.ledger.asking import policy
    from crosslight.ledger.selectors import shards as all_shards

    with usable_database():
        found = all_shards()
        chosen = policy()
    known = chosen.witnesses if chosen else {}
    names = {key.to_text(): name for name, key in known.items()}
    if as_json:
        print_json(
            {"shards": [asdict(shard) | {"is_stamped": shard.is_stamped} for shard in found]}
        )
        return
    for shard in found:
        state = "retired" if shard.is_retired else "closed" if shard.is_closed else "open"
        stamped = "not yet stamped"
        if shard.stamped:
            stamped = "stamped" if shard.is_stamped else f"stamped up to {shard.stamped}"
        cosigned = [
            f"{names.get(key, key.partition('+')[0])} up to {size}"
            for key, size in shard.cosigned.items()
        ]
        held = f", held for {', '.join(shard.holds)}" if shard.holds else ""
        click.echo(
            f"{shard.origin}: {state}, {shard.size} entries, {stamped}, "
            f"cosigned by {', '.join(cosigned) or 'nobody'}{held}."
        )


@click.command(cls=Command, epilog="Example: crosslight ledger stamp")
@json_option
@click.pass_context
def stamp(context: click.Context, *, as_json: bool) -> None:
    """Have the ledger's present state stamped by the time stamping authority of the settings.

    Status 0: every shard is stamped. Status 1: some are not yet; nothing else is held up by that.
    """
    start_django()
    from crosslight.ledger.stamping import stamp_ledger

    with usable_database():
        found = stamp_ledger()
    if as_json:
        print_json({"stamps": [asdict(each) for each in found]})
    elif not found:
        click.echo("Nothing grew since the last time stamp.")
    for each in () if as_json else found:
        if each.at is not None:
            click.echo(
                f"{each.year}: {each.size} entries, stamped at {each.at:%Y-%m-%dT%H:%M:%SZ}."
            )
        else:
            click.echo(
                f"{each.year}: {each.size} entries, not yet stamped. {each.problem}", err=True
            )
    context.exit(PROBLEM if any(each.problem for each in found) else 0)


@click.command(
    "ask-witness",
    cls=Command,
    epilog="Example: crosslight ledger ask-witness https://witness.example.org --vkey ./dpo.vkey",
)
@click.argument("url", required=False)
@click.option("--vkey", type=VERIFIER_KEY, help="The witness's public key, or a file with it.")
@json_option
@click.pass_context
def ask_witness(
    context: click.Context, *, url: str | None, vkey: VerifierKey | None, as_json: bool
) -> None:
    """Ask the witness at URL, or those of the settings' policy, to cosign the ledger.

    Sends a signed checkpoint and the proof that it continues the last one; no entry leaves.
    Status 0: all cosigned. Status 1: some did not yet; nothing else is held up by that.
    """
    if (url is None) != (vkey is None):
        raise fail("A witness's address and its --vkey go together.", status=USAGE)
    start_django()
    from crosslight.ledger.asking import Witness, ask_witnesses, policy, witnesses_of

    with usable_database():
        chosen = witnesses_of(policy()) if url is None or vkey is None else (Witness(vkey, url),)
        found = ask_witnesses(chosen)
    if as_json:
        print_json({"asked": [asdict(each) for each in found], "quorum": _quorum()})
    else:
        for each in found:
            said = f"not cosigned yet. {each.problem}" if each.problem else "cosigned."
            click.echo(
                f"{each.witness}: {each.year}, {each.size} entries, {said}", err=bool(each.problem)
            )
        if not found:
            click.echo("Nothing grew since the last cosignature.")
        if (quorum := _quorum()) is not None:
            click.echo(f"The quorum of the policy is {'met' if quorum else 'NOT met'}.")
    context.exit(PROBLEM if any(each.problem for each in found) else 0)


def _quorum() -> bool | None:
    """Is the policy's quorum met for the present state? None without a policy."""
    from crosslight.ledger.asking import policy
    from crosslight.ledger.selectors import shards as all_shards

    chosen, found = policy(), all_shards()
    if chosen is None or not found:
        return None
    newest = found[-1]
    cosigners = [
        name
        for name, key in chosen.witnesses.items()
        if newest.cosigned.get(key.to_text()) == newest.size
    ]
    return chosen.is_met_by(cosigners)


@click.command(cls=Command, epilog="Example: crosslight ledger hold 2026 --reference CASE-2027-14")
@_year
@click.option("--reference", required=True, help="Code of the proceeding, without spaces.")
def hold(*, year: int, reference: str) -> None:
    """Keep the ledger of YEAR for a proceeding, whatever the limit of the settings says."""
    start_django()
    from crosslight.ledger.retention import hold_shard

    with usable_database():
        hold_shard(actor=console(), year=year, reference=reference)
    click.echo(f"{year} is held for {reference}.")


@click.command(
    cls=Command, epilog="Example: crosslight ledger release 2026 --reference CASE-2027-14"
)
@_year
@click.option("--reference", required=True, help="The code under which it is held.")
def release(*, year: int, reference: str) -> None:
    """End the hold on the ledger of YEAR; other holds on it stay."""
    start_django()
    from crosslight.ledger.retention import release_shard

    with usable_database():
        release_shard(actor=console(), year=year, reference=reference)
    click.echo(f"{year} is no longer held for {reference}.")


@click.command(
    cls=Command, epilog="Example: crosslight ledger retire 2026 --reason art-25-national-limit"
)
@_year
@click.option("--reason", required=True, help="Code of the provision, without spaces.")
@click.confirmation_option(prompt="The entries of that year are deleted for good. Go on?")
def retire(*, year: int, reason: str) -> None:
    """Delete the ledger of YEAR, if it is closed, old enough and not held.

    Its name, size and signed root stay, and the deletion is on record. Backups and exports are not
    touched: they end by their own limits.
    """
    start_django()
    from crosslight.ledger.retention import retire_shard

    with usable_database():
        count = retire_shard(actor=console(), year=year, reason=reason)
    click.echo(f"{count} entries of {year} are deleted. Their root stays on record.")


@click.command("rotate-key", cls=Command, epilog="Example: crosslight ledger rotate-key")
@json_option
def rotate_key(*, as_json: bool) -> None:
    """Exchange the ledger's key: on record, signed by the old one and the new.

    The old key is overwritten. Back the new one up, and give the public key to auditors; witnesses
    need the receipt of the entry.
    """
    start_django()
    from crosslight.ledger.exchange import rotate_key as rotate

    with usable_database():
        done = rotate(actor=console())
    if as_json:
        print_json({"index": done.index, "old": done.old.to_text(), "new": done.new.to_text()})
        return
    click.echo(f"Entry {done.index}: from now on, checkpoints are signed with")
    click.echo(done.new.to_text())
