"""Addresses of the criteria library, parameters and the calendar."""

from django.urls import path

from bihuan.web.standards import answering, calendar, comparing, files, guided, library, local, parameters
from bihuan.web.standards.lists import editing, reading
from bihuan.web.standards.words import library as words
from bihuan.web.standards.words import own, teaching

app_name = "standards"
urlpatterns = [
    path("", library.criteria, name="list"),
    path("compare/", comparing.compare, name="compare"),
    path("checklists/", reading.checklists, name="checklists"),
    path("checklists/new/", editing.new_list, name="new_list"),
    path("checklists/sheet/", reading.sheet, name="list_template"),
    path("checklists/<slug:list_id>/sheet/", reading.sheet, name="list_sheet"),
    path("checklists/<slug:list_id>/", reading.checklist, name="checklist"),
    path("checklists/<slug:list_id>/edit/", editing.edit_list, name="edit_list"),
    path("checklists/<slug:list_id>/retire/", editing.retire, name="retire_list"),
    path("ask/", guided.ask, name="ask"),
    path("ask/hazards/<uuid:hazard_id>/", guided.ask_hazard, name="ask_hazard"),
    path("ask/enterprises/<uuid:firm_id>/", guided.ask_firm, name="ask_firm"),
    path("words/", words.words, name="words"),
    path("words/own/", own.own_words, name="own_words"),
    path("words/own/<uuid:word_id>/end/", own.end, name="end_word"),
    path("words/proposals/", own.proposals, name="proposals"),
    path("words/<slug:kind>/<str:name>/", teaching.word, name="word"),
    path("parameters/", parameters.parameters, name="parameters"),
    path("parameters/<slug:name>/", parameters.parameter, name="parameter"),
    path("calendar/", calendar.this_year, name="calendar"),
    path("calendar/<int:year>/", calendar.year, name="year"),
    path("calendar/<int:year>/edit/", calendar.edit, name="edit_year"),
    path("local/", local.standards, name="local"),
    path("local/load/", local.load, name="load"),
    path("local/template/", files.template, name="template"),
    path("local/<slug:standard_id>/answer/", answering.answer, name="answer"),
    path("local/<slug:standard_id>/", local.one, name="local_one"),
    path("<slug:standard_id>/", library.standard, name="standard"),
    path("<slug:standard_id>/export/", files.export, name="export"),
]
