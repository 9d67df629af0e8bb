"""Model fields that are sealed in the database and open on the object.

    note = EncryptedTextField(purpose=Purpose.CONTRIBUTION, subject="contribution_id", default="")

`subject` is the attribute that says whose key seals it, `row` those that say which row it is (the
primary key, unless that is only known after the insert). A value opens when it is first read, and
is sealed anew when its row is saved. An empty value is stored as no bytes and needs no key. What
is not saved by its row (`QuerySet.update`, `bulk_update`) can only be emptied: anything else is
refused, for it could not be bound to its row.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from crosslight.foundation.sealing import envelope
from crosslight.foundation.sealing.cache import CACHE
from crosslight.foundation.sealing.envelope import key_id_of
from crosslight.foundation.sealing.keys import open_by_id, open_for
from crosslight.foundation.sealing.purposes import Purpose

if TYPE_CHECKING:
    _Field = models.Field[Any, Any]
else:
    _Field = models.Field


class _Stored(bytes):
    """Bytes that this module made: sealed, or none. Nothing else goes into a sealed column."""


_NOTHING = _Stored()


class Sealed:
    """A value as it was read from the database, not opened yet."""

    __slots__ = ("data",)

    def __init__(self, data: bytes) -> None:
        self.data = data


class _Opening(DeferredAttribute):
    """Opens the value when it is first asked for; where its key is gone, says so (KeyDestroyed)."""

    field: EncryptedField

    def __get__(self, instance: Any, cls: Any = None) -> Any:  # noqa: ANN401  Django's signature
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            value = self.field.opened(value, instance)
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: Any, value: object) -> None:  # noqa: ANN401  Django's signature
        instance.__dict__[self.field.attname] = value


class EncryptedField(_Field):
    """What both kinds share; see the module."""

    descriptor_class = _Opening
    empty_strings_allowed = False

    def __init__(
        self,
        *args: Any,  # noqa: ANN401  passed through
        purpose: Purpose | str,
        subject: str,
        row: Sequence[str] = ("pk",),
        **options: Any,  # noqa: ANN401  passed through
    ) -> None:
        self.purpose = Purpose(purpose)
        self.subject = subject
        self.row = tuple(row)
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:  # noqa: ANN401  Django's tuple
        name, path, args, options = super().deconstruct()
        options |= {"purpose": self.purpose.value, "subject": self.subject}
        if self.row != ("pk",):
            options["row"] = self.row
        return name, path, args, options

    def get_internal_type(self) -> str:
        return "BinaryField"

    def from_db_value(self, value: Any, *_context: object) -> object:  # noqa: ANN401  of the driver
        if value is None:
            return None
        data = bytes(value)
        if not data:
            return self.nothing()
        CACHE.see(key_id_of(data))
        return Sealed(data)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: ANN401, ARG002, FBT001
        value = model_instance.__dict__.get(self.attname)
        if isinstance(value, Sealed):
            return _Stored(value.data)
        if value is None and self.null:
            return None
        return _NOTHING if self.is_nothing(value) else self.sealed(value, model_instance)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: ANN401, ARG002, FBT001, FBT002
        if value is None:
            return None
        if not isinstance(value, _Stored):
            if not self.is_nothing(value):
                raise TypeError(f"{self.name} is sealed: save it by its row, or empty it.")
            value = _NOTHING
        return connection.Database.Binary(value)

    def get_prep_value(self, value: Any) -> Any:  # noqa: ANN401  Django's signature
        return value

    def opened(self, value: Sealed, instance: models.Model) -> object:
        key = open_by_id(key_id_of(value.data))
        return self.from_bytes(envelope.unseal(value.data, key=key, place=self.place_of(instance)))

    def sealed(self, value: object, instance: models.Model) -> bytes:
        key = open_for(str(getattr(instance, self.subject)), purpose=self.purpose)
        data = envelope.seal(self.to_bytes(value), key=key, place=self.place_of(instance))
        return _Stored(data)

    def place_of(self, instance: models.Model) -> str:
        """Where the value stands. Renaming a table or column unseals nothing that was in it."""
        row = "/".join(str(getattr(instance, name)) for name in self.row)
        if "None" in row.split("/"):
            raise TypeError(f"{self.name} is sealed to its row, which has no name yet.")
        return f"{instance._meta.db_table}|{self.column}|{row}"

    def is_nothing(self, value: object) -> bool:
        return value == self.nothing()

    def nothing(self) -> object:
        raise NotImplementedError

    def to_bytes(self, value: object) -> bytes:
        raise NotImplementedError

    def from_bytes(self, data: bytes) -> object:
        raise NotImplementedError


class EncryptedTextField(EncryptedField):
    def nothing(self) -> str:
        return ""

    def to_bytes(self, value: object) -> bytes:
        if not isinstance(value, str):
            raise TypeError(f"{self.name} takes text.")
        return value.encode()

    def from_bytes(self, data: bytes) -> str:
        return data.decode()


class EncryptedBytesField(EncryptedField):
    def nothing(self) -> bytes:
        return b""

    def to_bytes(self, value: object) -> bytes:
        if not isinstance(value, bytes):
            raise TypeError(f"{self.name} takes bytes.")
        return value

    def from_bytes(self, data: bytes) -> bytes:
        return data


class EncryptedJSONField(EncryptedField):
    """`default` is dict or list, and says what an empty one is."""

    def nothing(self) -> object:
        return self.get_default() if self.has_default() else {}

    def is_nothing(self, value: object) -> bool:
        return value in ({}, [], None)

    def to_bytes(self, value: object) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    def from_bytes(self, data: bytes) -> object:
        return json.loads(data)
