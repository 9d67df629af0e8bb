"""Decrypting what came under age, in a process of its own with limits and nothing else to do.

The input is a stranger's. The identity goes in by standard input, never as an argument; the output
is a draft that the caller puts into place only after a clean end.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

_MEMORY = 512 * 2**20
_SECONDS = 600
_CANNOT = 3


class CannotOpen(ValueError):
    """Not encrypted to this deployment, damaged, or larger than a package may be."""


def open_age(source: Path, target: Path, *, identity: str, most_bytes: int) -> None:
    """Write what `source` holds into the existing file `target`."""
    command = [sys.executable, "-m", "crosslight.custody.opening"]
    done = subprocess.run(  # noqa: S603  our own module, paths as arguments
        [*command, str(source), str(target), str(most_bytes)],
        input=identity.encode("ascii"),
        capture_output=True,
        timeout=2 * _SECONDS,
        check=False,
    )
    if done.returncode != 0:
        raise CannotOpen


def main() -> int:
    from pyrage import DecryptError, decrypt_file, x25519

    from crosslight.core.evidence.packages.faults import PackageFault
    from crosslight.core.evidence.packages.transport import check_header

    source, target, most_bytes = sys.argv[1:]
    identity = x25519.Identity.from_str(sys.stdin.read().strip())
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(most_bytes), int(most_bytes)))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    try:
        with Path(source).open("rb") as sealed:
            # An endless header would keep the library busy for minutes.
            check_header(sealed)
        decrypt_file(source, target, [identity])
    except (DecryptError, OSError, PackageFault, ValueError):
        return _CANNOT
    return 0


if __name__ == "__main__":
    sys.exit(main())
