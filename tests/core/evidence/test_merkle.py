from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosslight.config.environment import reference_folder
from crosslight.core.evidence.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)

# Test data of the Certificate Transparency project: inputs, and the roots of their prefixes.
CT_INPUTS = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
CT_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
# Its two equal "roots" are 12 bytes of text. A root is a SHA-256 hash here, so it is refused.
NOT_A_HASH = "additional/sizes-are-equal-one-and-proof-is-empty.json"


def leaves(count: int) -> list[bytes]:
    return [leaf_hash(str(number).encode()) for number in range(count)]


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_certificate_transparency(size: int):
    assert root_of(map(leaf_hash, CT_INPUTS[:size])).hex() == CT_ROOTS[size - 1]


def test_the_empty_tree_has_the_hash_of_nothing():
    assert Frontier().root == EMPTY_ROOT == root_of([])


def vectors() -> list[Path]:
    folder = reference_folder()
    return [] if folder is None else sorted((folder / "vectors" / "merkle").rglob("*.json"))


@pytest.mark.skipif(not vectors(), reason="CROSSLIGHT_REFERENCE has no vectors/merkle")
def test_proofs_agree_with_transparency_dev():
    """https://github.com/transparency-dev/merkle, testdata (Apache-2.0): good and hostile."""
    disagreeing = {
        path.as_posix()
        for path in vectors()
        if accepts(json.loads(path.read_text())) is json.loads(path.read_text())["wantErr"]
    }
    assert len(vectors()) == 196
    assert {path.partition("/consistency/")[2] for path in disagreeing} == {NOT_A_HASH}


def accepts(vector: dict[str, object]) -> bool:
    proof = [raw(item) for item in vector["proof"] or ()]
    if "leafIdx" in vector:
        return verify_inclusion(
            index=vector["leafIdx"],
            size=vector["treeSize"],
            leaf=raw(vector["leafHash"]),
            proof=proof,
            root=raw(vector["root"]),
        )
    return verify_consistency(
        old=vector["size1"],
        new=vector["size2"],
        old_root=raw(vector["root1"]),
        new_root=raw(vector["root2"]),
        proof=proof,
    )


def raw(text: str | None) -> bytes:
    return base64.b64decode(text or "")


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 31, 64, 65])
def test_every_entry_proves_itself_and_nothing_else(size: int):
    tree = leaves(size)
    root = root_of(tree)
    for index in range(size):
        proof = inclusion_proof(index=index, size=size, subtree=lambda a, b: root_of(tree[a:b]))
        assert verify_inclusion(index=index, size=size, leaf=tree[index], proof=proof, root=root)
        other = (index + 1) % size
        assert other == index or not verify_inclusion(
            index=other, size=size, leaf=tree[index], proof=proof, root=root
        )


@given(st.integers(1, 130), st.data())
def test_a_tree_is_consistent_with_its_past_and_no_other(new: int, data: st.DataObject):
    old = data.draw(st.integers(1, new))
    tree = leaves(new)
    proof = consistency_proof(old=old, new=new, subtree=lambda a, b: root_of(tree[a:b]))
    past, present = root_of(tree[:old]), root_of(tree)
    rewritten = root_of([leaf_hash(b"rewritten"), *tree[1:old]])
    assert verify_consistency(old=old, new=new, old_root=past, new_root=present, proof=proof)
    assert not verify_consistency(
        old=old, new=new, old_root=rewritten, new_root=present, proof=proof
    )


@given(st.integers(0, 300))
def test_a_frontier_survives_storage(size: int):
    frontier = Frontier()
    for leaf in leaves(size):
        frontier = frontier.push(leaf)
    assert Frontier.from_bytes(size=size, data=frontier.to_bytes()) == frontier
    assert frontier.root == root_of(leaves(size))


@pytest.mark.parametrize(("size", "data"), [(3, b"x" * 32), (1, b"x" * 31), (0, b"x" * 32)])
def test_a_damaged_frontier_is_refused(size: int, data: bytes):
    with pytest.raises(ValueError, match="frontier"):
        Frontier.from_bytes(size=size, data=data)


@pytest.mark.parametrize(("old", "new"), [(0, 3), (4, 3), (-1, 3)])
def test_there_is_no_proof_from_a_later_state_to_an_earlier(old: int, new: int):
    with pytest.raises(ValueError, match="later state"):
        consistency_proof(old=old, new=new, subtree=lambda _a, _b: b"")


@pytest.mark.parametrize("index", [-1, 3, 4])
def test_there_is_no_proof_of_an_entry_outside_the_tree(index: int):
    with pytest.raises(ValueError, match="has a proof"):
        inclusion_proof(index=index, size=3, subtree=lambda _a, _b: b"")
