"""Addresses of the field pages."""

from django.urls import path

from bihuan.web.field import uploads

app_name = "field"
urlpatterns = [
    path("files/", uploads.upload, name="upload"),
    path("files/<uuid:file_id>/<slug:variant>/", uploads.draft, name="draft"),
]
