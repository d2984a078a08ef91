"""Doors of the accounts app; signing in and out have allauth's names, in stek/urls.py."""

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("stek-kiezen/", views.switch_stek, name="switch_stek"),
]
