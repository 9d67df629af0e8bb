"""What a file would betray, said before it is signed and sent rather than after."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from pathlib import Path

import click

from crosslight.cli.package_captures import NO_SOUND_CAPTURE
from crosslight.cli.support import PROBLEM, fail
from crosslight.core.evidence.canonical import JSON
from crosslight.core.evidence.packages.building import Source
from crosslight.core.evidence.packages.captured import SUFFIXES
from crosslight.custody.inspection import Flag, inspect_files

MINOR = "possible_minor"
_WARNINGS = {
    Flag.CONTAINS_LOCATION: "says where it was made. Whoever gets it learns the place.",
    Flag.CONTAINS_REQUEST_CREDENTIALS: "carries cookies or passwords that a browser sent. Whoever "
    "gets it could go on as that person: sign out everywhere first.",
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
    found = [seen.flags for seen in inspect_files(files)]
    for file, flags in zip(files, found, strict=True):
        if Flag.NOT_LOOKED_THROUGH in flags:
            click.echo(f"Not all of {file} could be looked at: there may be more in it.", err=True)
    _refuse_damaged(files, sources, found)
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


def _refuse_damaged(
    files: Sequence[Path], sources: Sequence[Source], found: Sequence[Collection[Flag]]
) -> None:
    """A capture that is damaged and said to be whole would be refused by whoever verifies it."""
    for file, source, flags in zip(files, sources, found, strict=True):
        is_capture = source.suffix in SUFFIXES
        if is_capture and NO_SOUND_CAPTURE & frozenset(flags) and not source.facts.get("defects"):
            raise fail(
                f"{file} is a damaged capture, or none. Nothing was signed. Capture the page "
                'again, or say in the facts what is wrong with it: {"defects": ["truncated"]}.',
                status=PROBLEM,
            )


def _confirmed() -> bool:
    return sys.stdin.isatty() and click.confirm("Pack it all the same?", default=False, err=True)


def _with_flags(source: Source, found: frozenset[Flag], *, minors: str | None) -> Source:
    """An inspection adds what it found; what it did not find is not thereby absent."""
    flags: dict[str, JSON] = {flag.value: True for flag in _WARNINGS if flag in found}
    if minors == "no":
        flags[MINOR] = False
    whole = {**_flags(source), **flags}
    if not whole:
        return source
    return Source(source.open, source.suffix, source.role, {**source.facts, "flags": whole})


def _flags(source: Source) -> dict[str, JSON]:
    flags = source.facts.get("flags")
    return dict(flags) if isinstance(flags, dict) else {}
