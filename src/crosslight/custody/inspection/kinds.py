"""What a file is by its content, and whether its name says something else."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import BinaryIO

import puremagic

from crosslight.core.evidence.captures.entries import open_zip
from crosslight.core.evidence.captures.findings import CaptureFault
from crosslight.custody.inspection.results import MEDIA_TYPE, UNKNOWN_TYPE

WACZ, WARC, WARC_GZ = "application/wacz", "application/warc", "application/warc+gzip"
ZIP, GZIP, PDF, SVG, HTML = (
    "application/zip",
    "application/gzip",
    "application/pdf",
    "image/svg+xml",
    "text/html",
)
TEXT = "text/plain"
IMAGES = frozenset({"image/jpeg", "image/png", "image/webp"})
PICTURES = IMAGES | {"image/gif", "image/tiff", "image/bmp", "image/heic", "image/avif"}
BOXED = frozenset({"video/mp4", "video/quicktime", "audio/mp4", "video/3gpp"})
_HEAD_BYTES = 4096
_SURE_ENOUGH = 0.6

_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"%PDF-", PDF),
    (b"WARC/", WARC),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"MZ", "application/vnd.microsoft.portable-executable"),
    (b"\x7fELF", "application/x-elf"),
    (b"#!", "text/x-script"),
)
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_BRANDS = {
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heic",
    b"msf1": "image/heic",
    b"avif": "image/avif",
    b"avis": "image/avif",
    b"qt  ": "video/quicktime",
    b"M4A ": "audio/mp4",
    b"3gp4": "video/3gpp",
    b"3gp5": "video/3gpp",
}
_OFFICE = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
OFFICE = frozenset(_OFFICE.values())
PROGRAMS = frozenset(
    {
        "application/vnd.microsoft.portable-executable",
        "application/x-elf",
        "text/x-script",
        "application/vnd.android.package-archive",
        "application/java-archive",
    }
)

# Types that a suffix promises. A suffix that is not here promises nothing.
_VIDEO = frozenset({"video/mp4", "video/quicktime", "video/3gpp", "audio/mp4"})
_WORDS = frozenset({TEXT, "application/json", "text/csv", "application/xml"})
PROMISED: Mapping[str, frozenset[str]] = {
    ".jpg": frozenset({"image/jpeg"}),
    ".jpeg": frozenset({"image/jpeg"}),
    ".png": frozenset({"image/png"}),
    ".gif": frozenset({"image/gif"}),
    ".webp": frozenset({"image/webp"}),
    ".tif": frozenset({"image/tiff"}),
    ".tiff": frozenset({"image/tiff"}),
    ".bmp": frozenset({"image/bmp"}),
    ".heic": frozenset({"image/heic"}),
    ".heif": frozenset({"image/heic"}),
    ".avif": frozenset({"image/avif"}),
    ".svg": frozenset({SVG}),
    ".mp4": _VIDEO,
    ".m4v": _VIDEO,
    ".mov": _VIDEO,
    ".3gp": _VIDEO,
    ".m4a": _VIDEO,
    ".webm": frozenset({"video/webm"}),
    ".mkv": frozenset({"video/webm"}),
    ".avi": frozenset({"video/x-msvideo"}),
    ".wav": frozenset({"audio/wav"}),
    ".mp3": frozenset({"audio/mpeg"}),
    ".ogg": frozenset({"audio/ogg"}),
    ".flac": frozenset({"audio/flac"}),
    ".pdf": frozenset({PDF}),
    ".wacz": frozenset({WACZ}),
    ".warc": frozenset({WARC}),
    ".gz": frozenset({GZIP, WARC_GZ}),
    ".zip": frozenset({ZIP, WACZ, *_OFFICE.values()}),
    ".docx": frozenset({_OFFICE["word/"]}),
    ".xlsx": frozenset({_OFFICE["xl/"]}),
    ".pptx": frozenset({_OFFICE["ppt/"]}),
    ".html": frozenset({HTML, TEXT}),
    ".htm": frozenset({HTML, TEXT}),
    ".txt": _WORDS,
    ".csv": _WORDS,
    ".json": _WORDS,
}


def detect(file: BinaryIO) -> str:
    """By content alone; `application/octet-stream` where nothing is known of it."""
    file.seek(0)
    head = file.read(_HEAD_BYTES)
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_zip(file)
    if head.startswith(b"\x1f\x8b"):
        return WARC_GZ if _unpacked_head(head).startswith(b"WARC/") else GZIP
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "video/mp4")
    if head.startswith(b"RIFF"):
        return _RIFF.get(head[8:12], UNKNOWN_TYPE)
    marked = next((kind for mark, kind in _MARKS if head.startswith(mark)), None)
    return marked or _kind_of_text(head) or _by_list(head)


def differs(detected: str, *, suffix: str, declared: str | None) -> bool:
    """Whether suffix or declaration promise another type than it is."""
    if detected not in PROMISED.get(suffix, frozenset({detected})):
        return True
    if declared is None or declared == detected:
        return False
    of_one_kind = [kinds for kinds in PROMISED.values() if detected in kinds]
    return not any(declared in kinds for kinds in of_one_kind)


def _kind_of_zip(file: BinaryIO) -> str:
    try:
        names = list(open_zip(file).entries)
    except CaptureFault:
        return ZIP
    if "datapackage.json" in names:
        return WACZ
    if "AndroidManifest.xml" in names:
        return "application/vnd.android.package-archive"
    if "META-INF/MANIFEST.MF" in names:
        return "application/java-archive"
    for folder, kind in _OFFICE.items():
        if "[Content_Types].xml" in names and any(name.startswith(folder) for name in names):
            return kind
    return ZIP


def _unpacked_head(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(head, 64)
    except zlib.error:
        return b""


def _kind_of_text(head: bytes) -> str | None:
    if b"\0" in head:
        return None
    try:
        # A character may be cut at the end of what was read.
        text = head[:-3].decode() if len(head) == _HEAD_BYTES else head.decode()
    except UnicodeDecodeError:
        return None
    start = text.lstrip("\ufeff \t\r\n").lower()
    if start.startswith(("<!doctype html", "<html")) or "<script" in start:
        return SVG if "<svg" in start and "<html" not in start else HTML
    if "<svg" in start:
        return SVG
    return "application/xml" if start.startswith("<?xml") else TEXT


def _by_list(head: bytes) -> str:
    """What puremagic knows beside the types that we look into."""
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return UNKNOWN_TYPE
    named = (
        match.mime_type
        for match in found
        if match.confidence >= _SURE_ENOUGH and MEDIA_TYPE.fullmatch(match.mime_type or "")
    )
    return next(named, UNKNOWN_TYPE)
