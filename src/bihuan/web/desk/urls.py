"""Addresses of the desk."""

from django.urls import path

from bihuan.web.desk import notices, views

app_name = "desk"
urlpatterns = [
    path("", views.workbench, name="workbench"),
    path("find/", views.find, name="find"),
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.read_all, name="read_all"),
    path("notices/<uuid:notice_id>/", notices.open_notice, name="notice"),
]
