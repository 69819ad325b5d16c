"""Every address of the product, by door and room."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("bihuan.web.desk.urls")),
    path("", include("bihuan.web.people.urls")),
    path("field/", include("bihuan.web.field.urls")),
    # hazards/ enterprises/ intake/ orgs/ standards/ documents/ stats/ trail/: each owner adds its line,
    # in this order: path("hazards/", include("bihuan.web.hazards.urls")),
]
