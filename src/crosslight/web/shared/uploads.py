"""Forms with a file in them have a limit of their own; Django has none for files."""

from __future__ import annotations

from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class RefuseLargeForms(FileUploadHandler):
    """Looks at the announced length, before the first byte is read; takes nothing itself."""

    def handle_raw_input(  # noqa: PLR0917
        self,
        input_data: IO[bytes],  # noqa: ARG002  the signature is Django's
        META: dict[str, str],  # noqa: ARG002, N803
        content_length: int,
        boundary: str,  # noqa: ARG002
        encoding: str | None = None,  # noqa: ARG002
    ) -> tuple[Any, Any] | None:
        if content_length > settings.FORM_UPLOAD_MAX_BYTES:
            raise RequestDataTooBig
        return None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler has the file."""
