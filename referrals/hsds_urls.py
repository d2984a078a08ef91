"""Exchanging the directory of partners with others."""

from django.urls import path

from referrals import hsds_views as views

app_name = "hsds"

urlpatterns = [
    path("", views.start, name="start"),
    path("bestand/", views.export, name="export"),
    path("<uuid:request_id>/", views.preview, name="preview"),
    path("<uuid:request_id>/inlezen/", views.confirm, name="confirm"),
    path("<uuid:request_id>/niet-inlezen/", views.cancel, name="cancel"),
]
