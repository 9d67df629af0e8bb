"""Table 2.2 of what the tools at hand take for valid, and what a ZIP can lie about."""

from __future__ import annotations

import io
import json
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from crosslight.config.environment import reference_folder
from crosslight.core.evidence.captures.entries import open_zip
from crosslight.core.evidence.captures.findings import FAULTS, CaptureFault, CaptureReport, Code
from crosslight.core.evidence.captures.wacz import check_wacz
from tests.core.evidence.captures.making import (
    INDEX,
    LIST,
    MIB,
    PAGES,
    SEAL,
    SECRET,
    WARC,
    digest,
    files,
    gzip_of,
    head,
    listing,
    old_wacz,
    repacked,
    request,
    response,
    seal,
    signed,
    signed_wacz,
    wacz,
    warc,
    zipped,
)


def check(data: bytes) -> CaptureReport:
    return check_wacz(io.BytesIO(data))


def one_bit() -> bytes:
    content = files()
    package = listing(content)
    changed = bytearray(content[WARC])
    changed[len(changed) // 2] ^= 1
    return zipped({**content, WARC: bytes(changed), LIST: package, SEAL: seal(package)})


def unlisted_without_a_dot() -> bytes:
    content = files()
    package = listing(content)
    return zipped({**content, "archive/evilfile": b"x", LIST: package, SEAL: seal(package)})


def listed_elsewhere() -> bytes:
    content = files()
    package = listing(content)
    return zipped({**content, f"x/{WARC}": content[WARC], LIST: package, SEAL: seal(package)})


def no_warc() -> bytes:
    return wacz({name: data for name, data in files().items() if name != WARC})


def same_name_twice() -> bytes:
    content = files()
    package = listing(content)
    with pytest.warns(UserWarning, match="Duplicate name"):
        return zipped([(WARC, b"evil"), *content.items(), (LIST, package), (SEAL, seal(package))])


def zip_bomb() -> bytes:
    """One mebibyte that says, and unpacks to, one gibibyte."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = packer.compress(bytes(MIB)) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = block * 1024 + packer.flush()
    sizes = (0, len(packed), 2**30)
    name = b"archive/data.warc"
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 33, *sizes, len(name), 0)
    central = struct.pack(
        "<4s6H3L5H2L", b"PK\1\2", 788, 20, 0, 8, 0, 33, *sizes, len(name), *(0,) * 6
    )
    offset = len(local) + len(name) + len(packed)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(central) + len(name), offset, 0)
    return local + name + packed + central + name + end


def transplanted_signature() -> bytes:
    """Another archive's signature over its own list, on a list that was made to fit."""
    content = files(warc(lambda writer: response(writer, body=b"<html>changed</html>")))
    package, other = listing(content), listing(files(b"honest"))
    return zipped({**content, LIST: package, SEAL: seal(package, **signed(other))})


REFUSED: dict[str, tuple[Callable[[], bytes], Code]] = {
    "one bit of the WARC": (one_bit, Code.HASH_DIFFERS),
    "an unlisted file without a dot": (unlisted_without_a_dot, Code.UNLISTED_FILE),
    "a listed file in another folder": (listed_elsewhere, Code.UNLISTED_FILE),
    "no WARC at all": (no_warc, Code.NO_WARC),
    "two entries of one name": (same_name_twice, Code.DUPLICATE_NAME),
    "a bomb": (zip_bomb, Code.BLOWS_UP),
    "a signature of another capture": (transplanted_signature, Code.SIGNATURE_NOT_BOUND),
}


@pytest.mark.parametrize("name", REFUSED)
def test_every_attack_on_a_wacz_is_refused_for_what_it_is(name: str):
    make, code = REFUSED[name]
    report = check(make())
    assert not report.holds
    assert code in report.codes()
    assert code in FAULTS


def test_without_a_list_of_pages_it_is_marked():
    report = check(wacz({name: data for name, data in files().items() if name != PAGES}))
    assert report.holds
    assert report.codes() == {Code.NO_PAGES}


def test_the_form_of_before_is_read_and_marked():
    report = check(old_wacz())
    assert report.holds
    assert report.codes() == {Code.LEGACY_VERSION, Code.NOT_SEALED}


def test_a_sound_capture_has_nothing_to_be_said_of():
    report = check(wacz())
    assert (report.holds, report.findings, report.has_credentials) == (True, (), False)
    assert report.has_scripts


def test_a_signature_is_shown_as_claimed():
    report = check(signed_wacz())
    assert report.holds
    assert report.codes() == {Code.SIGNATURE_CLAIMED}


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("valid_example_1", {Code.LEGACY_VERSION, Code.NOT_SEALED}),
        ("valid_example_2", set()),
        ("valid_signed_example_1", {Code.SIGNATURE_CLAIMED}),
    ],
)
def test_the_valid_examples_of_the_reference_tool_are_accepted(name: str, codes: set[Code]):
    folder = reference_folder()
    path = (folder or Path()) / "vectors" / "wacz" / f"{name}.wacz"
    if not path.is_file():
        pytest.skip(f"CROSSLIGHT_REFERENCE has no vectors/wacz/{name}.wacz (py-wacz, fixtures)")
    with path.open("rb") as file:
        report = check_wacz(file)
    assert report.holds
    assert report.codes() == codes


