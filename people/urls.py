"""Addresses of households; the record page and what shows visits are added in stek/urls.py."""

from django.urls import path

from people import access_views, import_views, pair_views, print_views, views

app_name = "people"
urlpatterns = [
    path("", views.search, name="search"),
    path("nieuw/", views.create, name="create"),
    path("verloopt-binnenkort/", views.expiring, name="expiring"),
    path("zonder-toegang/", views.without_access, name="without_access"),
    path("<int:pk>/wijzigen/", views.edit, name="edit"),
    path("<int:pk>/leden/", views.add_member, name="add_member"),
    path("<int:pk>/leden/<int:member_pk>/weg/", views.remove_member, name="remove_member"),
    # access: `pk` is the household for a new decision, the decision itself for a change to it
    path("<int:pk>/toegang/", access_views.grant, name="grant"),
    path("toegang/<int:pk>/verlengen/", access_views.renew, name="renew"),
    path("toegang/<int:pk>/schorsen/", access_views.suspend, name="suspend"),
    path("toegang/<int:pk>/hervatten/", access_views.resume, name="resume"),
    path("toegang/<int:pk>/stopzetten/", access_views.end, name="end"),
    # cards
    path("kaarten/", print_views.cards, name="cards"),
    path("<int:pk>/kaart/", print_views.card, name="card"),
    path("<int:pk>/kaart/vervangen/", print_views.replace_card, name="replace_card"),
    # duplicates
    path("dubbels/", pair_views.duplicates, name="duplicates"),
    path("dubbels/<int:pk>/", pair_views.pair, name="pair"),
    path("dubbels/<int:pk>/niet-dezelfde/", pair_views.keep_apart, name="keep_apart"),
    path("dubbels/<int:pk>/toch-niet-zeker/", pair_views.doubt_again, name="doubt_again"),
    # the present list
    path("inlezen/", import_views.import_start, name="import_start"),
    path("inlezen/<uuid:request_id>/", import_views.import_preview, name="import_preview"),
    path("inlezen/<uuid:request_id>/kolommen/", import_views.import_columns, name="import_columns"),
    path("inlezen/<uuid:request_id>/inlezen/", import_views.import_confirm, name="import_confirm"),
    path("inlezen/<uuid:request_id>/sluiten/", import_views.import_cancel, name="import_cancel"),
    path("inlezen/<uuid:request_id>/terugdraaien/", import_views.import_undo, name="import_undo"),
    path(
        "inlezen/<uuid:request_id>/problemen/", import_views.import_problems, name="import_problems"
    ),
]
