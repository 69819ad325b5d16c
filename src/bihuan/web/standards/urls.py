"""Addresses of the criteria library, parameters and the calendar."""

from django.urls import path

from bihuan.web.standards import calendar, checklists, comparing, guided, library, parameters

app_name = "standards"
urlpatterns = [
    path("", library.criteria, name="list"),
    path("compare/", comparing.compare, name="compare"),
    path("checklists/", checklists.checklists, name="checklists"),
    path("checklists/<slug:list_id>/", checklists.checklist, name="checklist"),
    path("ask/", guided.ask, name="ask"),
    path("ask/hazards/<uuid:hazard_id>/", guided.ask_hazard, name="ask_hazard"),
    path("ask/enterprises/<uuid:firm_id>/", guided.ask_firm, name="ask_firm"),
    path("parameters/", parameters.parameters, name="parameters"),
    path("parameters/<slug:name>/", parameters.parameter, name="parameter"),
    path("calendar/", calendar.this_year, name="calendar"),
    path("calendar/<int:year>/", calendar.year, name="year"),
    path("calendar/<int:year>/edit/", calendar.edit, name="edit_year"),
    path("<slug:standard_id>/", library.standard, name="standard"),
]
