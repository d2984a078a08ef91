"""Addresses of the reports, under /rapporten/."""

from django.urls import path, register_converter

from reports import views
from reports.across import views as together_views
from reports.composed import views as composed_views
from reports.consumers import views as consumer_views
from reports.exports import views as export_views
from reports.rows import views as rows_views
from reports.rows.keys import RowKeyConverter
from reports.taking import views as taking_views

app_name = "reports"

register_converter(RowKeyConverter, "row")

urlpatterns = [
    path("", views.start, name="start"),
    path("begrippen/", views.definitions, name="definitions"),
    path("samenstellen/", composed_views.compose, name="compose"),
    path("samenstellen/<int:pk>/", composed_views.change, name="change"),
    path("samenstellen/<int:pk>/weg/", composed_views.retire, name="retire"),
    path("samen/", together_views.together, name="together"),
    path("samen/<slug:kind>/<str:period>/", together_views.of_several, name="of_several"),
    path(
        "samen/<slug:kind>/<str:period>/vastleggen/",
        together_views.freeze_several,
        name="freeze_several",
    ),
    path(
        "samen/<slug:kind>/<str:period>/<slug:file_format>/",
        together_views.file_of_several,
        name="file_of_several",
    ),
    path("afnemers/", consumer_views.consumers, name="consumers"),
    path("afnemers/<int:pk>/intrekken/", consumer_views.revoke, name="revoke_consumer"),
    path("ruwe-gegevens/", export_views.raw, name="raw"),
    path("ruwe-gegevens/<int:pk>/", export_views.export, name="export"),
    path("ruwe-gegevens/<int:pk>/bestand/", export_views.download, name="download"),
    path("ruwe-gegevens/<int:pk>/stoppen/", export_views.cancel, name="cancel"),
    path("rijen/<slug:table>/<row:row>/<str:period>/", rows_views.rows, name="rows"),
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
