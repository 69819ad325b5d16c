"""Addresses of hazards."""

from django.urls import path

from bihuan.web.hazards import guide

app_name = "hazards"
urlpatterns = [
    path("help/", guide.guide, name="help"),
]
