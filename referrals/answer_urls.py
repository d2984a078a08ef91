"""Doors of a partner without an account."""

from django.urls import path

from referrals import answer_views

app_name = "answers"
urlpatterns = [
    path("", answer_views.code, name="code"),
    path("<str:token>/", answer_views.answer, name="answer"),
    path("<str:token>/nieuwe-link/", answer_views.renew, name="renew_link"),
]
