"""From the second verdict on: deciding, handing over, joint rooms; inputs, protection, board."""

from __future__ import annotations

from django.urls import path

from crosslight.web.unit import board, decide, handovers, inputs, protection, rooms

_MATCH = "matches/<str:match_id>/"
_HANDOVER = "handovers/<str:handover_id>/"
_ITEM = f"{_HANDOVER}items/<str:item_id>/"
_ROOM = "rooms/<str:room_id>/"
urlpatterns = [
    path(f"{_MATCH}decide/", decide.decide, name="decide"),
    path(f"{_MATCH}criteria/", decide.criteria, name="criteria"),
    path(f"{_MATCH}propose/", decide.propose, name="propose"),
    path(f"{_MATCH}agree/<str:proposal_id>/", decide.agree, name="agree"),
    path(f"{_MATCH}outcome/", decide.outcome, name="outcome"),
    path("handovers/", handovers.handovers, name="handovers"),
    path(_HANDOVER, handovers.handover, name="handover"),
    path(f"{_HANDOVER}add/", handovers.handover_add, name="handover_add"),
    path(f"{_ITEM}remove/", handovers.handover_remove, name="handover_remove"),
    path(
        f"{_HANDOVER}permission/<str:entity_id>/",
        handovers.handover_permission,
        name="handover_permission",
    ),
    path(f"{_HANDOVER}offer/", handovers.handover_offer, name="handover_offer"),
    path(f"{_HANDOVER}withdraw/", handovers.handover_withdraw, name="handover_withdraw"),
    path(f"{_ITEM}accept/", handovers.handover_accept, name="handover_accept"),
    path(f"{_ITEM}refuse/", handovers.handover_refuse, name="handover_refuse"),
    path("rooms/", rooms.rooms, name="rooms"),
    path(_ROOM, rooms.room, name="room"),
    path(f"{_ROOM}publish/<str:entity_id>/", rooms.room_publish, name="room_publish"),
    path(f"{_ROOM}items/<str:item_id>/revoke/", rooms.room_revoke, name="room_revoke"),
    path(f"{_ROOM}plan/", rooms.room_plan, name="room_plan"),
    path(f"{_ROOM}message/", rooms.room_message, name="room_message"),
    path("inputs/", inputs.inputs, name="inputs"),
    path("inputs/<str:input_id>/", inputs.intelligence_input, name="input"),
    path("inputs/<str:input_id>/useful/", inputs.input_useful, name="input_useful"),
    path("protection/", protection.protection, name="protection"),
    path("protection/<str:match_id>/", protection.protection_match, name="protection_match"),
    path(
        "protection/<str:match_id>/decide/", protection.protection_decide, name="protection_decide"
    ),
    path("board/", board.board, name="board"),
]
