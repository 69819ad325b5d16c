"""Addresses of the trail."""

from django.urls import path

from bihuan.web.trail import views

app_name = "trail"
urlpatterns = [
    path("<uuid:subject_id>/", views.subject, name="subject"),
]
