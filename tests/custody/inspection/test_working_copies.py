from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from crosslight.core.evidence.packages.facts import Role
from crosslight.custody.inspection import (
    InspectionLimits,
    NoWorkingCopy,
    WorkingCopy,
    inspect_file,
    make_working_copy,
)
from crosslight.custody.inspection.working_copies import Reason
from tests.core.evidence.packages.making import (
    PACKAGE,
    STRANGER,
    TOOL,
    build,
    source,
    trusting,
    verdict,
)
from tests.custody.inspection import pictures
from tests.custody.inspection.pictures import ORIENTATION, PLACE, XMP, exif, picture
from tests.custody.inspection.test_inspecting import stand_in

TURNED = 6
# What a decoder says of every picture of its kind.
OF_THE_FORMAT = {"jfif", "jfif_version", "jfif_unit", "jfif_density"} | {
    "loop",
    "background",
    "timestamp",
    "duration",
}


def packed(folder: Path, data: bytes, suffix: str = ".jpg") -> Path:
    path = folder / "a.osint.zip"
    path.write_bytes(build(source(b"first"), source(data, suffix=suffix)))
    return path


def copied(folder: Path, data: bytes, suffix: str = ".jpg", **limits: int) -> WorkingCopy:
    return make_working_copy(packed(folder, data, suffix), 2, limits=InspectionLimits(**limits))


def opened(copy: WorkingCopy) -> Image.Image:
    image = Image.open(io.BytesIO(copy.content))
    image.load()
    return image


KINDS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}


@pytest.mark.parametrize("kind", KINDS)
def test_pixels_come_along_and_nothing_else(tmp_path: Path, kind: str):
    betraying = exif(place=PLACE, model="Example Phone 7")
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    more = {"pnginfo": pictures.png_with_texts()} if kind == "PNG" else {"xmp": XMP}
    original = picture(kind, exif=betraying, icc_profile=profile, **more) + b"behind the end"
    copy = copied(tmp_path, original, KINDS[kind])
    image = opened(copy)
    assert (image.format, image.size) == (kind, (40, 20))
    red, blue = (image.convert("RGB").getpixel((x, 10)) for x in (5, 35))
    assert red[0] > 200 > red[2]
    assert blue[2] > 200 > blue[0]
    assert image.info.keys() <= OF_THE_FORMAT
    for secret in (b"Exif", b"Example", b"GPS", b"behind the end", b"Jane", b"prof"):
        assert secret not in copy.content
    again = tmp_path / f"copy{KINDS[kind]}"
    again.write_bytes(copy.content)
    assert inspect_file(again).flags == frozenset()


def test_it_stands_upright(tmp_path: Path):
    copy = copied(tmp_path, picture(exif=exif(orientation=TURNED)))
    image = opened(copy)
    assert image.size == (copy.width, copy.height) == (20, 40)
    assert ORIENTATION not in image.getexif()
    assert image.getpixel((10, 5))[0] > 200


