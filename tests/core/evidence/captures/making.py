"""Captures as tools make them, and as somebody who tampers does."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zlib
from collections.abc import Mapping, Sequence
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PAGE = b"<html><p>an advert that nobody placed</p></html>"
URL = "http://example.org/advert/17"
SECRET = "s3cr3t-of-the-investigator"
WARC = "archive/data.warc.gz"
INDEX = "indexes/index.cdxj"
PAGES = "pages/pages.jsonl"
LIST, SEAL = "datapackage.json", "datapackage-digest.json"
MIB = 2**20


def response(writer: WARCWriter, *headers: tuple[str, str], body: bytes = PAGE, url: str = URL):
    http = StatusAndHeaders(
        "200 OK", [("Content-Type", "text/html"), *headers], protocol="HTTP/1.1"
    )
    return writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=http)


def request(writer: WARCWriter, *headers: tuple[str, str], body: bytes = b""):
    http = StatusAndHeaders("GET /advert/17 HTTP/1.1", [("Host", "example.org"), *headers])
    return writer.create_warc_record(URL, "request", payload=io.BytesIO(body), http_headers=http)


def warc(*makers, packed: bool = True) -> bytes:
    """Each of `makers` is called with a writer and gives a record."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    for make in makers or (response,):
        record = make(writer)
        writer.write_record(record)
        # warcio put a temporary file there, to hash what passes.
        record.raw_stream.close()
    return out.getvalue()


def head(length: bytes | int, *more: bytes) -> bytes:
    """The header of a record, up to the empty line."""
    said = length if isinstance(length, bytes) else b"%d" % length
    lines = (
        b"WARC/1.0",
        b"WARC-Type: response",
        b"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>",
        b"WARC-Date: 2026-11-21T17:21:52Z",
        b"WARC-Target-URI: http://example.org/",
        b"Content-Type: application/http; msgtype=response",
        *more,
        b"Content-Length: " + said,
    )
    return b"\r\n".join(lines) + b"\r\n\r\n"


def gzip_of(start: bytes, block: bytes = b"", times: int = 0) -> bytes:
    """`start` and then `block` many times, packed once and repeated; its CRC is not right."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    first = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    size = (len(start) + times * len(block)) % 2**32
    end = packer.flush() + b"\0\0\0\0" + size.to_bytes(4, "little")
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + first + again * times + end


def digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def files(content: bytes | None = None, **more: bytes) -> dict[str, bytes]:
    return {
        WARC: warc() if content is None else content,
        INDEX: b'org,example)/advert/17 20261121172152 {"url": "http://example.org/advert/17"}\n',
        PAGES: b'{"format": "json-pages-1.0"}\n',
        **more,
    }


def listing(listed: Mapping[str, bytes], *, version: str = "1.1.1") -> bytes:
    resources = [
        {"name": name.rpartition("/")[2], "path": name, "hash": digest(data), "bytes": len(data)}
        for name, data in listed.items()
    ]
    value = {"profile": "data-package", "resources": resources, "wacz_version": version}
    return json.dumps(value, indent=2).encode()


def seal(package: bytes, **more: object) -> bytes:
    return json.dumps({"path": LIST, "hash": digest(package), **more}).encode()


def signed(package: bytes) -> dict[str, object]:
    return {
        "signedData": {
            "hash": digest(package),
            "created": "2026-11-21T17:21:52Z",
            "software": "authsigner 0.3.0",
            "signature": "MEYCIQ==",
            "domain": "signer.example.org",
        }
    }


def wacz(content: Mapping[str, bytes] | None = None, **more: object) -> bytes:
    """Complete, listed and sealed; `more` goes into the seal."""
    content = files() if content is None else content
    package = listing(content)
    return zipped({**content, LIST: package, SEAL: seal(package, **more)})


def zipped(content: Mapping[str, bytes] | Sequence[tuple[str, bytes]]) -> bytes:
    """As py-wacz writes it: what is packed already is stored, the rest deflated."""
    out = io.BytesIO()
    pairs = content.items() if isinstance(content, Mapping) else content
    with ZipFile(out, "w", strict_timestamps=False) as archive:
        for name, data in pairs:
            method = ZIP_STORED if name.endswith((".gz", ".warc")) else ZIP_DEFLATED
            archive.writestr(ZipInfo(name, (2026, 11, 21, 17, 21, 52)), data, method)
    return out.getvalue()


def old_wacz() -> bytes:
    """As in version 1.0.0: digests under `stats`, no seal."""
    content = files()
    resources = [
        {
            "path": name,
            "stats": {"hash": hashlib.sha256(data).hexdigest(), "bytes": len(data)},
            "hashing": "sha256",
        }
        for name, data in content.items()
    ]
    value = {"profile": "data-package", "resources": resources, "wacz_version": "1.0.0"}
    return zipped({**content, LIST: json.dumps(value).encode()})


def signed_wacz() -> bytes:
    content = files()
    package = listing(content)
    return zipped({**content, LIST: package, SEAL: seal(package, **signed(package))})


def repacked(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)
