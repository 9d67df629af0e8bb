from __future__ import annotations

from django.urls import path

from crosslight.web.contributor import files, home, imports, reading, sending, writing
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
    path("contributions/<str:contribution_id>/files/", files.files, name="files"),
    path("contributions/<str:contribution_id>/files/ask/", files.ask, name="file_ask"),
    path("contributions/<str:contribution_id>/files/stopped/", files.stopped, name="file_stopped"),
    path("contributions/<str:contribution_id>/files/add/", files.add, name="file_add"),
    path(
        "contributions/<str:contribution_id>/files/announce/", files.announce, name="file_announce"
    ),
    path("files/<str:package_id>/", files.file, name="file"),
    path("files/<str:package_id>/cancel/", files.cancel, name="file_cancel"),
    path("uploads/<str:package_id>/", files.upload, name="upload"),
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
    path("imports/", imports.imports, name="imports"),
    path("imports/new/", imports.new, name="import_new"),
    path("imports/templates/<str:kind>.<str:form>", imports.template, name="import_template"),
    path("imports/<str:import_id>/", imports.show, name="import"),
    path("imports/<str:import_id>/columns/", imports.columns, name="import_columns"),
    path("imports/<str:import_id>/accept/", imports.accept, name="import_accept"),
    path("imports/<str:import_id>/go-on/", imports.go_on, name="import_go_on"),
    path("imports/<str:import_id>/bad-rows/", imports.bad_rows, name="import_bad_rows"),
    path("imports/<str:import_id>/end/", imports.end, name="import_end"),
    *indicators.urlpatterns,
]
