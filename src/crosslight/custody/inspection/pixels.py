"""Encoding a picture anew from its pixels. Runs in the confined child only; see worker.

Everything else is left behind: EXIF, XMP, IPTC, profiles, comments, previews, further frames, bytes
behind the end. Orientation and colour profile are applied first, so that it looks the same.
"""

from __future__ import annotations

import io
import warnings
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

from PIL import Image, ImageCms, ImageOps

from crosslight.custody.inspection import kinds

_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_QUALITY = 92
_PLAIN = {"JPEG": ("L", "RGB"), "PNG": ("1", "L", "LA", "RGB", "RGBA"), "WEBP": ("RGB", "RGBA")}


class Refusal(StrEnum):
    KIND = "kind"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"


class NoPixels(Exception):
    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Encoded:
    """`frames` is how many the original has; the copy shows the first."""

    media_type: str
    width: int
    height: int
    frames: int
    content: bytes


def encode_anew(file: BinaryIO, *, most_pixels: int) -> Encoded:
    """Raises NoPixels: another kind, too many pixels to decode, or nothing that decodes."""
    media_type = kinds.detect(file)
    if media_type not in _FORMATS:
        raise NoPixels(Refusal.KIND)
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(file, formats=[_FORMATS[media_type]]) as image:
                fits = image.width * image.height <= most_pixels
                encoded = _encode(image, media_type) if fits else None
    except MemoryError:
        raise
    # Pillow's readers raise whatever they come upon in damaged files.
    except Exception as error:
        raise NoPixels(Refusal.UNREADABLE) from error
    if encoded is None:
        raise NoPixels(Refusal.TOO_LARGE)
    return encoded


def _encode(image: Image.Image, media_type: str) -> Encoded:
    frames = getattr(image, "n_frames", 1)
    kind = _FORMATS[media_type]
    # In place, since a large picture would not fit into memory three times.
    ImageOps.exif_transpose(image, in_place=True)
    _to_srgb(image)
    plain = _plain(image, kind)
    # What an encoder would take along lies here, and here only.
    plain.info.clear()
    out = io.BytesIO()
    if kind == "PNG":
        plain.save(out, kind, exif=b"")
    else:
        plain.save(out, kind, exif=b"", quality=_QUALITY)
    return Encoded(media_type, plain.width, plain.height, frames, out.getvalue())


def _to_srgb(image: Image.Image) -> None:
    """A profile that cannot be used is dropped: colours differ then, the picture does not."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "RGBA"}:
        return
    with suppress(ImageCms.PyCMSError, OSError, ValueError):
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), inPlace=True)


def _plain(image: Image.Image, kind: str) -> Image.Image:
    if image.mode in _PLAIN[kind]:
        return image
    if image.mode.startswith("I;16"):
        # Sixteen bits of grey, of which a screen shows the upper eight.
        return image.convert("I").point(lambda value: value / 256).convert("L")
    has_alpha = image.mode in {"LA", "PA", "RGBA", "La", "RGBa"} or "transparency" in image.info
    return image.convert("RGBA" if has_alpha and kind != "JPEG" else "RGB")
