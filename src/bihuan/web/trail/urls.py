"""Addresses of the trail."""

from django.urls import path

from bihuan.web.trail import audit, views

app_name = "trail"
urlpatterns = [
    path("", audit.audit, name="audit"),
    path("<uuid:subject_id>/", views.subject, name="subject"),
]
