from __future__ import annotations

import pytest

from crosslight.foundation.sealing import cache, envelope
from crosslight.foundation.sealing.cache import KeyCache
from crosslight.foundation.sealing.envelope import DataKey
from crosslight.foundation.sealing.errors import SealBroken

KEY = DataKey(bytes(range(16)), bytes(32))
PLACE = "table|column|row"


def test_a_value_has_the_form_of_the_design() -> None:
    value = envelope.seal(b"plain", key=KEY, place=PLACE)
    assert value[0] == 1
    assert value[1:17] == KEY.id
    assert len(value) == 1 + 16 + 12 + len(b"plain") + 16
    assert envelope.unseal(value, key=KEY, place=PLACE) == b"plain"
    assert envelope.seal(b"plain", key=KEY, place=PLACE) != value, "a nonce is used once"


def test_not_one_bit_of_a_value_can_change() -> None:
    value = envelope.seal(b"plain", key=KEY, place=PLACE)
    for at in range(len(value)):
        for bit in range(8):
            changed = bytearray(value)
            changed[at] ^= 1 << bit
            with pytest.raises(SealBroken):
                envelope.unseal(bytes(changed), key=KEY, place=PLACE)


@pytest.mark.parametrize("place", ["table|column|other", "table|other|row", "other|column|row", ""])
def test_a_value_opens_only_where_it_was_put(place: str) -> None:
    value = envelope.seal(b"plain", key=KEY, place=PLACE)
    with pytest.raises(SealBroken):
        envelope.unseal(value, key=KEY, place=place)


@pytest.mark.parametrize("value", [b"", b"\x01", b"\x02" + bytes(60), b"\x01" + bytes(43)])
def test_what_is_no_value_is_refused(value: bytes) -> None:
    with pytest.raises(SealBroken):
        envelope.unseal(value, key=DataKey(bytes(16), bytes(32)), place=PLACE)


def numbered(number: int) -> DataKey:
    return DataKey(number.to_bytes(16, "big"), bytes(32))


def test_the_cache_is_bounded_and_forgets(monkeypatch) -> None:
    now = [0.0]
    held = KeyCache(lambda: now[0])
    monkeypatch.setattr(cache, "MOST_KEYS", 3)
    held.put(numbered(number) for number in range(5))
    assert len(held) == 3
    assert held.get(numbered(0).id) is None
    assert held.get(numbered(4).id) == numbered(4)
    now[0] = cache.SECONDS + 1
    assert held.get(numbered(4).id) is None


def test_what_was_seen_is_asked_for_together_and_once() -> None:
    held = KeyCache()
    for number in range(3):
        held.see(numbered(number).id)
    assert set(held.wanted_with(numbered(9).id)) == {numbered(each).id for each in (0, 1, 2, 9)}
    assert held.wanted_with(numbered(9).id) == (numbered(9).id,)
