"""Every address of the product, by door and room."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("bihuan.web.desk.urls")),
    path("", include("bihuan.web.people.urls")),
    path("hazards/", include("bihuan.web.hazards.urls")),
    path("field/", include("bihuan.web.field.urls")),
    path("enterprises/", include("bihuan.web.enterprises.urls")),
    path("q/", include("bihuan.web.enterprises.codes")),
    path("trail/", include("bihuan.web.trail.urls")),
    path("standards/", include("bihuan.web.standards.urls")),
    path("documents/", include("bihuan.web.documents.urls")),
    path("orgs/", include("bihuan.web.orgs.urls")),
    path("stats/", include("bihuan.web.stats.urls")),
    path("screen/", include("bihuan.web.screen.urls")),
    path("campaigns/", include("bihuan.web.campaigns.urls")),
    path("intake/", include("bihuan.web.intake.urls")),
]
