from __future__ import annotations

from django.urls import path

from crosslight.web.oversight import accesses, chain, disclosing, erasing, log
from crosslight.web.oversight.matching import answer, matching

app_name = "oversight"
urlpatterns = [
    path("", log.home, name="home"),
    path("entry/<int:index>/", log.entry, name="entry"),
    path("entry/<int:index>/proof/", chain.entry_proof, name="entry_proof"),
    path("verify/", chain.verify, name="verify"),
    path("checkpoint/", chain.checkpoint, name="checkpoint"),
    path("accesses/", accesses.samples, name="samples"),
    path("accesses/<str:sample_id>/", accesses.sample, name="sample"),
    path("accesses/<str:sample_id>/<int:index>/", accesses.judge, name="judge"),
    path("disclose/", disclosing.disclose, name="disclose"),
    path("matching/", matching, name="matching"),
    path("matching/appeals/<str:appeal_id>/", answer, name="appeal"),
]
urlpatterns += erasing.urlpatterns