LISTS = {
    "missing": (None, Code.LIST_MISSING),
    "not JSON": (b"{", Code.LIST_UNREADABLE),
    "twice": (b'{"resources": [], "resources": []}', Code.LIST_UNREADABLE),
    "deep": (b'{"resources": ' + b"[" * 100_000, Code.LIST_UNREADABLE),
    "a fraction": (b'{"resources": [], "x": 1.5}', Code.LIST_UNREADABLE),
    "no resources": (b'{"wacz_version": "1.1.1"}', Code.LIST_UNREADABLE),
    "not a path": (b'{"resources": [{"path": 1}]}', Code.LIST_UNREADABLE),
    "md5": (b'{"resources": [{"path": "a", "hash": "md5:0", "bytes": 1}]}', Code.WEAK_HASH),
    "short": (b'{"resources": [{"path": "a", "hash": "sha256:0"}]}', Code.LIST_UNREADABLE),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_cannot_be_relied_on_is_refused(name: str):
    data, code = LISTS[name]
    content = files() if data is None else {**files(), LIST: data}
    report = check(zipped(content))
    assert not report.holds
    assert code in report.codes()


def test_a_listed_file_that_is_not_there_is_refused():
    content = files()
    package = listing({**content, "archive/second.warc": b"x"})
    report = check(zipped({**content, LIST: package, SEAL: seal(package)}))
    assert Code.LISTED_FILE_MISSING in report.codes()
    assert not report.holds


def test_a_seal_over_another_list_is_refused():
    content = files()
    report = check(zipped({**content, LIST: listing(content), SEAL: seal(b"another")}))
    assert report.codes() == {Code.SEAL_DIFFERS}
    assert not report.holds


def test_a_list_of_the_right_digest_and_another_size_is_refused():
    content = files()
    value = json.loads(listing(content))
    value["resources"][0]["bytes"] += 1
    package = json.dumps(value).encode()
    report = check(zipped({**content, LIST: package, SEAL: seal(package)}))
    assert report.codes() == {Code.HASH_DIFFERS}


def test_credentials_are_found_in_a_broken_capture_too_and_their_values_are_not_kept():
    record = warc(lambda writer: request(writer, ("Cookie", SECRET)))
    report = check(zipped({WARC: record}))
    assert not report.holds
    assert report.has_credentials
    assert SECRET not in repr(report)


INDEX_LINES = (
    '{"req.http:cookie": "SECRET"}',
    '{"Req.Http:Cookie": "SECRET"}',
    '{"req.http:cook\\u0069e": "SECRET"}',
    '{"req.http:authorization": "SECRET"',
)


@pytest.mark.parametrize("line", INDEX_LINES)
@pytest.mark.parametrize("packed", [False, True])
def test_credentials_that_were_copied_into_an_index_are_found(line: str, packed: bool):
    index = f"org,example)/ 20261121172152 {line.replace('SECRET', SECRET)}\n".encode()
    name = "indexes/index.cdx.gz" if packed else INDEX
    content = {WARC: warc(), PAGES: b"", name: repacked(index) if packed else index}
    report = check(wacz(content))
    assert report.holds
    assert report.codes() == {Code.CREDENTIALS_IN_INDEX}
    assert report.has_credentials
    assert SECRET not in repr(report)


def test_an_index_that_names_other_headers_betrays_nothing():
    index = b'org,example)/ 20261121172152 {"req.http:accept": "text/html", "url": "a\\\\b"}\n'
    assert check(wacz({**files(), INDEX: index})).findings == ()


def test_an_index_that_blows_up_ends_there():
    bomb = gzip_of(b"", bytes(MIB), times=512)
    assert check(wacz({**files(), "indexes/index.cdx.gz": bomb})).codes() == {Code.INDEX_UNREADABLE}
    bomb = gzip_of(b"", (b"x" * 1000 + b"\n") * 100, times=2048)
    assert check(wacz({**files(), "indexes/index.cdx.gz": bomb})).codes() == {Code.BLOWS_UP}


def test_a_line_that_ends_the_reading_of_an_index_hides_no_change():
    content = {**files(), INDEX: b"x" * (2 * MIB)}
    package = listing({**content, INDEX: b"y" * (2 * MIB)})
    report = check(zipped({**content, LIST: package, SEAL: seal(package)}))
    assert report.codes() == {Code.INDEX_UNREADABLE, Code.HASH_DIFFERS}


def test_a_capture_inside_the_capture_is_named_and_not_opened():
    report = check(wacz({**files(), "archive/inner.wacz": wacz()}))
    assert report.codes() == {Code.NESTED_CAPTURE}


def tampered(change: Callable[[bytearray], None]) -> bytes:
    data = bytearray(zipped(files()))
    change(data)
    return bytes(data)


def at(data: bytearray, mark: bytes, offset: int) -> int:
    return data.index(mark) + offset


def comment(data: bytearray) -> None:
    data[-2:] = b"\4\0"
    data += b"evil"


def other_local_name(data: bytearray) -> None:
    place = data.index(WARC.encode())
    data[place] = ord("b")


def encrypted(data: bytearray) -> None:
    data[at(data, b"PK\1\2", 8)] |= 1


def unknown_method(data: bytearray) -> None:
    data[at(data, b"PK\1\2", 10)] = 12


def link(data: bytearray) -> None:
    data[at(data, b"PK\1\2", 38) : at(data, b"PK\1\2", 42)] = (0o120777 << 16).to_bytes(4, "little")


def overlap(data: bytearray) -> None:
    """The second entry lies where the first does: what a quoted overlap rests on."""
    second = data.index(b"PK\1\2", data.index(b"PK\1\2") + 4)
    data[second + 42 : second + 46] = b"\0\0\0\0"


def other_crc(data: bytearray) -> None:
    for mark, offset in ((b"PK\3\4", 14), (b"PK\1\2", 16)):
        data[at(data, mark, offset)] ^= 1


TAMPERED = {
    "bytes before": (lambda data: data.__setitem__(slice(0, 0), b"MZ"), Code.NOT_A_ZIP),
    "a comment behind": (comment, Code.HIDDEN_BYTES),
    "cut off": (lambda data: data.__delitem__(slice(-30, None)), Code.HIDDEN_BYTES),
    "another name inside": (other_local_name, Code.HEADERS_DIFFER),
    "encrypted": (encrypted, Code.ENCRYPTED),
    "an unknown method": (unknown_method, Code.UNKNOWN_METHOD),
    "a link": (link, Code.LINK),
    "an overlap": (overlap, Code.HEADERS_DIFFER),
    "another CRC": (other_crc, Code.ENTRY_DAMAGED),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_a_zip_that_shows_two_things_is_refused(name: str):
    change, code = TAMPERED[name]
    report = check(tampered(change))
    assert not report.holds
    assert code in report.codes()


def test_entries_that_quote_each_other_overlap():
    """CVE-2024-0450: one entry's packed bytes hold the next one's header."""
    inner = zipped({"b": b"x"})[: 30 + 1 + 3]
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr(ZipInfo("a.warc"), inner)
        archive.writestr(ZipInfo("b"), b"x", ZIP_DEFLATED)
    data = bytearray(out.getvalue())
    second = data.index(b"PK\1\2", data.index(b"PK\1\2") + 4)
    data[second + 42 : second + 46] = (30 + 6).to_bytes(4, "little")
    with pytest.raises(CaptureFault) as caught:
        open_zip(io.BytesIO(bytes(data)))
    assert caught.value.code is Code.OVERLAP


@pytest.mark.parametrize(
    "name",
    ["../x", "/x", "a\\b", "C:/x", "~/x", "a/../b", "aux.txt", "a\u202eb", "e\u0301", "a//b"],
)
def test_names_that_lead_elsewhere_are_refused(name: str):
    with pytest.raises(CaptureFault) as caught:
        open_zip(io.BytesIO(zipped({name: b"x"})))
    assert caught.value.code is Code.UNSAFE_NAME
    assert name not in str(caught.value)


@pytest.mark.parametrize("names", [("A", "a"), ("a", "a/b"), ("a/", "a")])
def test_names_that_meet_on_another_system_are_refused(names: tuple[str, str]):
    content = [(name, b"" if name.endswith("/") else b"x") for name in names]
    with pytest.raises(CaptureFault) as caught:
        open_zip(io.BytesIO(zipped(content)))
    assert caught.value.code is Code.DUPLICATE_NAME


def test_sizes_that_follow_the_content_and_folders_are_read():
    """As tools do that write into a stream."""

    class Stream(io.RawIOBase):
        def __init__(self) -> None:
            self.data = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data) -> int:
            self.data += data
            return len(data)

    out = Stream()
    content = files()
    package = listing(content)
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("archive/", b"")
        for name, data in {**content, LIST: package, SEAL: seal(package)}.items():
            with archive.open(ZipInfo(name), "w", force_zip64=name == WARC) as entry:
                entry.write(data)
    report = check(bytes(out.data))
    assert (report.holds, report.findings) == (True, ())


def test_a_bomb_is_refused_before_any_of_it_is_unpacked(monkeypatch: pytest.MonkeyPatch):
    def unpacked(*_arguments: object) -> None:
        raise AssertionError("something was unpacked")

    bomb = zip_bomb()
    monkeypatch.setattr(zlib, "decompressobj", unpacked)
    assert check(bomb).codes() == {Code.BLOWS_UP}


def test_what_unpacks_to_more_than_is_said_ends_there():
    """Sizes in the list are lies of the one who wrote it."""
    data = bytearray(zipped({"datapackage.json": b"x" * 4000}))
    for mark, offset in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        place = at(data, mark, offset)
        data[place : place + 4] = (100).to_bytes(4, "little")
    assert Code.ENTRY_DAMAGED in check(bytes(data)).codes()


def test_no_finding_names_what_is_in_the_capture():
    content = {f"archive/maria-{number}": b"x" for number in range(30)}
    report = check(zipped({**content, WARC: warc(), LIST: listing({})}))
    assert not report.holds
    assert "maria" not in repr(report)
    assert digest(b"x") not in repr(report)
    assert all(len(finding.detail) < 400 for finding in report.findings)


def test_a_record_that_blows_up_inside_is_refused():
    bomb = gzip_of(head(2**31), bytes(MIB), times=2048)
    report = check(wacz(files(bomb)))
    assert not report.holds
    assert Code.BLOWS_UP in report.codes()