def test_a_picture_of_a_present_phone_fits_into_memory(tmp_path: Path):
    """Fifty megapixels, lying on their side, with a colour profile."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = picture(size=(8160, 6144), exif=exif(orientation=TURNED), icc_profile=profile)
    copy = copied(tmp_path, data)
    assert (copy.width, copy.height) == (6144, 8160)


@pytest.mark.parametrize(
    ("kind", "mode", "expected"),
    [
        ("JPEG", "CMYK", "RGB"),
        ("JPEG", "L", "L"),
        ("PNG", "P", "RGB"),
        ("PNG", "RGBA", "RGBA"),
        ("PNG", "1", "1"),
        ("PNG", "I;16", "L"),
        # What covers everything anyway, the encoder leaves out.
        ("WEBP", "RGBA", "RGB"),
    ],
)
def test_every_kind_of_pixel_is_shown(tmp_path: Path, kind: str, mode: str, expected: str):
    if mode == "I;16":
        out = io.BytesIO()
        Image.new("I;16", (4, 4), 40_000).save(out, "PNG")
        image = opened(copied(tmp_path, out.getvalue(), ".png"))
        assert image.getpixel((1, 1)) == 40_000 // 256
    else:
        image = opened(copied(tmp_path, picture(kind, mode=mode), KINDS[kind]))
    assert image.mode == expected


def test_of_a_moving_picture_it_shows_the_first_frame(tmp_path: Path):
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    copy = copied(tmp_path, out.getvalue(), ".png")
    assert copy.frames == 2
    assert opened(copy).getpixel((1, 1)) == (255, 0, 0)
    assert copy.as_source(tool=TOOL).facts["defects"] == ["first_frame_only"]


def test_a_new_package_says_of_which_file_it_was_made(tmp_path: Path):
    original = picture(exif=exif(place=PLACE))
    path = packed(tmp_path, original)
    before = path.read_bytes()
    copy = make_working_copy(path, 2)
    made = verdict(build(copy.as_source(tool=TOOL)))
    assert made.holds
    item = made.description.items[0]
    assert item.role is Role.DERIVED
    digest = hashlib.sha256(original).hexdigest()
    assert item.facts["derived_from"] == copy.derived_from == f"{PACKAGE}#{digest}"
    assert item.sha256 == hashlib.sha256(copy.content).hexdigest()
    assert path.read_bytes() == before


def refused(act) -> Reason:
    with pytest.raises(NoWorkingCopy) as caught:
        act()
    return caught.value.reason


def test_what_is_no_picture_of_these_kinds_is_refused(tmp_path: Path):
    for data in (b"words", picture("GIF"), picture("TIFF"), b"<svg/>"):
        assert refused(lambda data=data: copied(tmp_path, data, ".bin")) is Reason.KIND


def test_a_picture_that_does_not_decode_is_refused(tmp_path: Path):
    assert refused(lambda: copied(tmp_path, picture()[:300])) is Reason.UNREADABLE


def test_a_bomb_is_refused_before_it_is_decoded(tmp_path: Path):
    """As much memory as a small picture needs."""
    bomb = pictures.png_of_size(60_000, 60_000)
    narrow = {"memory_bytes": 200 * 2**20, "cpu_seconds": 5}
    assert refused(lambda: copied(tmp_path, bomb, ".png", **narrow)) is Reason.TOO_LARGE


def test_memory_that_runs_out_is_a_reason(tmp_path: Path):
    out = io.BytesIO()
    Image.new("RGB", (7000, 7000)).save(out, "PNG")
    with pytest.raises(NoWorkingCopy) as caught:
        copied(tmp_path, out.getvalue(), ".png", memory_bytes=200 * 2**20)
    assert (caught.value.reason, caught.value.detail) == (Reason.STOPPED, "memory_limit")


def test_an_object_that_is_not_there_is_refused(tmp_path: Path):
    path = packed(tmp_path, picture())
    for number in (0, 3):
        assert refused(lambda number=number: make_working_copy(path, number)) is Reason.NO_OBJECT


def test_a_package_that_does_not_hold_is_not_copied_from(tmp_path: Path):
    path = packed(tmp_path, picture())
    other = trusting(STRANGER)
    assert refused(lambda: make_working_copy(path, 2, expected=other)) is Reason.PACKAGE
    path.write_bytes(path.read_bytes().replace(b"first", b"other"))
    assert refused(lambda: make_working_copy(path, 2)) is Reason.PACKAGE


HEADER = '{"copy": {"media_type": "%s", "width": 1, "height": 1, "frames": 1, "size": %s}}'
LIES = {
    "another kind": (HEADER % ("text/html", 6), "<html>"),
    "another content": (HEADER % ("image/jpeg", 6), "<html>"),
    "another size": (HEADER % ("image/png", 3), "\\x89PNG"),
    "no size": (HEADER % ("image/jpeg", '"x"'), "<html>"),
    "no header": ('{"copy": []}', ""),
    "a field more": ('{"copy": {"media_type": "image/jpeg", "more": 1}}', ""),
}


@pytest.mark.parametrize("name", LIES)
def test_a_child_that_lies_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
):
    path = packed(tmp_path, picture())
    header, content = LIES[name]
    stand_in(monkeypatch, tmp_path, f"print({header!r})\nprint('{content}', end='')\n")
    assert refused(lambda: make_working_copy(path, 2)) is Reason.STOPPED
