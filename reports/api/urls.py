"""Addresses of the read API, under /api/v1/; they are part of what is promised to consumers."""

from django.urls import path

from reports.api import views as api_views

app_name = "api"

urlpatterns = [
    path("figures/", api_views.figures, name="figures"),
    path("figures/<slug:stek>/<str:period>/", api_views.report, name="figures_of"),
    path("sums/<str:period>/", api_views.sums, name="sums"),
    path("definitions/", api_views.meanings, name="meanings"),
    path("openapi.json", api_views.openapi, name="openapi"),
    path("", api_views.unknown, name="nothing"),
    path("<path:rest>/", api_views.unknown, name="unknown"),
]
