"""C2PA, read without a network: none, intact but of an unknown signer, or broken.

A manifest that lies on a server is never fetched: the request would tell the server's owner, who
may be the suspect, that somebody looks at the picture.
"""

from __future__ import annotations

from typing import BinaryIO

import c2pa

from crosslight.core.evidence.captures.findings import Finding
from crosslight.custody.inspection.results import Code, Provenance

SETTINGS = {"verify": {"remote_manifest_fetch": False, "ocsp_fetch": False}}
_INTACT = frozenset({"Valid", "Trusted"})


def make_context() -> c2pa.Context:
    """To be made before the child is confined: it reads what the library needs."""
    return c2pa.Context.from_dict(SETTINGS)


def readable_types() -> frozenset[str]:
    return frozenset(c2pa.Reader.get_supported_mime_types())


def read_provenance(
    file: BinaryIO, media_type: str, context: c2pa.Context
) -> tuple[Provenance, tuple[Finding, ...]]:
    file.seek(0)
    try:
        with c2pa.Reader(media_type, file, context=context) as reader:
            state = reader.get_validation_state()
    except (c2pa.C2paError.ManifestNotFound, c2pa.C2paError.NotSupported):
        return Provenance.NONE, ()
    except c2pa.C2paError as error:
        # The library has a class for these, and yet raises the general one.
        if str(error).startswith("Remote"):
            return Provenance.NONE, (Finding(Code.PROVENANCE_ELSEWHERE.value),)
        return Provenance.BROKEN, (Finding(Code.PROVENANCE_UNREADABLE.value),)
    return (Provenance.INTACT_UNTRUSTED if state in _INTACT else Provenance.BROKEN), ()
