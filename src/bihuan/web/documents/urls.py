"""Addresses of papers."""

from django.urls import path

from bihuan.web.documents import views

app_name = "documents"
urlpatterns = [
    path("", views.papers, name="list"),
    path("<uuid:paper_id>/", views.paper, name="show"),
    path("<uuid:paper_id>/void/", views.void, name="void"),
]
