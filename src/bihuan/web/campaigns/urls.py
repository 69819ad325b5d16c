"""Addresses of campaigns."""

from django.urls import path

from bihuan.web.campaigns import checking, listing, papers, plan, steering, tasks, units

app_name = "campaigns"
urlpatterns = [
    path("", listing.listing, name="list"),
    path("new/", listing.start, name="start"),
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
