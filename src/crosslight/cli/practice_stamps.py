"""Time stamps in a practice world: from an authority that this process runs for itself alone."""

from __future__ import annotations

from pathlib import Path
from shutil import which
from threading import Thread

from crosslight.cli.local_authority import POLICY, ROOT, AuthorityServer, make_authority
from crosslight.config.environment import use_stamps

_HOST = "127.0.0.1"


def run_authority(folder: Path) -> bool:
    """Run one out of `folder` until this process ends, and have the ledger ask it.

    Must come before Django settings are first read. False without openssl: then there is none, and
    the pages say that the ledger is not yet stamped.
    """
    if which("openssl") is None:
        return False
    make_authority(folder)
    server = AuthorityServer((_HOST, 0), folder=folder)
    Thread(target=server.serve_forever, daemon=True).start()
    use_stamps(url=f"http://{_HOST}:{server.server_address[1]}/", root=folder / ROOT, policy=POLICY)
    return True


def stamp_now() -> bool:
    """Whether the ledger, as it stands, bears a time stamp afterwards."""
    from crosslight.ledger.stamping import stamp_ledger

    return all(each.at is not None for each in stamp_ledger())
