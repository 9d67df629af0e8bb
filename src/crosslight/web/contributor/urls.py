from __future__ import annotations

from django.urls import path

from crosslight.web.contributor import home, reading, sending, writing
from crosslight.web.shared import indicators

app_name = "contributor"
urlpatterns = [
    path("", home.home, name="home"),
    path("new/", home.start, name="start"),
    path("contributions/<str:contribution_id>/", reading.contribution, name="contribution"),
    path("contributions/<str:contribution_id>/pages/<str:name>/", writing.page, name="page"),
    path(
        "contributions/<str:contribution_id>/pages/<str:name>/autosave/",
        writing.autosave,
        name="autosave",
    ),
    path("contributions/<str:contribution_id>/recognise/", writing.recognise, name="recognise"),
    path("contributions/<str:contribution_id>/check/", sending.check_answers, name="check"),
    path("contributions/<str:contribution_id>/send/", sending.send, name="send"),
    path("contributions/<str:contribution_id>/receipt/", sending.receipt, name="receipt"),
    path("contributions/<str:contribution_id>/proof/", sending.proof, name="proof"),
    path("proof/verify.sh", sending.proof_script, name="proof_script"),
    path(
        "contributions/<str:contribution_id>/answers/<str:question_id>/",
        reading.answer,
        name="answer",
    ),
    path("contributions/<str:contribution_id>/withdraw/", reading.withdraw, name="withdraw"),
    *indicators.urlpatterns,
]
