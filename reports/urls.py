"""Addresses of the reports, under /rapporten/."""

from django.urls import path

from reports import composed_views, export_views, taking_views, together_views, views

app_name = "reports"

urlpatterns = [
    path("", views.start, name="start"),
    path("begrippen/", views.definitions, name="definitions"),
    path("samenstellen/", composed_views.compose, name="compose"),
    path("samenstellen/<int:pk>/", composed_views.change, name="change"),
    path("samenstellen/<int:pk>/weg/", composed_views.retire, name="retire"),
    path("samen/", together_views.together, name="together"),
    path("samen/<slug:kind>/<str:period>/", together_views.of_several, name="of_several"),
    path("ruwe-gegevens/", export_views.raw, name="raw"),
    path("ruwe-gegevens/<int:pk>/", export_views.export, name="export"),
    path("ruwe-gegevens/<int:pk>/bestand/", export_views.download, name="download"),
    path("ruwe-gegevens/<int:pk>/stoppen/", export_views.cancel, name="cancel"),
    # A kind may be any word, so it comes last.
    path("<slug:kind>/", views.choose, name="choose"),
    path("<slug:kind>/<str:period>/", views.report, name="report"),
    path("<slug:kind>/<str:period>/meenemen/", taking_views.take, name="take"),
    path("<slug:kind>/<str:period>/verbeteren/", taking_views.correct, name="correct"),
    path("<slug:kind>/<str:period>/<int:version>/", views.report, name="version"),
    path(
        "<slug:kind>/<str:period>/<int:version>/<slug:file_format>/",
        taking_views.file,
        name="file",
    ),
]
