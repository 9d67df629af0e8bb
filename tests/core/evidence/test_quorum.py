from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crosslight.core.evidence.cosignature import cosign
from crosslight.core.evidence.notes import KeyKind, Note, NoteFault, Signature, verifier_key
from crosslight.core.evidence.quorum import PolicyFault, QuorumFault, TrustPolicy
from tests.core.evidence.ledgers import KEY_OF_LEDGER, ORIGIN, bodies_of, signed

LEDGER = verifier_key(name=ORIGIN, key=KEY_OF_LEDGER)
KEYS = {
    name: Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)
    for number, name in enumerate(["X1", "X2", "X3", "Y1", "Y2", "Y3"], start=20)
}
NOTE = Note.from_text(signed(bodies_of(3)).note)


def witness(name: str) -> str:
    key = verifier_key(name=f"{name}.example", key=KEYS[name], kind=KeyKind.WITNESS)
    return f"witness {name} {key.to_text()}\n"


WITNESSES = "".join(map(witness, KEYS))
# The example of https://github.com/C2SP/C2SP/blob/main/tlog-policy.md, with keys put in.
EXAMPLE = f"""\
log {LEDGER.to_text()}

{WITNESSES}
group X-witnesses 2 X1 X2 X3
 \tgroup  Y-witnesses\tany Y1 Y2 Y3 \t
# a comment, and one with spaces before it
   # quorum none
group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
"""


def policy(text: str) -> TrustPolicy:
    return TrustPolicy.from_bytes(text.encode())


def cosigned(*names: str) -> str:
    lines = [
        cosign(NOTE.text, name=f"{name}.example", key=KEYS[name], seconds=1_800_000_000)
        for name in names
    ]
    return Note(NOTE.text, (*NOTE.signatures, *lines)).to_text()


def test_the_example_of_the_specification_is_read() -> None:
    read = policy(EXAMPLE)
    assert read.ledgers == (LEDGER,)
    assert list(read.witnesses) == list(KEYS)
    assert [group.threshold for group in read.groups.values()] == [2, 1, 2]
    assert read.quorum == "X-and-Y"


@pytest.mark.parametrize(
    ("names", "is_met"),
    [
        ((), False),
        (("X1", "X2"), False),
        (("X1", "Y1"), False),
        (("Y1", "Y2", "Y3"), False),
        (("X1", "X3", "Y2"), True),
        (tuple(KEYS), True),
    ],
)
def test_the_quorum_is_counted_through_its_groups(names: tuple[str, ...], is_met: bool) -> None:
    if is_met:
        assert policy(EXAMPLE).accepted(cosigned(*names)) == names
        return
    with pytest.raises(QuorumFault, match="X-and-Y, which is not met"):
        policy(EXAMPLE).accepted(cosigned(*names))


def test_one_witness_counts_once_however_often_it_signs() -> None:
    asked = policy(f"{WITNESSES}group two 2 X1 X2\nquorum two\n")
    with pytest.raises(QuorumFault):
        asked.accepted(cosigned("X1", "X1"))


def test_a_single_witness_or_none_may_be_the_quorum() -> None:
    assert policy(f"{WITNESSES}quorum Y1").accepted(cosigned("Y1")) == ("Y1",)
    assert policy("quorum none\n").accepted(cosigned()) == ()


def test_a_false_cosignature_is_no_absent_one() -> None:
    (line,) = Note.from_text(cosigned("X1")).of(policy(EXAMPLE).witnesses["X1"])
    false = Signature(line.name, line.key_id, line.blob[:-1] + b"\x00")
    note = Note(NOTE.text, (*NOTE.signatures, false)).to_text()
    with pytest.raises(NoteFault, match="does not belong"):
        policy(f"{WITNESSES}quorum none\n").accepted(note)


def test_names_that_are_no_text_stay_apart() -> None:
    key = witness("X1").split()[2].encode()
    data = b"witness \xff " + key + b"\nquorum \xfe\n"
    with pytest.raises(PolicyFault, match="Line 2"):
        TrustPolicy.from_bytes(data)
    assert TrustPolicy.from_bytes(data.replace(b"\xfe", b"\xff")).quorum


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no line with the quorum"),
        ("quorum none\r\n", "control characters"),
        ("quorum X1\n", "Line 1 .* no witness or group of a line before"),
        (f"quorum X1\n{WITNESSES}", "no witness or group of a line before"),
        ("quorum none\nquorum none\n", "Line 2"),
        ("quorum\n", "one line, with one name"),
        ("trust X1\n", "begins with none of"),
        ("log\n", "it reads: log"),
        (f"log {LEDGER.to_text()} a b\n", "it reads: log"),
        (f"log {LEDGER.to_text()}\nlog {LEDGER.to_text()}\n", "there already"),
        (f"log {witness('X1').split()[2]}\n", "not the key of a ledger"),
        (f"witness X {LEDGER.to_text()}\n", "not the key of a witness"),
        ("witness X key\n", "Line 1 .* verifier key"),
        (f"{witness('X1')}{witness('X2').replace(' X2 ', ' X1 ')}", "name X1 is taken"),
        (f"{witness('X1')}{witness('X1').replace(' X1 ', ' X2 ')}", "there already"),
        (witness("X1").replace(" X1 ", " none "), "name none is taken"),
        (f"{WITNESSES}group X1 any X2\n", "name X1 is taken"),
        (f"{WITNESSES}group g any\n", "it reads: group"),
        (f"{WITNESSES}group g any none\n", "no witness or group"),
        (f"{WITNESSES}group g any g\n", "no witness or group"),
        (f"{WITNESSES}group g 0 X1\n", "from 1 to 1"),
        (f"{WITNESSES}group g 3 X1 X2\n", "from 1 to 2"),
        (f"{WITNESSES}group g 02 X1 X2\n", "from 1 to 2"),
        (f"{WITNESSES}group g 2 X1 X1\n", "X1 is a member already"),
        (f"{WITNESSES}group g any X1\ngroup h any X1\n", "X1 is a member already"),
    ],
)
def test_an_unclear_policy_is_refused_with_its_line(text: str, says: str) -> None:
    with pytest.raises(PolicyFault, match=says):
        policy(text)
