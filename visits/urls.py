"""Doors of the counter."""

from django.urls import path

from visits import opening_views, views

app_name = "visits"
urlpatterns = [
    path("", views.counter, name="counter"),
    path("zoeken/", views.search, name="search"),
    path("binnen/", views.enter, name="enter"),
    path("aanmelden/", views.check_in, name="check_in"),
    path("zonder-naam/", views.check_in_anonymous, name="check_in_anonymous"),
    path("nieuw/", views.new_household, name="new_household"),
    path("bezoek/<int:pk>/", views.visit, name="visit"),
    path("bezoek/<int:pk>/ongedaan/", views.undo, name="undo"),
    path("bezoek/<int:pk>/schrappen/", views.void, name="void"),
    path("bezoek/<int:pk>/reden/", views.set_purpose, name="set_purpose"),
    path(
        "bezoek/<int:pk>/bericht/<int:message_pk>/", views.deliver_message, name="deliver_message"
    ),
    path("openen/", opening_views.open_day, name="open_day"),
    path("openingen/", opening_views.openings, name="openings"),
    path("opening/<int:pk>/", opening_views.opening, name="opening"),
    path("opening/<int:pk>/lijst/", views.today, name="today"),
    path("opening/<int:pk>/bezetting/", opening_views.attendance, name="attendance"),
    path("opening/<int:pk>/sluiten/", opening_views.close_day, name="close_day"),
    path("opening/<int:pk>/heropenen/", opening_views.reopen_day, name="reopen_day"),
    path("opening/<int:pk>/papier/", opening_views.slips, name="slips"),
    path("opening/<int:pk>/afdrukken/", opening_views.print_list, name="print_list"),
    path("papieren-lijst/", opening_views.print_slips, name="print_slips"),
]
