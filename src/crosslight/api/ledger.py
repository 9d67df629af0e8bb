"""The ledger's checkpoint: enough for anyone to hold the ledger to it later."""

from __future__ import annotations

from ninja import Router

from crosslight.api.operations import ApiRequest, operation
from crosslight.api.schemas import CheckpointOut
from crosslight.core.policy.rules import may_read_checkpoint
from crosslight.ledger import services


def router() -> Router:
    made = Router(tags=["Ledger"])
    made.get("/ledger/checkpoint", response=CheckpointOut)(checkpoint)
    return made


@operation(may_read_checkpoint, scope="ledger")
def checkpoint(request: ApiRequest) -> CheckpointOut:  # noqa: ARG001  every view takes it
    """The present size and root, signed. Keep it: a rewritten ledger cannot match it."""
    signed = services.checkpoint()
    return CheckpointOut(note=signed.note, size=signed.size, root=signed.root.hex())
