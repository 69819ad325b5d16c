"""Addresses of hazards."""

from django.urls import path

from bihuan.web.hazards import (
    acts,
    board,
    bulk,
    counted,
    explaining,
    firm_tables,
    guide,
    judged,
    listing,
    same_kind,
    saved,
    self_reports,
    show,
)

app_name = "hazards"
urlpatterns = [
    path("", listing.listing, name="list"),
    path("export/", listing.export, name="export"),
    path("counted/", counted.counted, name="counted"),
    path("bulk/", bulk.bulk, name="bulk"),
    path("views/", saved.views, name="views"),
    path("views/<uuid:view_id>/drop/", saved.drop, name="drop_view"),
    path("major/", board.board, name="major"),
    path("judged/", judged.judged, name="judged"),
    path("same-kind/", same_kind.tasks, name="same_kinds"),
    path("same-kind/new/", same_kind.new_task, name="new_same_kind"),
    path("same-kind/<uuid:task_id>/", same_kind.task, name="same_kind"),
    path("same-kind/<uuid:task_id>/end/", same_kind.end, name="end_same_kind"),
    path("same-kind/<uuid:task_id>/papers/<uuid:evidence_id>/", same_kind.paper, name="same_kind_paper"),
    path("self-reports/", self_reports.self_reports, name="self_reports"),
    path("self-reports/<uuid:enterprise_id>/", self_reports.self_report_for, name="self_report_for"),
    path("self-reports/<uuid:enterprise_id>/table/", firm_tables.firm_table, name="firm_table"),
    path("self-reports/tables/<uuid:table_id>/scan/", firm_tables.scan, name="table_scan"),
    path("help/", guide.guide, name="help"),
    path("<uuid:hazard_id>/", show.show, name="show"),
    path("<uuid:hazard_id>/explained/", explaining.explained, name="explained"),
    path("<uuid:hazard_id>/files/<uuid:evidence_id>/<slug:variant>/", show.file, name="file"),
    path("<uuid:hazard_id>/<slug:name>/", acts.act, name="act"),
]
