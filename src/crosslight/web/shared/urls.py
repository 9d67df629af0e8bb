"""Pages of every surface: landing, signing in, my account, notices, help, language."""

from __future__ import annotations

from django.urls import include, path

from crosslight.web.shared import notices, sign_in, typologies, views

urlpatterns = [
    path("", views.landing, name="landing"),
    path("home/", views.home, name="home"),
    path("help/", views.page_help, name="help"),
    path("language/", views.switch_language, name="language"),
    path("account/", views.my_account, name="my_account"),
    path("account/kept/", views.kept_work, name="kept_work"),
    path("account/", include(sign_in.urlpatterns)),
    path("typologies/", typologies.typologies, name="typologies"),
    path("typologies/<str:typology_id>/", typologies.typology, name="typology"),
    path("notices/", notices.inbox, name="notices"),
    path("notices/<str:notice_id>/", notices.open_notice, name="notice"),
]
