"""Evidence packages: building and verifying, beside bagit-python, wacz and bare digests."""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import click
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from benchmarks.outside import ABSENT, run_stages
from benchmarks.processes import Run, run_command
from benchmarks.report import Cell, Report, json_option, quick_option, show, tell
from benchmarks.targets import (
    PACKAGE_BUILD,
    PACKAGE_MEMORY,
    PACKAGE_VERIFY,
    Verdict,
    judge,
)

_MIB = 2**20
_SEED = 1


@dataclass(frozen=True, slots=True)
class Size:
    """So many files of so many bytes, of which each is at most once in memory."""

    files: int
    file_bytes: int

    @property
    def mib(self) -> float:
        return self.files * self.file_bytes / _MIB


_WHOLE, _QUICK = Size(61, 4 * _MIB), Size(5, 64 * 2**10)


def reports(*, quick: bool = False) -> Iterator[Report]:
    size = _QUICK if quick else _WHOLE
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield _packages(folder, size, is_judged=not quick)
        yield _captures(folder, size)


def _packages(folder: Path, size: Size, *, is_judged: bool) -> Report:
    tell(f"{size.files} files, {size.mib:.0f} MiB …")
    sources = list(_written(folder / "files", size))
    package = folder / "whole.osint.zip"
    built = _build(folder, package, sources)
    verified = run_command([_crosslight(), "package", "verify", str(package)])
    digests = run_command(["sha256sum", *map(str, sources)])
    theirs = run_stages("bagit_bag", {"folder": str(_copied(sources, folder / "bag"))})
    rows = [
        _line("crosslight package build", size.mib, built.seconds, memory=built.peak_mib),
        _line("crosslight package verify", size.mib, verified.seconds, memory=verified.peak_mib),
        *_lines_of("bagit-python", size.mib, theirs),
        _line(
            "sha256sum: digests of files only", size.mib, digests.seconds, memory=digests.peak_mib
        ),
    ]
    return Report(
        title=f"A package of {size.files} files, {size.mib:.0f} MiB",
        rows=rows,
        notes=[
            "Ours are whole commands, from their start; build writes, reads again and verifies.",
            "bagit-python moves files within a folder and writes no archive; it signs nothing.",
            *([] if theirs else [ABSENT]),
        ],
        verdicts=_verdicts(built, verified, digests=digests.seconds) if is_judged else [],
    )


def _captures(folder: Path, size: Size) -> Report:
    """A recording of as many pages; ours packs it as it is, and `wacz` puts an index beside it."""
    tell("A recording of pages …")
    warc = folder / "pages.warc.gz"
    _write_recording(warc, size)
    mib = warc.stat().st_size / _MIB
    package, capture = folder / "capture.osint.zip", folder / "pages.wacz"
    theirs = run_stages("wacz_file", {"warc": str(warc), "out": str(capture)})
    held = capture if theirs else warc
    built = _build(folder, package, [held])
    verified = run_command([_crosslight(), "package", "verify", str(package)])
    return Report(
        title=f"A web capture of {size.files} pages, {mib:.1f} MiB",
        rows=[
            _line(f"crosslight package build of the {held.suffix}", mib, built.seconds),
            _line("crosslight package verify of it", mib, verified.seconds),
            *_lines_of("wacz", mib, theirs, build="create", verify="validate"),
        ],
        notes=[
            "wacz create also indexes every record, which ours leaves to whoever reads them.",
            *([] if theirs else [ABSENT]),
        ],
    )


def _verdicts(built: Run[None], verified: Run[None], *, digests: float) -> list[Verdict]:
    """Beside bare digests of the same files in the same run, since seconds are the machine's."""
    return [
        judge(PACKAGE_BUILD, built.seconds / digests),
        judge(PACKAGE_VERIFY, verified.seconds / digests),
        judge(PACKAGE_MEMORY, verified.peak_mib),
    ]


def _line(tool: str, mib: float, seconds: float, *, memory: float | None = None) -> dict[str, Cell]:
    return {
        "tool": tool,
        "MiB": mib,
        "seconds": seconds,
        "MiB per second": mib / seconds,
        "memory, MiB": memory,
    }


def _lines_of(
    peer: str,
    mib: float,
    stages: dict[str, float] | None,
    *,
    build: str = "make_bag",
    verify: str = "validate",
) -> list[dict[str, Cell]]:
    if stages is None:
        return []
    return [
        _line(f"{peer} {build}", mib, stages["build"]),
        _line(f"{peer} {verify}", mib, stages["verify"]),
    ]


def _build(folder: Path, out: Path, files: Sequence[Path]) -> Run[None]:
    return run_command(
        [
            *(_crosslight(), "package", "build", *map(str, files), "--out", str(out)),
            *("--key", str(folder / "key"), "--legal-basis", "no_personal_data", "--minors", "no"),
        ]
    )


def _crosslight() -> str:
    return str(Path(sys.executable).with_name("crosslight"))


def _written(folder: Path, size: Size) -> Iterator[Path]:
    """Files that cannot be packed any smaller; one seed always writes the same."""
    rng = random.Random(_SEED)
    folder.mkdir()
    for number in range(size.files):
        path = folder / f"{number:04}.bin"
        path.write_bytes(rng.randbytes(size.file_bytes))
        yield path


def _copied(sources: Sequence[Path], folder: Path) -> Path:
    """bagit-python works on a folder in place."""
    folder.mkdir()
    for source in sources:
        (folder / source.name).write_bytes(source.read_bytes())
    return folder


def _write_recording(path: Path, size: Size) -> None:
    rng = random.Random(_SEED)
    headers = [("Content-Type", "text/html")]
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number in range(size.files):
            page = b"<title>Page</title>" + rng.randbytes(size.file_bytes // 2).hex().encode()
            record = writer.create_warc_record(
                f"https://example.org/{number}",
                "response",
                payload=BytesIO(page),
                length=len(page),
                http_headers=StatusAndHeaders("200 OK", headers, protocol="HTTP/1.0"),
            )
            writer.write_record(record)


@click.command(epilog="Example: python -m benchmarks.packages --quick")
@quick_option
@json_option
def main(*, quick: bool, as_json: bool) -> None:
    """MiB per second of building and verifying packages, beside bagit-python and wacz."""
    show(reports(quick=quick), as_json=as_json)


if __name__ == "__main__":
    main()
