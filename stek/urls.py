"""The addresses of the house: paths in Dutch, names in English."""

from allauth.account import views as allauth_views
from allauth.mfa.base import views as factor_views
from django.contrib import admin
from django.urls import include, path

from accounts import account_views
from accounts import views as sign_out_views
from people.urls import app_name as people_name
from people.urls import urlpatterns as people_patterns
from stek import (
    everything_views,
    health_views,
    household_views,
    looked_views,
    merge_views,
    privacy_views,
    public_views,
    rights_views,
    views,
)
from stek.calendar_feed import Feed

#: Pages of a household that show visits too, and so stand above both apps.
household_patterns = [
    path("<int:pk>/", household_views.household, name="household"),
    path("<int:pk>/bezoeken/", household_views.visits, name="visits"),
    path("<int:pk>/tijdlijn/", household_views.timeline, name="timeline"),
    path("<int:pk>/bericht/", household_views.message, name="message"),
    path(
        "<int:pk>/bericht/<int:message_pk>/weg/",
        household_views.drop_message,
        name="drop_message",
    ),
    path(
        "<int:pk>/toestemming/<int:partner_pk>/intrekken/",
        household_views.withdraw,
        name="withdraw_consent",
    ),
    path("<int:pk>/wissen/", rights_views.erase, name="erase"),
    path("<int:pk>/alles/", everything_views.everything, name="everything"),
    path(
        "<int:pk>/alles/<str:file_format>/",
        everything_views.everything_file,
        name="everything_file",
    ),
    path("<int:pk>/beperken/", rights_views.restrict, name="restrict"),
    path("<int:pk>/beperking-weg/", rights_views.lift_restriction, name="lift_restriction"),
    path("<int:pk>/langer-bewaren/", rights_views.hold, name="hold"),
    path("<int:pk>/niet-langer-bewaren/", rights_views.lift_hold, name="lift_hold"),
    path("gaat-uit-de-boeken/", rights_views.leaving, name="leaving"),
    path("<int:pk>/wie-keek/", looked_views.household, name="looked"),
    path("wie-keek/", looked_views.colleagues, name="looked_choose"),
    path("wie-keek/<int:user_pk>/", looked_views.colleague, name="looked_by"),
    path("<int:pk>/samenvoegen/", merge_views.choose_other, name="merge_choose"),
    path("<int:pk>/samenvoegen/<int:other_pk>/", merge_views.merge, name="merge"),
    path("samenvoegingen/<int:pk>/terugdraaien/", merge_views.undo, name="undo_merge"),
]

#: Of one STEK, for everybody.
public_patterns = [
    path("", public_views.public, name="public"),
    path("affiche/", public_views.poster, name="poster"),
    path("privacy/", privacy_views.privacy, name="privacy"),
    path("agenda.ics", public_views.calendar, {"feed": Feed.ALL}, name="calendar"),
    path("winkel.ics", public_views.calendar, {"feed": Feed.SHOP}, name="calendar_shop"),
    path(
        "koffie-formulieren.ics",
        public_views.calendar,
        {"feed": Feed.TABLE},
        name="calendar_table",
    ),
    path(
        "activiteiten.ics",
        public_views.calendar,
        {"feed": Feed.ACTIVITIES},
        name="calendar_activities",
    ),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("agenda.ics", public_views.first_calendar, name="first_calendar"),
    path("privacy/", privacy_views.first_privacy, name="first_privacy"),
    path("verwerkingen/", privacy_views.register, name="register"),
    path("datalek/", privacy_views.breach, name="breach"),
    path("stek/<slug:slug>/", include(public_patterns)),
    path("aanmelden/", allauth_views.login, name="account_login"),
    path("aanmelden/code/", factor_views.authenticate, name="mfa_authenticate"),
    path("afmelden/", sign_out_views.sign_out, name="account_logout"),
    path("wachtwoord/", account_views.change_password, name="account_change_password"),
    path("", include("accounts.urls")),
    path("balie/", include("visits.urls")),
    path("agenda/", include("visits.agenda_urls")),
    path("activiteiten/", include("visits.activity_urls")),
    path("koffie-formulieren/", include("forms_help.urls")),
    path("doorverwijzingen/", include("referrals.urls")),
    path("signalen/", include("policy.urls")),
    path("week/", include("reviews.urls")),
    path("rapporten/", include("reports.urls")),
    path("api/v1/", include("reports.api.urls")),
    path("partners/uitwisselen/", include("referrals.hsds_urls")),
    path("partners/", include("referrals.partner_urls")),
    path("antwoord/", include("referrals.answer_urls")),
    path("toeleiding/", include("referrals.inbound_urls")),
    path("huishoudens/", include(([*people_patterns, *household_patterns], people_name))),
    path("gezond/", health_views.health, name="health"),
    path("toestand/", health_views.status, name="status"),
    path("beheer/", admin.site.urls),
]

handler404 = "stek.views.not_found"
handler500 = "stek.middleware.server_error"
