"""Addresses of the criteria library, parameters and the calendar."""

from django.urls import path

from bihuan.web.standards import calendar, comparing, library, parameters

app_name = "standards"
urlpatterns = [
    path("", library.criteria, name="list"),
    path("compare/", comparing.compare, name="compare"),
    path("parameters/", parameters.parameters, name="parameters"),
    path("parameters/<slug:name>/", parameters.parameter, name="parameter"),
    path("calendar/", calendar.this_year, name="calendar"),
    path("calendar/<int:year>/", calendar.year, name="year"),
    path("calendar/<int:year>/edit/", calendar.edit, name="edit_year"),
    path("<slug:standard_id>/", library.standard, name="standard"),
]
