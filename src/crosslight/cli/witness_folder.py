"""A witness's own folder: its key, the ledgers that it watches, and what it cosigned last.

witness.pem                   the Ed25519 key, for its owner only
witness.vkey                  its public half, to give away
ledgers/<hash>/log.vkey       a ledger that is watched; <hash> is the SHA-256 of its origin. The
                              key in use comes first, keys that it was exchanged for below
ledgers/<hash>/checkpoint     the last checkpoint that was cosigned
ledgers/<hash>/refused        the last one over HTTP that did not continue it, signed by the ledger
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from crosslight.cli.exported import read_text
from crosslight.cli.support import PROBLEM, Failure, fail
from crosslight.core.evidence.checkpoint import Checkpoint, open_checkpoint
from crosslight.core.evidence.cosignature import cosign, cosigned_at
from crosslight.core.evidence.notes import (
    KeyKind,
    Note,
    NoteFault,
    Signature,
    VerifierKey,
    verifier_key,
)
from crosslight.core.evidence.rotation import deployment
from crosslight.foundation import clock

_OWNER_ONLY = 0o600
_OWNER_ONLY_FOLDER = 0o700
_OTHERS = 0o077
_KEY, _PUBLIC, _LOCK = "witness.pem", "witness.vkey", "lock"
_LEDGERS, _LOG, _LAST, _REFUSED = "ledgers", "log.vkey", "checkpoint", "refused"


@dataclass(frozen=True, slots=True)
class Last:
    """What was cosigned last, and when, in seconds since 1970."""

    checkpoint: Checkpoint
    seconds: int


@dataclass(frozen=True, slots=True)
class Watched:
    ledger: VerifierKey
    last: Last | None


class NotWatched(Failure):
    """The witness was never told of this ledger."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, status=PROBLEM)


