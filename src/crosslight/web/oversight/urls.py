from __future__ import annotations

from django.urls import path

from crosslight.web.oversight import erasing, log
from crosslight.web.oversight.matching import answer, matching

app_name = "oversight"
urlpatterns = [
    path("", log.home, name="home"),
    path("entry/<int:index>/", log.entry, name="entry"),
    path("verify/", log.verify, name="verify"),
    path("checkpoint/", log.checkpoint, name="checkpoint"),
    path("matching/", matching, name="matching"),
    path("matching/appeals/<str:appeal_id>/", answer, name="appeal"),
]
urlpatterns += erasing.urlpatterns
