"""Addresses of units, posts and responsibility."""

from django.urls import path

from bihuan.web.orgs import changing, firms, importing, naming, screens, views

app_name = "orgs"
urlpatterns = [
    path("units/", views.units, name="units"),
    path("units/vacant/", views.vacant, name="vacant"),
    path("units/lists/", views.lists, name="lists"),
    path("units/sectors/", naming.sectors, name="sectors"),
    path("units/areas/", naming.areas, name="areas"),
    path("units/fields/", naming.fields, name="fields"),
    path("units/import/", importing.upload, name="import"),
    path("units/import/template/", importing.template, name="import_template"),
    path("units/<uuid:unit_id>/", views.unit, name="unit"),
    path("units/<uuid:unit_id>/new-unit/", changing.new_unit, name="new_unit"),
    path("units/<uuid:unit_id>/new-post/", changing.new_post, name="new_post"),
    path("units/<uuid:unit_id>/name/", changing.rename_unit, name="rename_unit"),
    path("units/<uuid:unit_id>/close/", changing.close_unit, name="close_unit"),
    path("screens/", screens.screens, name="screens"),
    path("screens/new/", screens.open_screen, name="open_screen"),
    path("screens/<uuid:screen_id>/revoke/", screens.revoke_screen, name="revoke_screen"),
    path("firms/<uuid:firm_id>/", firms.firm, name="firm"),
    path("firms/<uuid:firm_id>/leader/", firms.attach, name="attach"),
    path("firms/<uuid:firm_id>/cover/", firms.cover, name="cover"),
    path("posts/<uuid:post_id>/", views.post, name="post"),
    path("posts/<uuid:post_id>/duties/", naming.duties, name="duties"),
    path("posts/<uuid:post_id>/hand-over/", changing.hand_over, name="hand_over"),
]
