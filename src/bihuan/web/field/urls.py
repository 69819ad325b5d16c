"""Addresses of the field pages."""

from django.urls import path

from bihuan.web.field import advice, report, review, uploads

app_name = "field"
urlpatterns = [
    path("report/", report.report, name="report"),
    path("places/", report.places, name="places"),
    path("advice/", advice.advice, name="advice"),
    path("review/<uuid:hazard_id>/", review.review, name="review"),
    path("files/", uploads.upload, name="upload"),
    path("files/<uuid:file_id>/<slug:variant>/", uploads.draft, name="draft"),
]
