"""Addresses of statistics."""

from django.urls import path

from bihuan.web.stats import counted, views

app_name = "stats"
urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("campaigns/", views.campaigns, name="campaigns"),
    path("counted/", counted.counted, name="counted"),
]
