"""Screens of investigation units: investigations, records, matches and what follows from them."""

from __future__ import annotations

from django.urls import path

from crosslight.web.unit import (
    common_values,
    entering,
    home,
    investigations,
    matches,
    records,
    urls_decisions,
)

app_name = "unit"
_INVESTIGATION = "investigations/<str:investigation_id>/"
_RECORD = "investigations/records/<str:entity_id>/"
_MATCH = "matches/<str:match_id>/"
urlpatterns = [
    path("", home.home, name="home"),
    path("investigations/", investigations.investigations, name="investigations"),
    path("investigations/new/", investigations.new, name="investigation_new"),
    path(_INVESTIGATION, investigations.investigation, name="investigation"),
    path(f"{_INVESTIGATION}approve/", investigations.approve, name="approve"),
    path(f"{_INVESTIGATION}close/", investigations.close, name="close_investigation"),
    path(f"{_INVESTIGATION}records/new/", entering.new, name="entity_new"),
    path(f"{_INVESTIGATION}records/recognise/", entering.recognise, name="recognise"),
    path(_RECORD, records.entity, name="entity"),
    path(f"{_RECORD}change/", records.change, name="entity_change"),
    path(f"{_RECORD}statements/", records.add, name="statement_add"),
    path(
        f"{_RECORD}statements/<str:statement_id>/correct/",
        records.correct,
        name="statement_correct",
    ),
    path(f"{_RECORD}values/<str:value_id>/", common_values.appeal, name="appeal"),
    path(f"{_RECORD}withdraw/", records.withdraw, name="entity_withdraw"),
    path("matches/", matches.matches, name="matches"),
    path(_MATCH, matches.match, name="match"),
    path(f"{_MATCH}acknowledge/", matches.acknowledge, name="acknowledge"),
    path(f"{_MATCH}answer/", matches.answer, name="answer"),
]
urlpatterns += urls_decisions.urlpatterns
