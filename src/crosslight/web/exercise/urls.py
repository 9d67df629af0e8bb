from __future__ import annotations

from django.urls import path

from crosslight.web.exercise import views

urlpatterns = [
    path("", views.demo, name="demo"),
    path("steps/", views.steps, name="demo_steps"),
    path("as/<str:key>/", views.become, name="demo_become"),
]
