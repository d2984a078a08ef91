"""Doors of referrals."""

from django.urls import path

from referrals import card_views, letter_views, loop_views, question_views, views

app_name = "referrals"
urlpatterns = [
    path("", views.referrals, name="list"),
    path("bord/", views.by_state, name="board"),
    path("afspraken/", views.appointments, name="appointments"),
    path("toestemming/", card_views.consent_text, name="consent_text"),
    path("partners-kiezen/", question_views.offer, name="offer"),
    path("vraag/", question_views.note, name="note"),
    path("vraag/<int:pk>/", question_views.of_question, name="of_question"),
    path("vraag/<int:pk>/doorverwijzen/", question_views.start, name="start"),
    path("vraag/<int:pk>/ongedaan/", question_views.undo, name="undo_question"),
    path("vraag/<int:pk>/schrappen/", question_views.void, name="void_question"),
    path("bezoek/<int:pk>/", loop_views.loop, name="loop"),
    path("bezoek/<int:pk>/antwoord/", loop_views.told, name="tell"),
    path("<int:pk>/", views.referral, name="referral"),
    path("<int:pk>/versturen/", question_views.send_later, name="send"),
    path("<int:pk>/stap/", views.step, name="step"),
    path("<int:pk>/rechtzetten/", views.strike, name="strike"),
    path("<int:pk>/schrappen/", views.void, name="void"),
    path("<int:pk>/intrekken/", views.withdraw, name="withdraw"),
    path("<int:pk>/brief/", letter_views.letter, name="letter"),
    path("<int:pk>/mail-opnieuw/", views.mail_again, name="mail_again"),
    path("<int:pk>/kaartje/", card_views.card, name="card"),
]
