"""Doors of the table of Koffie & Formulieren."""

from django.urls import path

from forms_help import follow_up_views, line_views, slip_views, views

app_name = "forms_help"
urlpatterns = [
    path("", views.table, name="table"),
    path("opening/<int:pk>/", views.opening, name="opening"),
    path("opening/<int:pk>/rij/", line_views.line, name="line"),
    path("opening/<int:pk>/zonder-naam/", views.nameless, name="nameless"),
    path("opening/<int:pk>/vragen/", views.questions, name="questions"),
    path("volgende/", line_views.take_next, name="take_next"),
    path("bezoek/<int:pk>/", views.person, name="person"),
    path("bezoek/<int:pk>/nemen/", line_views.take, name="take"),
    path("bezoek/<int:pk>/terug/", line_views.hand_back, name="hand_back"),
    path("bezoek/<int:pk>/weg/", line_views.leave, name="leave"),
    path("bezoek/<int:pk>/zoals-vorige-keer/", views.like_last, name="like_last"),
    path("bezoek/<int:pk>/staat-open/", line_views.brings, name="brings"),
    path("babbel/", views.chat, name="chat"),
    path("klad/", views.draft, name="draft"),
    path("vraag/<int:pk>/", views.question, name="question"),
    path("opvolging/", follow_up_views.follow_ups, name="follow_ups"),
    path("opvolging/<int:pk>/gedaan/", follow_up_views.done, name="follow_up_done"),
    path("opvolging/<int:pk>/heropenen/", follow_up_views.reopen, name="follow_up_reopen"),
    path("opvolging/<int:pk>/verplaatsen/", follow_up_views.move, name="follow_up_move"),
    path("opvolging/<int:pk>/loslaten/", follow_up_views.drop, name="follow_up_drop"),
    path("opvolging/<int:pk>/briefje/", slip_views.slip, name="slip"),
]
