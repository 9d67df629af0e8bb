from __future__ import annotations

from django.urls import path

from crosslight.web.desk import deciding, dissemination, home, inputs, packages, review
from crosslight.web.shared import indicators

app_name = "desk"
_ONE = "contributions/<str:contribution_id>/"
_PACKAGE = "packages/<str:package_id>/"
urlpatterns = [
    path("", home.home, name="home"),
    path(_ONE, review.contribution, name="contribution"),
    path(f"{_ONE}take/", deciding.take, name="take"),
    path(f"{_ONE}validate/", deciding.validate, name="validate"),
    path(f"{_ONE}return/", deciding.return_it, name="return"),
    path(f"{_ONE}refuse/", deciding.refuse, name="refuse"),
    path(f"{_ONE}take-in/", deciding.take_in, name="take_in"),
    path(f"{_ONE}take-out/", deciding.take_out, name="take_out"),
    path(f"{_ONE}ask/", deciding.ask, name="ask"),
    path(f"{_ONE}prioritise/", deciding.prioritise, name="prioritise"),
    path(f"{_ONE}disseminate/", dissemination.dissemination, name="disseminate"),
    path(f"{_ONE}drop/", deciding.drop, name="drop"),
    path(f"{_ONE}close/", deciding.close, name="close"),
    path(f"{_ONE}feedback/", deciding.feedback, name="feedback"),
    path("inputs/", inputs.inputs, name="inputs"),
    path("inputs/<str:input_id>/", inputs.intelligence_input, name="input"),
    path("packages/", packages.packages, name="packages"),
    path(_PACKAGE, packages.package, name="package"),
    path(f"{_PACKAGE}release/", packages.release, name="package_release"),
    path(f"{_PACKAGE}restrict/", packages.restrict, name="package_restrict"),
    path(f"{_PACKAGE}objects/<int:number>/", packages.reveal, name="package_reveal"),
    path(f"{_PACKAGE}export/", packages.export, name="package_export"),
    *indicators.urlpatterns,
]
