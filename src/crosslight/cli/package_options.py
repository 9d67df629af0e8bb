"""Options by which several commands on packages are told whom to believe."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

import click
from cryptography.x509 import Certificate

from crosslight.cli.exported import POLICY, VERIFIER_KEY
from crosslight.cli.support import USAGE, fail
from crosslight.core.evidence.notes import VerifierKey
from crosslight.core.evidence.quorum import TrustPolicy
from crosslight.core.evidence.receipts import LedgerTrust
from crosslight.core.evidence.timestamps import Authority, StampFault, read_roots

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_Command = Callable[..., Any]


def stamp_options(command: _Command) -> _Command:
    """`--tsa-root` and `--tsa-policy`, handed on as `authority_trusted`."""

    @click.option(
        "--tsa-root",
        "roots",
        multiple=True,
        type=_FILE,
        help="Root certificate in PEM of a time-stamp authority that you trust.",
    )
    @click.option(
        "--tsa-policy",
        "policies",
        multiple=True,
        metavar="OID",
        help="The policy that it must stamp under.",
    )
    @wraps(command)
    def taking(*, roots: Sequence[Path], policies: Sequence[str], **others: object) -> object:
        return command(authority_trusted=_authority(roots, policies), **others)

    return taking


def ledger_options(command: _Command) -> _Command:
    """`--ledger` and `--policy`, handed on as `ledger_trusted`."""

    @click.option(
        "--ledger",
        "ledger_key",
        type=VERIFIER_KEY,
        help="Public key of a ledger that you trust, or a file with it.",
    )
    @click.option(
        "--policy",
        type=POLICY,
        help="File that names ledgers, their witnesses and how many must have cosigned.",
    )
    @wraps(command)
    def taking(
        *, ledger_key: VerifierKey | None, policy: TrustPolicy | None, **others: object
    ) -> object:
        return command(ledger_trusted=_ledger(ledger_key, policy), **others)

    return taking


def _authority(roots: Sequence[Path], policies: Sequence[str]) -> Authority | None:
    if not roots:
        if policies:
            raise fail("--tsa-policy goes with --tsa-root.", status=USAGE)
        return None
    found: list[Certificate] = []
    for path in roots:
        try:
            found += read_roots(path.read_bytes())
        except StampFault as error:
            raise fail(f"{path} is not a certificate in PEM.", status=USAGE) from error
    return Authority(tuple(found), frozenset(policies))


def _ledger(key: VerifierKey | None, policy: TrustPolicy | None) -> LedgerTrust | None:
    if key is None and policy is None:
        return None
    if key is None and policy is not None and not policy.ledgers:
        raise fail("Name the ledger's key with --ledger, or a policy that does.", status=USAGE)
    return LedgerTrust(key, policy)
