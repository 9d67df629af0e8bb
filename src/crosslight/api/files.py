"""Files of machine reporters: announced, sent in pieces, received with a proof; as on the screens.

The order: send the contribution, announce a file under it, then PATCH piece after piece to its
upload address until `offset` is `size`. After a cut, HEAD says where it stands. A contribution of
preserved material comes back with F-116 until a file has arrived, and is sent again under its id.
"""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse
from ninja import Router, Status

from crosslight.api.operations import ApiRequest, operation, repeatable
from crosslight.api.schemas import FileIn, FileOut
from crosslight.contributions.services import add_file, consult_own
from crosslight.core.policy.rules import may_add_file, may_send_package, may_view_own_package
from crosslight.custody.pieces import read_checksum, read_offset
from crosslight.custody.selectors import own_package
from crosslight.custody.services import (
    Offer,
    append,
    cancel_upload,
    consult_own_package,
    list_own_packages,
)

SCOPE = "contributions"


def router() -> Router:
    made = Router(tags=["Files"])
    made.post("/contributions/{contribution_id}/files", response={HTTPStatus.CREATED: FileOut})(
        announce
    )
    made.get("/contributions/{contribution_id}/files", response=list[FileOut])(list_files)
    made.get("/files/{package_id}", response=FileOut)(read_file)
    made.api_operation(["HEAD"], "/uploads/{package_id}")(standing)
    made.patch("/uploads/{package_id}")(piece)
    made.delete("/uploads/{package_id}", response={HTTPStatus.NO_CONTENT: None})(cancel)
    return made


@operation(may_add_file, scope=SCOPE)
@repeatable
def announce(request: ApiRequest, contribution_id: str, body: FileIn) -> Status[FileOut]:
    """Say what will be sent. Nothing of a file that could show a minor being abused is taken."""
    offer = Offer(**body.model_dump())
    made = add_file(actor=request.actor, contribution_id=contribution_id, offer=offer)
    return Status(HTTPStatus.CREATED, FileOut.of(made))


@operation(may_view_own_package, scope=SCOPE)
def list_files(request: ApiRequest, contribution_id: str) -> list[FileOut]:
    """The files of one contribution, as they came."""
    view = consult_own(actor=request.actor, contribution_id=contribution_id)
    rows = list_own_packages(actor=request.actor, contribution_id=view.id)
    return [FileOut.of(seen) for seen in rows]


@operation(may_view_own_package, scope=SCOPE)
def read_file(request: ApiRequest, package_id: str) -> FileOut:
    """One file: how much of it is here, and once it is on record, its receipt."""
    seen, _ = consult_own_package(actor=request.actor, package_id=package_id)
    return FileOut.of(seen)


@operation(may_send_package, scope=SCOPE)
def standing(request: ApiRequest, package_id: str) -> HttpResponse:
    """Where the upload stands: Upload-Offset of Upload-Length bytes."""
    return _stands(request, package_id, status=HTTPStatus.OK)


@operation(may_send_package, scope=SCOPE)
def piece(request: ApiRequest, package_id: str) -> HttpResponse:
    """One piece of 1 MiB at most, as it is; Upload-Offset and Upload-Checksum (sha256) go along."""
    append(
        actor=request.actor,
        package_id=package_id,
        offset=read_offset(request.headers.get("Upload-Offset", "")),
        piece=request.body,
        sha256=read_checksum(request.headers.get("Upload-Checksum", "")),
    )
    return _stands(request, package_id, status=HTTPStatus.NO_CONTENT)


@operation(may_send_package, scope=SCOPE)
def cancel(request: ApiRequest, package_id: str) -> Status[None]:
    """Give an upload up before it has arrived; what came so far is deleted."""
    cancel_upload(actor=request.actor, package_id=package_id)
    return Status(HTTPStatus.NO_CONTENT, None)


def _stands(request: ApiRequest, package_id: str, *, status: HTTPStatus) -> HttpResponse:
    seen, _ = own_package(request.actor, package_id)
    answer = HttpResponse(status=status)
    answer["Upload-Offset"] = str(seen.received_bytes)
    answer["Upload-Length"] = str(seen.size)
    return answer
