"""Time stamps and ledger receipts inside a package: our verifier and the script agree on them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from crosslight.core.evidence.acts import Act
from crosslight.core.evidence.packages import layout
from crosslight.core.evidence.packages.verification import Check, Expectations, State
from crosslight.core.evidence.receipts import LedgerTrust
from crosslight.core.evidence.timestamps import Authority, read_roots, request_for
from tests.core.evidence.packages.making import (
    CONTRIBUTOR,
    PACKAGE,
    PLATFORM,
    files_of,
    received,
    trusting,
    verdict,
    zip_of,
)
from tests.core.evidence.packages.recorded import (
    LEDGER,
    RECEIPT,
    TRUST,
    WITNESS_KEYS,
    intake_receipt,
    policy_of,
    receipt_for,
)
from tests.core.evidence.packages.test_auditor_script import both, is_refused, run, unpacked
from tests.core.evidence.packages.test_auditor_script import pytestmark as needs_tools
from tests.core.evidence.stamping import (
    OTHER_POLICY,
    POLICY,
    LocalAuthority,
    authority,
    other_authority,
)

__all__ = ["authority", "other_authority"]
pytestmark = needs_tools
STAMP, SECOND_STAMP = layout.stamp_path(1), layout.stamp_path(2)
TAG_MANIFEST = files_of(received())[layout.TAG_MANIFEST]


@dataclass(frozen=True)
class Proved:
    """A package with everything; `options` are how the script is told whom to trust."""

    files: Mapping[str, bytes]
    expected: Expectations
    options: tuple[str | Path, ...]


@pytest.fixture(scope="module")
def proved(
    authority: LocalAuthority,
    other_authority: LocalAuthority,
    tmp_path_factory: pytest.TempPathFactory,
) -> Proved:
    folder = tmp_path_factory.mktemp("trusted")
    request = request_for(TAG_MANIFEST)
    files = files_of(received()) | {
        STAMP: authority.answer(request),
        SECOND_STAMP: other_authority.answer(request),
        RECEIPT: intake_receipt().to_text().encode(),
    }
    keys = {"log": LEDGER, **WITNESS_KEYS}
    for name, key in keys.items():
        (folder / f"{name}.vkey").write_text(f"{key.to_text()}\n", "utf-8")
    options: list[str | Path] = []
    for each in (authority, other_authority):
        options += ["--tsa-root", each.root]
    options += ["--tsa-policy", POLICY, "--ledger", folder / "log.vkey"]
    for name in WITNESS_KEYS:
        options += ["--witness", folder / f"{name}.vkey"]
    roots = [root for a in (authority, other_authority) for root in read_roots(a.root.read_bytes())]
    expected = replace(
        trusting(CONTRIBUTOR, PLATFORM),
        authority=Authority(tuple(roots), frozenset({POLICY})),
        ledger=TRUST,
    )
    return Proved(files, expected, (*options, "--quorum", "2", *both(folder)))


def test_what_is_trusted_passes_every_check(proved: Proved, tmp_path: Path):
    result = verdict(zip_of(proved.files), proved.expected)
    assert result.fault is None
    states = dict(result.states)
    assert states.pop(Check.CAPTURES) is State.NOT_ASKED
    assert set(states.values()) == {State.PASSED}
    assert [stamp.policy for stamp in result.stamps] == [POLICY, POLICY]
    (receipt,) = result.receipts
    assert (receipt.index, receipt.act, len(receipt.witnesses)) == (
        77,
        Act.CONTRIBUTION_SUBMITTED,
        2,
    )

    done = run(unpacked(dict(proved.files), tmp_path / "package"), *proved.options)
    assert (done.returncode, done.stderr) == (0, "")
    assert [line[:4] for line in done.stdout.splitlines() if line.startswith("OK")] == ["OK  "] * 9
    assert "NOTE" not in done.stdout


def test_what_nobody_asked_for_is_said_to_be_unchecked(proved: Proved, tmp_path: Path):
    result = verdict(zip_of(proved.files))
    assert result.holds
    assert result.states[Check.STAMPS] is result.states[Check.RECEIPTS] is State.NOT_ASKED
    assert (len(result.stamps), len(result.receipts)) == (2, 1)
    done = run(unpacked(dict(proved.files), tmp_path / "package"))
    assert done.returncode == 0
    assert done.stdout.count("NOTE") == 3


@pytest.mark.parametrize("index", [0, 1, 63, 64, 127, 128, 129, 130])
@pytest.mark.parametrize("size", [131])
def test_an_entry_at_any_place_has_a_receipt_that_holds(
    proved: Proved, tmp_path: Path, index: int, size: int
):
    receipt = intake_receipt(index=index, size=size).to_text().encode()
    files = {**proved.files, RECEIPT: receipt}
    assert verdict(zip_of(files), proved.expected).fault is None
    done = run(unpacked(files, tmp_path / "package"), *proved.options)
    assert (done.returncode, done.stderr) == (0, "")


Change = Callable[[dict[str, bytes], LocalAuthority], None]
TAMPERED: dict[str, tuple[Check, str, Change]] = {}


def tampered(check: Check, script: str) -> Callable[[Change], Change]:
    def keep(change: Change) -> Change:
        TAMPERED[change.__name__] = check, script, change
        return change

    return keep


@tampered(Check.STAMPS, "time stamps")
def no_stamp(files, _):
    del files[STAMP], files[SECOND_STAMP]


@tampered(Check.LAYOUT, "layout")
def first_stamp_gone(files, _):
    del files[STAMP]


@tampered(Check.LAYOUT, "layout")
def stamp_number_one(files, _):
    files["signatures/tagmanifest-sha256.txt.1.tsr"] = files[STAMP]


@tampered(Check.STAMPS, "time stamps")
def stamp_of_other_bytes(files, authority):
    files[STAMP] = authority.answer(request_for(TAG_MANIFEST + b"x"))


@tampered(Check.STAMPS, "time stamps")
def stamp_of_a_stranger(files, authority):
    files[STAMP] = LocalAuthority.made_in(authority.folder / "stranger").answer(
        request_for(TAG_MANIFEST)
    )


@tampered(Check.STAMPS, "time stamps")
def stamp_under_another_policy(files, authority):
    files[STAMP] = authority.answer(request_for(TAG_MANIFEST), "-tspolicy", OTHER_POLICY)


@tampered(Check.STAMPS, "time stamps")
def stamp_cut_off(files, _):
    files[SECOND_STAMP] = files[SECOND_STAMP][:-1]


@tampered(Check.STAMPS, "time stamps")
def stamp_with_more_behind_it(files, _):
    files[STAMP] += b"\0"


@tampered(Check.STAMPS, "time stamps")
def stamp_with_a_flipped_bit(files, _):
    files[STAMP] = files[STAMP][:-1] + bytes([files[STAMP][-1] ^ 1])


@tampered(Check.STAMPS, "time stamps")
def stamp_of_an_earlier_year(files, _):
    place = files[STAMP].index(b"\x18\x0f20") + 2
    files[STAMP] = files[STAMP][:place] + b"2019" + files[STAMP][place + 4 :]


@tampered(Check.STAMPS, "time stamps")
def refusal_instead_of_a_stamp(files, authority):
    (authority.folder / "data").write_bytes(TAG_MANIFEST)
    authority.openssl("ts", "-query", "-data", "data", "-sha1", "-out", "sha1.tsq")
    files[STAMP] = authority.answer((authority.folder / "sha1.tsq").read_bytes())


@tampered(Check.STAMPS, "time stamps")
def no_response(files, _):
    files[STAMP] = b"no response"


@tampered(Check.RECEIPTS, "receipts")
def no_receipt(files, _):
    del files[RECEIPT]


@tampered(Check.LAYOUT, "layout")
def receipt_of_no_statement(files, _):
    files["signatures/0003-transfer.tlog-proof"] = files[RECEIPT]


@tampered(Check.RECEIPTS, "receipts")
def receipt_of_another_package(files, _):
    files[RECEIPT] = receipt_for(PACKAGE, f"sha256:{'0' * 64}").to_text().encode()


@tampered(Check.RECEIPTS, "receipts")
def receipt_without_the_entry(files, _):
    files[RECEIPT] = replace(intake_receipt(), entry=None).to_text().encode()


@tampered(Check.RECEIPTS, "receipts")
def receipt_for_another_place(files, _):
    files[RECEIPT] = replace(intake_receipt(), index=78).to_text().encode()


@tampered(Check.RECEIPTS, "receipts")
def receipt_with_a_hash_less(files, _):
    proof = intake_receipt()
    files[RECEIPT] = replace(proof, hashes=proof.hashes[:-1]).to_text().encode()


@tampered(Check.RECEIPTS, "receipts")
def receipt_with_a_hash_more(files, _):
    proof = intake_receipt()
    files[RECEIPT] = replace(proof, hashes=(*proof.hashes, b"\0" * 32)).to_text().encode()


@tampered(Check.RECEIPTS, "receipts")
def receipt_with_too_few_witnesses(files, _):
    cosigners = tuple(WITNESS_KEYS)[:1]
    files[RECEIPT] = intake_receipt(cosigners=cosigners).to_text().encode()


@tampered(Check.RECEIPTS, "receipts")
def receipt_with_a_false_cosignature(files, _):
    proof = intake_receipt()
    *head, last = proof.note.removesuffix("\n").split("\n")
    changed = last[:-4] + ("B" if last[-4] == "A" else "A") + last[-3:]
    files[RECEIPT] = replace(proof, note="\n".join([*head, changed, ""])).to_text().encode()


@tampered(Check.RECEIPTS, "receipts")
def receipt_with_a_larger_size(files, _):
    proof = intake_receipt()
    files[RECEIPT] = (
        replace(proof, note=proof.note.replace("\n131\n", "\n132\n")).to_text().encode()
    )


@tampered(Check.RECEIPTS, "receipts")
def receipt_of_another_ledger(files, _):
    proof = intake_receipt()
    other = proof.note.replace("crosslight.example/audit/2026", "crosslight.example/audit/2027")
    files[RECEIPT] = replace(proof, note=other).to_text().encode()


@tampered(Check.RECEIPTS, "receipts")
def receipt_that_is_none(files, _):
    files[RECEIPT] = b"no receipt\n"


@tampered(Check.RECEIPTS, "receipts")
def receipt_without_its_last_line_end(files, _):
    files[RECEIPT] = files[RECEIPT][:-1]


@pytest.mark.parametrize("name", TAMPERED)
def test_a_tampered_proof_is_refused_by_both(
    proved: Proved, authority: LocalAuthority, tmp_path: Path, name: str
):
    check, script, change = TAMPERED[name]
    files = dict(proved.files)
    change(files, authority)
    result = verdict(zip_of(files), proved.expected)
    assert result.failed is check, result.fault
    done = run(unpacked(files, tmp_path / "package"), *proved.options)
    assert is_refused(done, script), (done.stdout, done.stderr)


FORM = {
    *("first_stamp_gone", "stamp_number_one", "stamp_of_other_bytes", "stamp_cut_off"),
    *("stamp_with_more_behind_it", "refusal_instead_of_a_stamp", "no_response"),
    *("receipt_of_no_statement", "receipt_of_another_package", "receipt_without_the_entry"),
    *("receipt_for_another_place", "receipt_with_a_hash_less", "receipt_with_a_hash_more"),
    *("receipt_that_is_none", "receipt_without_its_last_line_end"),
}


@pytest.mark.parametrize("name", sorted(FORM))
def test_what_is_wrong_by_itself_is_refused_without_anybody_trusted(
    proved: Proved, authority: LocalAuthority, tmp_path: Path, name: str
):
    check, script, change = TAMPERED[name]
    files = dict(proved.files)
    change(files, authority)
    assert verdict(zip_of(files)).failed is check
    assert is_refused(run(unpacked(files, tmp_path / "package")), script)


def test_every_flipped_byte_of_a_receipt_is_refused(proved: Proved):
    """Nobody else's signature may stand in it: both witnesses are known here."""
    whole = proved.files[RECEIPT]
    for place in range(0, len(whole), 7):
        flipped = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        files = {**proved.files, RECEIPT: flipped}
        assert verdict(zip_of(files), proved.expected).failed is Check.RECEIPTS


