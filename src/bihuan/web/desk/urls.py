"""Addresses of the desk."""

from django.urls import path

from bihuan.web.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.workbench, name="workbench"),
    path("find/", views.find, name="find"),
]
