"""Addresses of superior's lists."""

from django.urls import path

from bihuan.web.intake.views import checking, deciding, entering, lists, uploading

app_name = "intake"
urlpatterns = [
    path("", lists.listing, name="lists"),
    path("upload/", uploading.upload, name="upload"),
    path("runs/<uuid:run_id>/", checking.check, name="check"),
    path("runs/<uuid:run_id>/rows/", checking.rows, name="rows"),
    path("runs/<uuid:run_id>/read/", deciding.reread, name="reread"),
    path("runs/<uuid:run_id>/answer/", deciding.answer, name="answer"),
    path("runs/<uuid:run_id>/firm/", deciding.firm, name="firm"),
    path("runs/<uuid:run_id>/mend/", deciding.mend, name="mend"),
    path("runs/<uuid:run_id>/trial/", entering.trial, name="trial"),
    path("runs/<uuid:run_id>/enter/", entering.enter, name="enter"),
    path("runs/<uuid:run_id>/drop/", entering.drop, name="drop"),
    path("<uuid:list_id>/", lists.show, name="show"),
    path("<uuid:list_id>/back/", lists.back, name="back"),
    path("<uuid:list_id>/deadlines/", lists.deadlines, name="deadlines"),
]
