from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from crosslight.custody.inspection import Flag, ObjectInspection, inspect_file
from crosslight.custody.inspection.results import Code
from tests.core.evidence.captures.making import SECRET, old_wacz, request, wacz, warc
from tests.custody.inspection import pictures
from tests.custody.inspection.pictures import PLACE, XMP, exif, picture, png_with


def look(folder: Path, data: bytes, name: str) -> ObjectInspection:
    path = folder / name
    path.write_bytes(data)
    seen = inspect_file(path)
    assert path.read_bytes() == data
    return seen


def codes(seen: ObjectInspection) -> set[str]:
    return {finding.code for finding in seen.findings}


def tiff() -> bytes:
    """Its directories are those of a TIFF; there are no pixels."""
    return exif(place=PLACE).tobytes()[6:]


PLACES: dict[str, tuple[str, Callable[[], bytes], Code]] = {
    "EXIF of a JPEG": ("a.jpg", lambda: picture(exif=exif(place=PLACE)), Code.LOCATION_IN_EXIF),
    "EXIF of a PNG": (
        "a.png",
        lambda: picture("PNG", exif=exif(place=PLACE)),
        Code.LOCATION_IN_EXIF,
    ),
    "EXIF at the end of a PNG": (
        "a.png",
        lambda: png_with((b"eXIf", exif(place=PLACE).tobytes()[6:])),
        Code.LOCATION_IN_EXIF,
    ),
    "EXIF of a WebP": (
        "a.webp",
        lambda: picture("WEBP", exif=exif(place=PLACE)),
        Code.LOCATION_IN_EXIF,
    ),
    "EXIF of a TIFF": ("a.tif", tiff, Code.LOCATION_IN_EXIF),
    "EXIF of a HEIC": ("a.heic", pictures.heic, Code.LOCATION_IN_EXIF),
    "EXIF behind the end": ("a.jpg", pictures.hidden_behind, Code.LOCATION_IN_EXIF),
    "EXIF in hexadecimal": ("a.png", pictures.exif_in_hexadecimal, Code.LOCATION_IN_EXIF),
    "XMP of a JPEG": ("a.jpg", lambda: picture(xmp=XMP), Code.LOCATION_IN_XMP),
    "XMP packed in a PNG": ("a.png", pictures.packed_xmp, Code.LOCATION_IN_XMP),
    "IPTC": ("a.jpg", pictures.iptc, Code.LOCATION_IN_IPTC),
    "user data of an MP4": ("a.mp4", pictures.place_in_user_data, Code.LOCATION_IN_VIDEO),
    "keys of a QuickTime": ("a.mov", pictures.place_in_keys, Code.LOCATION_IN_VIDEO),
    "loci of a 3GPP": ("a.3gp", pictures.place_in_3gpp, Code.LOCATION_IN_VIDEO),
    "a track of places": ("a.mp4", pictures.track_of_places, Code.LOCATION_IN_VIDEO),
}


@pytest.mark.parametrize("case", PLACES)
def test_a_place_is_found_wherever_it_is_written(tmp_path: Path, case: str):
    name, make, code = PLACES[case]
    seen = look(tmp_path, make(), name)
    assert Flag.CONTAINS_LOCATION in seen.flags
    assert code.value in codes(seen)
    assert Flag.MISMATCHED_TYPE not in seen.flags
    assert "52" not in repr(seen)


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.jpg", picture),
        ("a.jpg", lambda: picture(exif=exif(place={0: b"\2\3\0\0"}))),
        ("a.png", lambda: picture("PNG")),
        ("a.webp", lambda: picture("WEBP")),
        ("a.mp4", pictures.recording),
        ("a.txt", lambda: b"nothing to see"),
    ],
)
def test_what_betrays_nothing_is_not_flagged(tmp_path: Path, name: str, make):
    seen = look(tmp_path, make(), name)
    assert seen.flags == frozenset()
    assert seen.findings == ()


def test_the_device_is_found(tmp_path: Path):
    seen = look(tmp_path, picture(exif=exif(model="Example Phone 7")), "a.jpg")
    assert seen.flags == {Flag.CONTAINS_DEVICE_TRACES}
    assert "Example" not in repr(seen)


TYPES = {
    "jpeg as png": ("a.png", picture, "image/jpeg", True),
    "program as jpeg": ("a.jpg", lambda: b"MZ" + bytes(300), None, True),
    "page as text": ("a.txt", lambda: b"<html><script>1</script>", "text/html", True),
    "wacz as zip": ("a.zip", wacz, "application/wacz", False),
    "wacz as wacz": ("a.wacz", wacz, "application/wacz", False),
    "warc": ("a.warc", lambda: warc(packed=False), "application/warc", False),
    "warc packed": ("a.warc.gz", warc, "application/warc+gzip", False),
    "unknown suffix": ("a.xyz", picture, "image/jpeg", False),
    "nothing": ("a.bin", lambda: b"", "text/plain", False),
}


@pytest.mark.parametrize("case", TYPES)
def test_the_type_is_that_of_the_content(tmp_path: Path, case: str):
    name, make, kind, differs = TYPES[case]
    seen = look(tmp_path, make(), name)
    assert kind in {None, seen.media_type}
    assert (Flag.MISMATCHED_TYPE in seen.flags) is differs


def office(*names: str) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", "word/document.xml", *names):
            archive.writestr(name, b"x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", b"<!DOCTYPE html><p>x"),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("a.exe", b"MZ" + bytes(100)),
        ("a.sh", b"#!/bin/sh\n"),
        ("a.pdf", b"%PDF-1.7 /OpenAction << /S /JavaScript >>"),
        ("a.docx", office("word/vbaProject.bin")),
        ("a.wacz", wacz()),
    ],
)
def test_what_can_run_is_flagged(tmp_path: Path, name: str, data: bytes):
    assert Flag.CONTAINS_SCRIPTS in look(tmp_path, data, name).flags


def test_where_not_everything_is_looked_at_it_is_said(tmp_path: Path):
    for name, data in (("a.docx", office()), ("a.pdf", b"%PDF-1.7"), ("a.flac", b"fLaC")):
        seen = look(tmp_path, data, name)
        assert Flag.NOT_LOOKED_THROUGH in seen.flags
        assert Code.NOT_LOOKED_INTO.value in codes(seen)


def test_credentials_in_captures_are_flagged(tmp_path: Path):
    record = warc(lambda writer: request(writer, ("Cookie", SECRET)))
    seen = look(tmp_path, record, "a.warc.gz")
    assert Flag.CONTAINS_REQUEST_CREDENTIALS in seen.flags
    assert SECRET not in repr(seen)
    assert look(tmp_path, old_wacz(), "a.wacz").flags == {Flag.CONTAINS_SCRIPTS}


def test_a_damaged_capture_is_flagged(tmp_path: Path):
    seen = look(tmp_path, wacz()[:-30], "a.zip")
    assert Flag.DAMAGED in seen.flags


@pytest.mark.parametrize("data", [picture()[:200], b"\x89PNG\r\n\x1a\n", b"GIF89a"])
def test_a_damaged_picture_is_flagged_and_not_an_error(tmp_path: Path, data: bytes):
    seen = look(tmp_path, data, "a")
    assert Flag.NOT_LOOKED_THROUGH not in seen.flags
    assert seen.media_type.startswith("image/")
