"""Addresses of campaigns."""

from django.urls import path

from bihuan.web.campaigns import checking, listing, papers, plan, return_forms, returns, steering, tasks, units

app_name = "campaigns"
urlpatterns = [
    path("", listing.listing, name="list"),
    path("new/", listing.start, name="start"),
    path("returns/", returns.listing, name="returns"),
    path("returns/begin/", returns.begin, name="begin_return"),
    path("returns/forms/", return_forms.listing, name="return_forms"),
    path("returns/forms/new/", return_forms.upload, name="upload_form"),
    path("returns/forms/adopt/", return_forms.adopt, name="adopt_form"),
    path("returns/forms/<uuid:form_id>/", return_forms.show, name="return_form"),
    path("returns/forms/<uuid:form_id>/use/", return_forms.use, name="use_form"),
    path("returns/forms/<uuid:form_id>/original/", return_forms.original, name="form_original"),
    path("returns/<uuid:return_id>/", returns.show, name="return"),
    path("returns/<uuid:return_id>/type/", returns.type_in, name="type_in"),
    path("returns/<uuid:return_id>/act/", returns.act, name="return_act"),
    path("returns/<uuid:return_id>/workbook/", returns.workbook, name="return_workbook"),
    path("returns/<uuid:return_id>/pack/", returns.pack, name="return_pack"),
    path("<uuid:campaign_id>/", plan.show, name="show"),
    path("<uuid:campaign_id>/file/", papers.original, name="original"),
    path("<uuid:campaign_id>/check/", checking.check, name="check"),
    path("<uuid:campaign_id>/check/facts/", checking.facts, name="facts"),
    path("<uuid:campaign_id>/check/accept/", checking.accept, name="accept"),
    path("<uuid:campaign_id>/check/aside/", checking.aside, name="aside"),
    path("<uuid:campaign_id>/check/join/", checking.join, name="join"),
    path("<uuid:campaign_id>/check/add/", checking.add, name="add"),
    path("<uuid:campaign_id>/clauses/<uuid:clause_id>/", checking.clause, name="clause"),
    path("<uuid:campaign_id>/clauses/<uuid:clause_id>/split/", checking.split, name="split"),
    path("<uuid:campaign_id>/clauses/<uuid:clause_id>/figures/", checking.figures, name="figures"),
    path("<uuid:campaign_id>/issue/", steering.issue, name="issue"),
    path("<uuid:campaign_id>/extend/", steering.extend, name="extend"),
    path("<uuid:campaign_id>/close/", steering.close, name="close"),
    path("<uuid:campaign_id>/drop/", steering.drop, name="drop"),
    path("<uuid:campaign_id>/units/", units.listing, name="units"),
    path("<uuid:campaign_id>/units/<uuid:unit_id>/", units.show, name="unit"),
    path("<uuid:campaign_id>/units/<uuid:unit_id>/receive/", units.receive, name="receive"),
    path("<uuid:campaign_id>/units/<uuid:unit_id>/review/", units.review, name="review_plan"),
    path("<uuid:campaign_id>/units/<uuid:unit_id>/plan/", papers.plan_file, name="plan_file"),
    path("<uuid:campaign_id>/tasks/", tasks.listing, name="tasks"),
    path("<uuid:campaign_id>/tasks/new/", tasks.assign, name="assign"),
    path("<uuid:campaign_id>/tasks/<uuid:task_id>/", tasks.report, name="task"),
    path("<uuid:campaign_id>/tasks/<uuid:task_id>/<uuid:file_id>/", papers.proof, name="proof"),
]
