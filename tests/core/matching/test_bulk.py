from __future__ import annotations

from crosslight.core.matching import Attribute, Band, Record, prepare
from crosslight.core.matching.bulk import CountedRarity, matched_pairs, pool


def people(*rows: tuple[str, str, str]):
    """Prepared persons of (id, name, phone)."""
    return [
        prepare(
            Record(
                id=identifier,
                schema="Person",
                values={Attribute.NAME: (name,), Attribute.PHONE: (phone,) if phone else ()},
            )
        )
        for identifier, name, phone in rows
    ]


PEOPLE = people(
    ("a", "Awa Sarr", "+447700900001"),
    ("b", "Awa Saar", "+447700900001"),
    ("c", "Kofi Owusu", "+447700900002"),
    ("d", "Awa Sarr", "+447700900001"),
)


def found(among, *, is_wanted=lambda result: result.band is not Band.NONE):
    return [(pair.left, pair.right) for pair in matched_pairs(among, is_wanted=is_wanted)]


def test_every_pair_with_a_shared_key_comes_once_in_order():
    assert sorted(found(pool(PEOPLE))) == [(0, 1), (0, 3), (1, 3)]


def test_of_one_record_the_heaviest_pair_comes_first():
    pairs = list(matched_pairs(pool(PEOPLE), is_wanted=lambda _: True))
    weights = [pair.result.weight for pair in pairs if pair.left == 0]
    assert weights == sorted(weights, reverse=True)


def test_of_several_files_only_pairs_across_them_count():
    assert sorted(found(pool(PEOPLE, sources=[0, 0, 1, 1]))) == [(0, 3), (1, 3)]


def test_unwanted_pairs_are_compared_and_left_out():
    compared = []
    among = pool(PEOPLE)
    pairs = matched_pairs(among, is_wanted=lambda _: False, progress=compared.append)
    assert list(pairs) == []
    assert compared == [2, 1, 0, 0]


def test_a_value_that_many_hold_fetches_no_candidates():
    names = [f"{chr(97 + n // 5) * 4}{chr(97 + n % 5) * 4}o" for n in range(25)]
    crowd = people(*((str(n), name, "+447700900009") for n, name in enumerate(names)))
    among = pool(crowd)
    assert "phone:+447700900009" not in among.postings
    assert among.common_keys >= 1
    assert among.rarity.holders("phone:+447700900009") == 25


def test_rarity_counts_the_records_themselves():
    rarity = pool(PEOPLE).rarity
    assert rarity.total == 4
    assert rarity.holders("phone:+447700900001") == 3
    assert rarity.holders("phone:+447700900002") == 1
    assert CountedRarity(total=1, counts={}).holders("anything") == 1


def test_no_records_make_no_pairs():
    assert found(pool([])) == []
