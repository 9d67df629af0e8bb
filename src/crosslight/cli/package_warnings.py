"""What a file would betray, said before it is signed and sent rather than after.

INSPECT is the one line at which an inspection is joined on; without one this says so, and warns of
what the contributor wrote down.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Protocol

import click

from crosslight.cli.support import PROBLEM, fail
from crosslight.core.evidence.canonical import JSON
from crosslight.core.evidence.packages.building import Source

LOCATION, CREDENTIALS = "contains_location", "contains_request_credentials"
MINOR, NOT_ALL_SEEN = "possible_minor", "not_looked_through"
_WARNINGS = {
    LOCATION: "says where it was made. Whoever gets it learns the place.",
    CREDENTIALS: "carries cookies or passwords that a browser sent. Whoever gets it could go on as "
    "that person: sign out everywhere first.",
}
MINOR_QUESTION = (
    "Does any file show, or might it show, a person under 18 in a sexual way? (Answer yes if you "
    "are not sure.)"
)
_STOP = (
    "Nothing was signed, copied or sent. Do not send such a file to anybody, not even to us, and "
    "do not copy it: in most countries that is a crime, whatever the purpose. Report where it was "
    "found to your national hotline (inhope.org lists them) or to the police. If a child is in "
    "danger now, call the emergency number."
)
_UNSEEN = (
    "Nobody looked into the files for places, cookies and passwords; only what you said of them is "
    "in the package."
)


class Inspected(Protocol):
    @property
    def flags(self) -> Collection[str]: ...


INSPECT: Callable[[Path], Inspected] | None = None


def check_minors(sources: Sequence[Source], *, answer: str | None) -> str | None:
    """The answer: given, said in the facts, or asked for where a person is at the keyboard."""
    said = any(_flags(source).get(MINOR) is True for source in sources)
    if answer is None and not said and sys.stdin.isatty():
        answer = "yes" if click.confirm(MINOR_QUESTION, default=True, err=True) else "no"
    if said or answer == "yes":
        raise fail(_STOP, status=PROBLEM)
    return answer


def warned(
    files: Sequence[Path], sources: Sequence[Source], *, minors: str | None, is_accepted: bool
) -> list[Source]:
    """The sources, each with the flags that were found; ends where nobody accepts a warning."""
    if INSPECT is None:
        click.echo(_UNSEEN, err=True)
    found = [_found(file) for file in files]
    for file, flags in zip(files, found, strict=True):
        if NOT_ALL_SEEN in flags:
            click.echo(f"Not all of {file} could be looked at: there may be more in it.", err=True)
    flagged = [
        _with_flags(source, flags, minors=minors)
        for source, flags in zip(sources, found, strict=True)
    ]
    warnings = [
        f"{file} {_WARNINGS[flag]}"
        for file, source in zip(files, flagged, strict=True)
        for flag in _WARNINGS
        if _flags(source).get(flag) is True
    ]
    for warning in warnings:
        click.echo(f"Warning: {warning}", err=True)
    if warnings and not is_accepted and not _confirmed():
        raise fail(
            "Nothing was signed. A package holds files as they are: nothing can be taken out of "
            "them. Leave the file out, or pack it all the same with --accept-warnings.",
            status=PROBLEM,
        )
    return flagged


def _confirmed() -> bool:
    return sys.stdin.isatty() and click.confirm("Pack it all the same?", default=False, err=True)


def _found(file: Path) -> frozenset[str]:
    return frozenset() if INSPECT is None else frozenset(map(str, INSPECT(file).flags))


def _with_flags(source: Source, found: frozenset[str], *, minors: str | None) -> Source:
    """An inspection adds what it found; what it did not find is not thereby absent."""
    flags: dict[str, JSON] = {flag: True for flag in _WARNINGS if flag in found}
    if minors == "no":
        flags[MINOR] = False
    whole = {**_flags(source), **flags}
    if not whole:
        return source
    return Source(source.open, source.suffix, source.role, {**source.facts, "flags": whole})


def _flags(source: Source) -> dict[str, JSON]:
    flags = source.facts.get("flags")
    return dict(flags) if isinstance(flags, dict) else {}
