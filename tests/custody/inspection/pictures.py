"""Pictures and recordings that betray something, each in another way."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Mapping

from PIL import Image, PngImagePlugin

MODEL, GPS, ORIENTATION = 0x0110, 0x8825, 0x0112
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description '
    b'exif:GPSLatitude="52,22.5N" exif:GPSLongitude="4,53.1E"/></x:xmpmeta>'
)
PLACE = {1: "N", 2: (52.0, 22.0, 30.0), 3: "E", 4: (4.0, 53.0, 6.0)}


def exif(*, place: Mapping[int, object] | None = None, **tags: object) -> Image.Exif:
    made = Image.Exif()
    for name, value in tags.items():
        made[{"model": MODEL, "orientation": ORIENTATION}[name]] = value
    if place is not None:
        made[GPS] = dict(place)
    return made


def picture(kind: str = "JPEG", *, size: tuple[int, int] = (40, 20), mode: str = "RGB", **more):
    """Red on the left, blue on the right, so that turning it shows."""
    image = Image.new(mode, size, "red" if mode in {"RGB", "RGBA", "CMYK", "P"} else 1)
    if mode == "RGB":
        image.paste("blue", (size[0] // 2, 0, *size))
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def png_with(*chunks: tuple[bytes, bytes]) -> bytes:
    """Chunks before the end, where decoders that stop at the last pixel do not look."""
    plain = picture("PNG")
    return plain[:-12] + b"".join(chunk(*each) for each in chunks) + plain[-12:]


def chunk(kind: bytes, content: bytes) -> bytes:
    crc = zlib.crc32(kind + content)
    return struct.pack(">L", len(content)) + kind + content + struct.pack(">L", crc)


def png_of_size(width: int, height: int) -> bytes:
    """Says a size that nobody should decode, in a few bytes of nought."""
    head = struct.pack(">2L5B", width, height, 8, 2, 0, 0, 0)
    row = zlib.compress(bytes(2**20), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", row) + chunk(b"IEND", b"")


def packed_xmp() -> bytes:
    return png_with((b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(XMP)))


def exif_in_hexadecimal() -> bytes:
    data = exif(place=PLACE).tobytes()
    lines = f"\nexif\n{len(data):8}\n{data.hex()}\n".encode()
    return png_with((b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(lines)))


def jpeg_with_segment(content: bytes, *, kind: int) -> bytes:
    plain = picture()
    return plain[:2] + struct.pack(">BBH", 0xFF, kind, len(content) + 2) + content + plain[2:]


def iptc() -> bytes:
    city = b"\x1c\x02\x5a" + struct.pack(">H", 9) + b"Amsterdam"
    block = b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + struct.pack(">L", len(city)) + city
    return jpeg_with_segment(block, kind=0xED)


def hidden_behind() -> bytes:
    """The EXIF of another picture, behind the end of this one."""
    return picture() + picture(exif=exif(place=PLACE))


def heic() -> bytes:
    """The frame of one, with EXIF as phones put it there."""
    data = exif(place=PLACE).tobytes()
    content = struct.pack(">L", 6) + data
    return box(b"ftyp", b"heic\0\0\0\0mif1heic") + box(b"mdat", content)


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">L4s", 8 + len(content), kind) + content


def recording(*inside: bytes, brand: bytes = b"isom") -> bytes:
    head = box(b"ftyp", brand + b"\0\0\2\0" + brand)
    return head + box(b"moov", b"".join(inside)) + box(b"mdat", bytes(64))


def place_in_user_data() -> bytes:
    return recording(box(b"udta", box(b"\xa9xyz", b"\0\x12\x15\xc7+52.3702+004.8952/")))


def place_in_keys() -> bytes:
    key = b"com.apple.quicktime.location.ISO6709"
    keys = box(b"keys", bytes(4) + struct.pack(">L", 1) + box(b"mdta", key))
    return recording(box(b"meta", keys), brand=b"qt  ")


def place_in_3gpp() -> bytes:
    return recording(box(b"udta", box(b"loci", bytes(30))), brand=b"3gp4")


def track_of_places() -> bytes:
    described = box(b"stsd", bytes(8) + box(b"gpmd", bytes(8)))
    return recording(box(b"trak", box(b"mdia", box(b"minf", box(b"stbl", described)))))


def deep_boxes() -> bytes:
    inside = b""
    for _ in range(3000):
        inside = box(b"udta", inside)
    return recording(inside)


def many_boxes() -> bytes:
    return recording(box(b"free", b"") * 100_000)


def png_text_bomb() -> bytes:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(2**20)) for _ in range(512)) + packer.flush()
    # Before the pixels, where a decoder meets it at once.
    plain = picture("PNG")
    return plain[:33] + chunk(b"zTXt", b"Comment\0\0" + packed) + plain[33:]


def png_with_texts() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "made by Jane Example")
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return info
