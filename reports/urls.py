"""Addresses of the reports, under /rapporten/."""

from django.urls import path

from reports import views

app_name = "reports"

urlpatterns = [
    path("", views.start, name="start"),
]