def test_one_witness_of_two_is_enough_for_who_asks_for_one(proved: Proved, tmp_path: Path):
    receipt = intake_receipt(cosigners=tuple(WITNESS_KEYS)[:1]).to_text().encode()
    files = {**proved.files, RECEIPT: receipt}
    for trust in (LedgerTrust(policy=policy_of(1)), LedgerTrust(key=LEDGER)):
        assert verdict(zip_of(files), replace(proved.expected, ledger=trust)).holds
    at = proved.options.index("--quorum")
    options = (*proved.options[:at], "--quorum", "1", *proved.options[at + 2 :])
    assert run(unpacked(files, tmp_path / "package"), *options).returncode == 0


@pytest.mark.parametrize(
    "options",
    [
        ("--tsa-root", "none"),
        ("--ledger", "none"),
        ("--witness", "none"),
        ("--quorum", "1"),
        ("--quorum", "x"),
        ("--quorum",),
        ("--else", "x"),
    ],
)
def test_what_the_script_cannot_begin_with(proved: Proved, tmp_path: Path, options):
    folder = unpacked(dict(proved.files), tmp_path / "package")
    done = run(folder, *options)
    assert (done.returncode, done.stdout) == (2, "")


def test_a_witness_named_twice_counts_for_none(proved: Proved, tmp_path: Path):
    folder = unpacked(dict(proved.files), tmp_path / "package")
    at = proved.options.index("--witness")
    done = run(folder, *proved.options, *proved.options[at : at + 2])
    assert done.returncode == 2
    assert "twice" in done.stderr
