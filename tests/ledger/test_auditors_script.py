"""The script inside every export and `crosslight ledger verify` come to one verdict."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crosslight.cli.main import group
from crosslight.core.evidence import canonical, tiles
from crosslight.core.evidence.checkpoint import Checkpoint, sign_checkpoint
from crosslight.core.evidence.export import CHECKPOINT, KEY, README, SCRIPT, SUMS
from crosslight.core.evidence.merkle import leaf_hash, root_of
from crosslight.core.evidence.notes import Signature, verifier_key
from crosslight.ledger import auditor as shipped
from tests.core.evidence.ledgers import (
    KEY_OF_LEDGER,
    ORIGIN,
    an_entry,
    bodies_of,
    export_of,
    signed,
    with_sums,
)
from tests.core.evidence.witnesses import NAMES, cosignature, cosigned, policy_of, vkey_of

pytestmark = [
    pytest.mark.either_database,
    pytest.mark.skipif(
        not all(map(shutil.which, ("jq", "openssl", "sha256sum"))),
        reason="the script needs jq, openssl and sha256sum",
    ),
]

VKEY = verifier_key(name=ORIGIN, key=KEY_OF_LEDGER)
BODIES = bodies_of(300)
Files = dict[str, bytes]


def export(bodies: Sequence[bytes] = BODIES, *, witnesses: Sequence[str] = NAMES[:2]) -> Files:
    files = export_of(bodies) | {SCRIPT: shipped.script()}
    note = cosigned(signed(bodies).note, *witnesses)
    return with_sums(files | {CHECKPOINT: note.encode()})


EXPORT = MappingProxyType(export())


@dataclass(frozen=True)
class Auditor:
    """Holds the keys of the ledger and of three witnesses, of which two must have cosigned."""

    folder: Path

    def write(self, files: Files) -> None:
        for name, data in files.items():
            path = self.folder / "export" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        for name, key in {"log": VKEY, **{name: vkey_of(name) for name in NAMES}}.items():
            (self.folder / name).write_text(f"{key.to_text()}\n", "utf-8")
        (self.folder / "policy").write_text(policy_of(VKEY), "utf-8")

    def script(self, *, under: str = "sh") -> subprocess.CompletedProcess[str]:
        keys = [self.folder / "log", 2, *(self.folder / name for name in NAMES)]
        export = self.folder / "export"
        # Its own copy, as the page advises: the one in the folder may be forged, too.
        (self.folder / "verify.sh").write_bytes(shipped.script())
        return subprocess.run(
            [under, self.folder / "verify.sh", export, *map(str, keys)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def command(self) -> int:
        arguments = ["--vkey", self.folder / "log", "--policy", self.folder / "policy"]
        words = ["ledger", "verify", self.folder / "export", *arguments]
        return CliRunner().invoke(group, list(map(str, words))).exit_code

    def refuses(self, files: Files) -> str:
        """What the script says; the command must refuse, too."""
        self.write(files)
        done = self.script()
        assert self.command() == 1
        assert done.returncode == 1, done.stdout
        assert done.stdout == ""
        assert re.fullmatch(r"FAIL: .+\n", done.stderr), done.stderr
        return done.stderr


@pytest.fixture
def auditor(tmp_path: Path) -> Auditor:
    return Auditor(tmp_path)


@pytest.mark.parametrize("size", [1, 2, 256, 300])
def test_a_sound_export_is_accepted_by_both(auditor: Auditor, size: int) -> None:
    bodies = bodies_of(size)
    auditor.write(export(bodies))
    done = auditor.script()
    assert (done.returncode, done.stderr) == (0, "")
    assert f"OK: {size} entries of {ORIGIN}, root {signed(bodies).root.hex()}." in done.stdout
    assert "2 of the witnesses that you named cosigned it." in done.stdout
    assert auditor.command() == 0


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no second shell")
def test_another_shell_says_the_same(auditor: Auditor) -> None:
    auditor.write(dict(EXPORT))
    assert auditor.script(under="bash").returncode == 0


def test_a_thousand_entries_are_checked_within_the_minute_that_it_is_given(
    auditor: Auditor,
) -> None:
    auditor.write(export(bodies_of(1000)))
    assert auditor.script().stdout.startswith("OK: 1000 entries")


def forged(bodies: Sequence[bytes]) -> Files:
    """All files anew, under the checkpoint and the cosignatures of the true ledger."""
    return with_sums(export(bodies) | {CHECKPOINT: EXPORT[CHECKPOINT]})


def replaced(name: str, data: bytes) -> Files:
    return with_sums({**EXPORT, name: data})


def without(name: str) -> Files:
    return with_sums({other: data for other, data in EXPORT.items() if other != name})


EDITED = an_entry(7, justification="other").to_bytes()
LAST_BUNDLE = "tile/entries/001.p/44"
# Without the key: each is rebuilt as well as whoever does not hold the ledger's key can.
WITHOUT_THE_KEY: dict[str, Callable[[], Files]] = {
    "edit": lambda: forged([*BODIES[:7], EDITED, *BODIES[8:]]),
    "delete": lambda: forged([*BODIES[:7], *BODIES[8:]]),
    "insert": lambda: forged([*BODIES[:7], EDITED, *BODIES[7:]]),
    "reorder": lambda: forged([*BODIES[:7], BODIES[8], BODIES[7], *BODIES[9:]]),
    "truncate": lambda: forged(BODIES[:299]),
    "edit the entry alone": lambda: replaced(
        "tile/entries/000", tiles.bundle([*BODIES[:7], EDITED, *BODIES[8:256]])
    ),
    "edit a tile": lambda: replaced("tile/0/000", b"\x00" + EXPORT["tile/0/000"][1:]),
    "edit an upper tile": lambda: replaced("tile/1/000.p/1", b"\x00" * 32),
    "shift a bundle": lambda: with_sums(
        {
            **EXPORT,
            "tile/entries/000": tiles.bundle(BODIES[:257]),
            LAST_BUNDLE: tiles.bundle(BODIES[257:]),
        }
    ),
    "missing bundle": lambda: without("tile/entries/000"),
    "missing tile": lambda: without("tile/0/001.p/44"),
    "missing key": lambda: without(KEY),
    "missing checkpoint": lambda: without(CHECKPOINT),
    "missing page": lambda: without(README),
    "one file too many": lambda: replaced("tile/0/000.p/3", b"\x00" * 96),
    "cut bundle": lambda: replaced(LAST_BUNDLE, EXPORT[LAST_BUNDLE][:-1]),
    "trailing bytes in a bundle": lambda: replaced(LAST_BUNDLE, EXPORT[LAST_BUNDLE] + b"\x00"),
    "a trailing entry": lambda: replaced(LAST_BUNDLE, EXPORT[LAST_BUNDLE] + b"\x00\x01x"),
    "trailing bytes in a tile": lambda: replaced(
        "tile/0/001.p/44", EXPORT["tile/0/001.p/44"] + b"\x00" * 32
    ),
    "trailing bytes in the key": lambda: replaced(KEY, EXPORT[KEY] + b"\n"),
    "trailing bytes in the checkpoint": lambda: replaced(CHECKPOINT, EXPORT[CHECKPOINT] + b"\n"),
    "no end of the checkpoint": lambda: replaced(CHECKPOINT, EXPORT[CHECKPOINT][:-1]),
    "trailing bytes in the sums": lambda: {**EXPORT, SUMS: EXPORT[SUMS] + b"\n"},
    "a file that is not its sum": lambda: {**EXPORT, README: EXPORT[README] + b"x"},
    "sums of other files": lambda: {**EXPORT, SUMS: EXPORT[SUMS].split(b"\n", 1)[1]},
    "another size": lambda: replaced(
        CHECKPOINT, EXPORT[CHECKPOINT].replace(b"\n300\n", b"\n0300\n")
    ),
}


@pytest.mark.parametrize("attack", WITHOUT_THE_KEY)
def test_who_has_no_key_changes_nothing_unnoticed(auditor: Auditor, attack: str) -> None:
    auditor.refuses(WITHOUT_THE_KEY[attack]())


def with_foreign_key() -> Files:
    """Everything signed by somebody else, whose key lies in the export."""
    stranger = Ed25519PrivateKey.from_private_bytes(b"\x09" * 32)
    root = root_of(map(leaf_hash, BODIES))
    note = sign_checkpoint(Checkpoint(ORIGIN, 300, root), key=stranger).note
    key = verifier_key(name=ORIGIN, key=stranger).to_text()
    return replaced(KEY, f"{key}\n".encode()) | {CHECKPOINT: cosigned(note, *NAMES).encode()}


def test_a_foreign_key_is_refused_by_who_holds_the_true_one(auditor: Auditor) -> None:
    assert "not the key that you hold" in auditor.refuses(with_sums(with_foreign_key()))


def with_lines(*lines: Signature) -> Files:
    note = signed(BODIES).note + "".join(line.to_line() for line in lines)
    return export(witnesses=()) | {CHECKPOINT: note.encode()}


def a_cosignature(name: str, **changes: int) -> Signature:
    return cosignature(signed(BODIES).note, name, **changes)


# With the key: the operator signs anew, but the witnesses do not.
WITH_THE_KEY: dict[str, Callable[[], Files]] = {
    "truncate and sign": lambda: export(BODIES[:299], witnesses=()),
    "fork and sign": lambda: export([*BODIES[:299], EDITED], witnesses=NAMES[:1]),
    "rewrite and sign, with cosignatures of the true one": lambda: (
        export([*BODIES[:7], EDITED, *BODIES[8:]], witnesses=())
        | {
            CHECKPOINT: signed([*BODIES[:7], EDITED, *BODIES[8:]]).note.encode()
            + b"".join(a_cosignature(name).to_line().encode() for name in NAMES)
        }
    ),
    "one witness twice": lambda: with_lines(
        a_cosignature(NAMES[0]), a_cosignature(NAMES[0], seconds=1_800_000_001)
    ),
    "one false among enough": lambda: with_lines(
        a_cosignature(NAMES[0]),
        a_cosignature(NAMES[1]),
        Signature(NAMES[2], vkey_of(NAMES[2]).id, b"\x00" * 7 + b"\x01" + b"\x00" * 64),
    ),
    "a cosignature without a time": lambda: with_lines(
        a_cosignature(NAMES[0]),
        Signature(NAMES[1], vkey_of(NAMES[1]).id, b"\x00" * 8 + b"\x00" * 64),
    ),
    "a cosignature too short": lambda: with_lines(
        a_cosignature(NAMES[0]), Signature(NAMES[1], vkey_of(NAMES[1]).id, b"\x00" * 71)
    ),
}


@pytest.mark.parametrize("attack", WITH_THE_KEY)
def test_who_has_the_key_needs_the_witnesses(auditor: Auditor, attack: str) -> None:
    said = auditor.refuses(with_sums(WITH_THE_KEY[attack]()))
    assert "cosign" in said or "witness" in said or "is false" in said or "length" in said


def ending_with(changes: dict[str, object], *, text: Callable[[str], str] = str) -> Files:
    """The true ledger with one more entry, whose fields are as no entry may have them."""
    fields = dict(canonical.decode(an_entry(3).to_bytes())) | changes
    kept = {name: value for name, value in fields.items() if value is not ...}
    return export([*BODIES[:3], text(canonical.encode(kept).decode()).encode()])


LATER = "2026-03-01T09:00:0"
BROKEN_RULES: dict[str, Callable[[], Files]] = {
    "no justification": lambda: ending_with({"act": "entity.listed", "class": "consult"}),
    "unknown act": lambda: ending_with({"act": "entity.forgotten"}),
    "wrong class": lambda: ending_with({"class": "alter"}),
    "a sentence": lambda: ending_with({"ref": "seen-with-a-friend\n"}),
    "words": lambda: ending_with({"ref": "two words"}),
    "a name": lambda: ending_with({"obj": ["Jane"]}),
    "a refusal that is none": lambda: ending_with({"out": "denied:X"}),
    "older": lambda: ending_with({"ts": f"{LATER}1.000000Z"}),
    "no day of the calendar": lambda: ending_with({"ts": "2026-02-30T09:00:03.000000Z"}),
    "no hour of the day": lambda: ending_with({"ts": "2026-03-01T24:00:03.000000Z"}),
    "opened twice": lambda: ending_with({"act": "log.opened", "class": "log"}),
    "another version": lambda: ending_with({"v": 2}),
    "a field too many": lambda: ending_with({"note": "x"}),
    "a field too few": lambda: ending_with({"unit": ...}),
    "an empty entry": lambda: export([*BODIES[:3], b""]),
    "no object": lambda: export([*BODIES[:3], b'["v",{"v":1}]']),
    "no JSON": lambda: export([*BODIES[:3], b'{"v":1}}']),
    "a space": lambda: ending_with({}, text=lambda text: text.replace(":", ": ", 1)),
    "a field twice": lambda: ending_with({}, text=lambda text: text.replace("{", '{"v":2,', 1)),
    "a fraction": lambda: ending_with({}, text=lambda text: text.replace('"v":1', '"v":1.0')),
    "an escape": lambda: ending_with({}, text=lambda text: text.replace("usr", "\\u0075sr", 1)),
    "too long": lambda: ending_with({"obj": [f"con_{n:026d}" for n in range(600)]}),
    "far more entries signed than there are": lambda: (
        export(BODIES[:4])
        | {
            CHECKPOINT: cosigned(
                sign_checkpoint(Checkpoint(ORIGIN, 10**10, b"\x00" * 32), key=KEY_OF_LEDGER).note,
                *NAMES,
            ).encode()
        }
    ),
    "not opened": lambda: export(BODIES[1:4]),
    "opened under another name": lambda: export(
        [BODIES[0].replace(b"crosslight.example", b"crosslight.invalid"), *BODIES[1:3]]
    ),
}


@pytest.mark.parametrize("rule", BROKEN_RULES)
def test_an_entry_that_breaks_a_rule_is_refused_though_it_was_signed(
    auditor: Auditor, rule: str
) -> None:
    assert "entr" in auditor.refuses(BROKEN_RULES[rule]())


@pytest.mark.parametrize("name", [README, "notes.txt", "tile/0/000"])
def test_a_link_or_a_pipe_is_no_file_of_an_export(auditor: Auditor, name: str) -> None:
    auditor.write(dict(EXPORT))
    path = auditor.folder / "export" / name
    elsewhere = auditor.folder / "elsewhere"
    elsewhere.write_bytes(EXPORT.get(name, b""))
    path.unlink(missing_ok=True)
    for put in (lambda: path.symlink_to(elsewhere), lambda: os.mkfifo(path)):
        put()
        assert auditor.script().returncode == 1
        assert auditor.command() == 1
        path.unlink()


@pytest.mark.parametrize("name", [b"\x1b[2Jgone", b"\xff.txt", b"two\nlines"])
def test_a_name_cannot_steer_the_terminal(auditor: Auditor, name: bytes) -> None:
    auditor.write(dict(EXPORT))
    Path(os.fsdecode(bytes(auditor.folder / "export") + b"/" + name)).touch()
    done = auditor.script()
    assert done.returncode == 1
    assert re.fullmatch(r"FAIL: [ -~]+\n", done.stderr)
    told = CliRunner().invoke(group, ["ledger", "verify", str(auditor.folder / "export")])
    assert told.exit_code == 1
    assert re.fullmatch(r"[ -~]+\n", told.output)


def test_a_linked_folder_is_no_part_of_an_export(auditor: Auditor) -> None:
    auditor.write(dict(EXPORT))
    (auditor.folder / "export" / "more").symlink_to("/proc", target_is_directory=True)
    assert auditor.script().returncode == 1
    assert auditor.command() == 1


def test_without_a_key_the_script_says_what_it_does_not_show(auditor: Auditor) -> None:
    auditor.write(with_sums(with_foreign_key()))
    script, folder = auditor.folder / "export" / SCRIPT, auditor.folder / "export"
    done = subprocess.run(["sh", script, folder], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "not who signed it" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("/absent",),
        ("{}", "/absent"),
        ("{}", "{}/keys/log.vkey", "two"),
        ("{}", "{}/keys/log.vkey", "0"),
        ("{}", "{}/keys/log.vkey", "2", "{}/keys/log.vkey"),
        ("{}", "{}/keys/log.vkey", "1", "{}/keys/log.vkey"),
        ("{}", "{}/keys/log.vkey", "1", "{}/../dpo.example", "{}/../dpo.example"),
    ],
)
def test_what_it_cannot_begin_is_told_apart(auditor: Auditor, arguments: tuple[str, ...]) -> None:
    auditor.write(dict(EXPORT))
    folder = auditor.folder / "export"
    words = [word.format(folder) for word in arguments]
    done = subprocess.run(
        ["sh", folder / SCRIPT, *words], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2, done.stdout
    assert re.fullmatch(r"verify\.sh: .+\n", done.stderr)


def test_the_page_names_the_script_its_digest_and_its_limit() -> None:
    page = shipped.page().decode("ascii")
    for said in ("sh verify.sh . ", "sha256sum verify.sh", "It is slow", "--vkey", "jq"):
        assert said in page
