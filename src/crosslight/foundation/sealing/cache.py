"""Data keys in memory, for a short time, so that a list does not open the key store row by row."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from threading import Lock

from crosslight.foundation.sealing.envelope import DataKey

MOST_KEYS = 2_000
# Another process that destroyed a key cannot empty this one's memory: so long it may stay here.
SECONDS = 60.0


class KeyCache:
    """Shared by the threads of a process. Values seen since the last look-up are opened together.

    `seen` is told the key id of each sealed value as rows are read; the first one that is opened
    then fetches the keys of the whole list in one query.
    """

    def __init__(self, tick: Callable[[], float] = time.monotonic) -> None:
        self._tick = tick
        self._lock = Lock()
        self._keys: OrderedDict[bytes, tuple[DataKey, float]] = OrderedDict()
        self._seen: OrderedDict[bytes, None] = OrderedDict()

    def see(self, key_id: bytes) -> None:
        with self._lock:
            if key_id not in self._keys:
                self._seen[key_id] = None
                if len(self._seen) > MOST_KEYS:
                    self._seen.popitem(last=False)

    def get(self, key_id: bytes) -> DataKey | None:
        with self._lock:
            held = self._keys.get(key_id)
            if held is None:
                return None
            key, at = held
            if self._tick() - at > SECONDS:
                del self._keys[key_id]
                return None
            self._keys.move_to_end(key_id)
            return key

    def wanted_with(self, key_id: bytes) -> tuple[bytes, ...]:
        """`key_id` and all others seen since; they are asked for once."""
        with self._lock:
            self._seen[key_id] = None
            wanted = tuple(self._seen)
            self._seen.clear()
            return wanted

    def put(self, keys: Iterable[DataKey]) -> None:
        with self._lock:
            now = self._tick()
            for key in keys:
                self._keys[key.id] = (key, now)
                self._keys.move_to_end(key.id)
            while len(self._keys) > MOST_KEYS:
                self._keys.popitem(last=False)

    def drop(self, key_id: bytes) -> None:
        with self._lock:
            self._keys.pop(key_id, None)
            self._seen.pop(key_id, None)

    def clear(self) -> None:
        with self._lock:
            self._keys.clear()
            self._seen.clear()

    def __len__(self) -> int:
        return len(self._keys)


CACHE = KeyCache()
# Which key a subject has never changes once it has one, so that may be remembered, too.
_IDS: OrderedDict[tuple[str, str], bytes] = OrderedDict()


def remembered_id(purpose: str, subject: str) -> bytes | None:
    return _IDS.get((purpose, subject))


def remember_id(purpose: str, subject: str, key_id: bytes) -> None:
    _IDS[purpose, subject] = key_id
    while len(_IDS) > MOST_KEYS:
        _IDS.popitem(last=False)


def forget(purpose: str, subject: str) -> None:
    key_id = _IDS.pop((purpose, subject), None)
    if key_id is not None:
        CACHE.drop(key_id)


def forget_all() -> None:
    _IDS.clear()
    CACHE.clear()
