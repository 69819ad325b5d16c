"""Addresses of the big screen."""

from django.urls import path

from bihuan.web.screen import views

app_name = "screen"
urlpatterns = [
    path("", views.show, name="show"),
    path("code/", views.enter, name="enter"),
]
