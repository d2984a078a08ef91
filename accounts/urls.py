"""Doors of the accounts app; signing in and out have allauth's names, in stek/urls.py."""

from django.urls import path

from accounts import account_views, factor_views, invitation_views, views
from accounts.laptop import device_views
from accounts.laptop import views as laptop_views

app_name = "accounts"
urlpatterns = [
    path("stek-kiezen/", views.switch_stek, name="switch_stek"),
    path("mijn-account/", account_views.account, name="account"),
    path("mijn-account/sessies/afmelden/", account_views.end_session, name="end_session"),
    path(
        "mijn-account/sessies/andere-afmelden/",
        account_views.end_other_sessions,
        name="end_other_sessions",
    ),
    path("mijn-account/extra-code/", factor_views.set_up, name="set_up_factor"),
    path("mijn-account/extra-code/weghalen/", factor_views.remove, name="remove_factor"),
    path("mijn-account/reservecodes/", factor_views.recovery_codes, name="recovery_codes"),
    path("mijn-account/reservecodes/nieuw/", factor_views.renew_codes, name="renew_codes"),
    path("medewerkers/<int:pk>/extra-code-wissen/", factor_views.reset, name="reset_factor"),
    path("medewerkers/uitnodigingen/", invitation_views.invitations, name="invitations"),
    path(
        "medewerkers/uitnodigingen/<int:pk>/opnieuw/",
        invitation_views.invite_again,
        name="invite_again",
    ),
    path(
        "medewerkers/uitnodigingen/<int:pk>/intrekken/",
        invitation_views.withdraw,
        name="withdraw_invitation",
    ),
    path("uitnodiging/<str:key>/", invitation_views.accept, name="accept_invitation"),
    path("vergrendeld/", laptop_views.unlock, name="lock_screen"),
    path("vergrendeld/bewaard/", laptop_views.waiting, name="waiting"),
    path("vergrendeld/bewaard/weg/", laptop_views.drop_waiting, name="drop_waiting"),
    path("vergrendelen/", laptop_views.lock, name="lock"),
    path("wakker/", laptop_views.awake, name="awake"),
    path("laptops/", device_views.devices, name="devices"),
    path("laptops/<int:pk>/intrekken/", device_views.revoke_device, name="revoke_device"),
    path("pincode/", device_views.pin, name="pin"),
    path("pincode/weg/", device_views.drop_pin, name="drop_pin"),
]
