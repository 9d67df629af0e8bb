"""O4: how the ledger stands, in words, and checking the whole of it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from crosslight.core.policy.rules import may_verify_ledger
from crosslight.oversight import services
from crosslight.web.shared.access import ScreenRequest, screen


@screen(may_verify_ledger, methods=("GET", "POST"))
def verify(request: ScreenRequest) -> HttpResponse:
    """The result is kept with its time and its person, for every auditor to see."""
    if request.method == "POST":
        services.check_ledger(actor=request.actor)
        return redirect("oversight:verify")
    chain = services.see_chain(actor=request.actor)
    context = {"chain": chain, "standing": chain.standing, "checked": chain.check}
    return render(request, "oversight/verify.html", context)


@screen(may_verify_ledger, methods=("POST",))
def checkpoint(request: ScreenRequest) -> HttpResponse:
    signed = services.take_checkpoint(actor=request.actor)
    response = HttpResponse(signed.note, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="checkpoint-{signed.size}.txt"'
    return response


@screen(may_verify_ledger, methods=("POST",))
def entry_proof(request: ScreenRequest, index: int) -> HttpResponse:
    proof = services.prove_entry(actor=request.actor, index=index)
    response = HttpResponse(proof.to_text(), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="entry-{index}.tlog-proof"'
    return response
