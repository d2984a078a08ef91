"""Requests of referrers: the page behind a private link, and where a coordinator decides."""

from django.urls import path

from referrals import inbound_views, request_views

app_name = "inbound"
urlpatterns = [
    path("", request_views.requests, name="list"),
    path("links/<int:referrer_pk>/maken/", request_views.make_link, name="make_link"),
    path("links/<int:pk>/intrekken/", request_views.revoke_link, name="revoke_link"),
    path("aanvragen/<int:pk>/nieuw/", request_views.accept_as_new, name="accept_as_new"),
    path("aanvragen/<int:pk>/gekend/", request_views.accept_for, name="accept_for"),
    path("aanvragen/<int:pk>/weigeren/", request_views.refuse, name="refuse"),
    path("<str:token>/", inbound_views.ask_access, name="ask_access"),
]