@dataclass(frozen=True, slots=True)
class WitnessFolder:
    path: Path
    key: Ed25519PrivateKey
    public: VerifierKey

    @property
    def name(self) -> str:
        return self.public.name

    @classmethod
    def create(cls, path: Path, *, name: str) -> WitnessFolder:
        """Make the folder and the key; where both are there already, only open them."""
        if (path / _PUBLIC).exists():
            folder = cls.open(path)
            if folder.name != name:
                raise fail(f"{path} is the folder of the witness {folder.name}. Name another one.")
            return folder
        path.mkdir(parents=True, exist_ok=True, mode=_OWNER_ONLY_FOLDER)
        key = Ed25519PrivateKey.generate()
        public = verifier_key(name=name, key=key, kind=KeyKind.WITNESS)
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        try:
            descriptor = os.open(path / _KEY, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
        except FileExistsError as error:
            raise fail(
                f"{path / _KEY} is there without {_PUBLIC}. Nothing was changed. Put the folder "
                "back from its backup, or name a new one."
            ) from error
        _write(descriptor, pem)
        _replace(path / _PUBLIC, f"{public.to_text()}\n")
        return cls(path, key, public)

    @classmethod
    def open(cls, path: Path) -> WitnessFolder:
        public = _vkey(path / _PUBLIC)
        key = _private(path / _KEY)
        if verifier_key(name=public.name, key=key, kind=KeyKind.WITNESS) != public:
            raise fail(f"The key in {path} is not the one of {_PUBLIC}. {_RESTORE}")
        return cls(path, key, public)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Two runs at once could cosign two futures of one ledger."""
        with (self.path / _LOCK).open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def watch(self, ledger: VerifierKey) -> None:
        """From now on; a ledger's key does not change under its name."""
        place = self._place(ledger.name)
        if (place / _LOG).exists():
            if _vkeys(place / _LOG)[0] != ledger:
                raise fail(
                    f"{ledger.name} is watched with another key already. Nothing was changed. Ask "
                    "the ledger's operator, by another way, which key is the true one."
                )
            return
        place.mkdir(parents=True, exist_ok=True, mode=_OWNER_ONLY_FOLDER)
        _replace(place / _LOG, f"{ledger.to_text()}\n")

    def watched(self, origin: str) -> Watched:
        """The ledger of that name; a later year's shard of a ledger that is watched is its own."""
        place = self._place(origin)
        if not (place / _LOG).exists():
            return Watched(self._key_of_earlier_year(origin), None)
        keys = _vkeys(place / _LOG)
        if any(key.name != origin for key in keys):
            raise fail(f"{place} is the folder of another ledger. {_RESTORE}")
        return Watched(keys[0], self._last(place / _LAST, keys))

    def _key_of_earlier_year(self, origin: str) -> VerifierKey:
        """Under another year's name the same key signs; a checkpoint of another's is refused."""
        earlier = [
            key
            for key, *_ in map(_vkeys, (self.path / _LEDGERS).glob(f"*/{_LOG}"))
            if key.name < origin and deployment(key.name) == deployment(origin) != origin
        ]
        if not earlier:
            raise NotWatched(
                f"This witness does not watch {origin}. Nothing was cosigned. If it should, add "
                "the ledger's key: crosslight witness init."
            )
        return VerifierKey(origin, max(earlier, key=lambda key: key.name).public)

    def exchange(self, ledger: VerifierKey, *, old: VerifierKey) -> None:
        """The ledger signs with another key from now on, and the old one said so."""
        self.watch(old)
        place = self._place(ledger.name)
        keys = (ledger, *_vkeys(place / _LOG))
        _replace(place / _LOG, "".join(f"{key.to_text()}\n" for key in keys))

    def all_watched(self) -> Iterator[Watched]:
        for path in sorted((self.path / _LEDGERS).glob(f"*/{_LOG}")):
            yield self.watched(_vkeys(path)[0].name)

    def keep(self, note: Note, *, ledger: VerifierKey) -> None:
        """Written before the cosignature leaves, or a crash would let the witness forget it."""
        self.watch(ledger)
        _replace(self._place(ledger.name) / _LAST, note.to_text())

    def keep_refused(self, note: Note, *, ledger: VerifierKey) -> None:
        """The ledger signed what does not continue what it showed before: that is evidence."""
        if (self._place(ledger.name) / _LOG).exists():
            _replace(self._place(ledger.name) / _REFUSED, note.to_text())

    def _place(self, origin: str) -> Path:
        return self.path / _LEDGERS / hashlib.sha256(origin.encode()).hexdigest()

    def _last(self, path: Path, keys: Sequence[VerifierKey]) -> Last | None:
        """Read only if both signatures hold: a damaged memory is no memory to go by."""
        if not path.exists():
            return None
        text = read_text(path)
        try:
            note = Note.from_text(text)
            signer = next((key for key in keys if note.of(key)), keys[0])
            checkpoint = open_checkpoint(text, key=signer).checkpoint
            seconds = cosigned_at(Note.from_text(text), key=self.public)
        except NoteFault as error:
            raise fail(f"{path} is damaged: {error} {_RESTORE}") from error
        if seconds is None:
            raise fail(f"{path} was not cosigned by this witness. {_RESTORE}")
        return Last(checkpoint, seconds)


def sign_and_keep(own: WitnessFolder, watched: Watched, note: Note) -> Signature:
    """The cosignature, once it is written down. The caller holds the lock and has examined it."""
    seconds = int(clock.now().timestamp())
    if watched.last and seconds < watched.last.seconds:
        raise fail(
            "The clock of this machine is before your last cosignature "
            f"({moment(watched.last.seconds)}). Nothing was cosigned. Set the clock."
        )
    line = cosign(note.text, name=own.name, key=own.key, seconds=seconds)
    own.keep(Note(note.text, (*note.of(watched.ledger), line)), ledger=watched.ledger)
    return line


def moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


_RESTORE = "Nothing was cosigned. Put the witness's folder back from its backup."


def _private(path: Path) -> Ed25519PrivateKey:
    if path.stat().st_mode & _OTHERS:
        raise fail(f"Others than its owner may read {path}. Nothing was cosigned. chmod 600 it.")
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except ValueError as error:
        raise fail(f"{path} holds no key. {_RESTORE}") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise fail(f"{path} holds no Ed25519 key. {_RESTORE}")
    return key


def _vkey(path: Path) -> VerifierKey:
    return _vkeys(path)[0]


def _vkeys(path: Path) -> tuple[VerifierKey, ...]:
    """At least one."""
    try:
        return tuple(map(VerifierKey.from_text, read_text(path).strip().split("\n")))
    except NoteFault as error:
        raise fail(f"{path} holds no key: {error} {_RESTORE}") from error


def _replace(path: Path, text: str) -> None:
    """Whole or not at all, and on the disk before this returns."""
    draft = path.with_name(f".{path.name}.new")
    draft.unlink(missing_ok=True)
    _write(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY), text.encode())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _write(descriptor: int, data: bytes) -> None:
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
