"""The addresses of the house: paths in Dutch, names in English."""

from allauth.account import views as allauth_views
from django.contrib import admin
from django.urls import include, path

from stek import views

urlpatterns = [
    path("", views.home, name="home"),
    path("aanmelden/", allauth_views.login, name="account_login"),
    path("afmelden/", allauth_views.logout, name="account_logout"),
    path("wachtwoord/", allauth_views.password_change, name="account_change_password"),
    path("", include("accounts.urls")),
    path("balie/", include("visits.urls")),
    path("huishoudens/", include("people.urls")),
    path("beheer/", admin.site.urls),
]
