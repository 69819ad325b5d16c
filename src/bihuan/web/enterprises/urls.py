"""Addresses of enterprises."""

from django.urls import path

from bihuan.web.enterprises.views import acts, files, imports, licences, lists

app_name = "enterprises"
urlpatterns = [
    path("", lists.listing, name="list"),
    path("export/", lists.export, name="export"),
    path("mine/", files.mine, name="mine"),
    path("doubles/", acts.doubles, name="doubles"),
    path("new/", acts.register, name="register"),
    path("import/", imports.start, name="import"),
    path("import/template/", imports.template, name="template"),
    path("import/<uuid:import_id>/", imports.mend, name="mend"),
    path("<uuid:firm_id>/", files.show, name="show"),
    path("<uuid:firm_id>/qr.svg", files.qr, name="qr"),
    path("<uuid:firm_id>/label/", files.label, name="label"),
    path("<uuid:firm_id>/change/", acts.change, name="change"),
    path("<uuid:firm_id>/features/", acts.features, name="features"),
    path("<uuid:firm_id>/move/", acts.move, name="move"),
    path("<uuid:firm_id>/merge/", acts.merge, name="merge"),
    path("<uuid:firm_id>/close/", acts.close, name="close"),
    path("<uuid:firm_id>/reopen/", acts.reopen, name="reopen"),
    path("<uuid:firm_id>/licences/new/", licences.add_licence, name="add_licence"),
    path("<uuid:firm_id>/licences/<uuid:licence_id>/", licences.change_licence, name="change_licence"),
    path("<uuid:firm_id>/sites/new/", acts.add_site, name="add_site"),
    path("<uuid:firm_id>/sites/<uuid:site_id>/", acts.change_site, name="change_site"),
]
