"""The address that a QR code on a wall carries: short, stable, meaning nothing to a stranger."""

from django.urls import path

from bihuan.web.enterprises.views import files

app_name = "codes"
urlpatterns = [path("<str:token>/", files.scan, name="scan")]
