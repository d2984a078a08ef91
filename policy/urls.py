"""Doors of signals."""

from django.urls import path

from policy import brief_views, bundle_views, list_views, views

app_name = "signals"
urlpatterns = [
    path("", list_views.signals, name="list"),
    path("noteren/", views.note, name="note"),
    path("mijn/", views.mine, name="mine"),
    path("bundelen/", list_views.bundle, name="bundle_ticked"),
    path("bord/", list_views.board, name="board"),
    path("<int:pk>/genoteerd/", views.noted, name="noted"),
    path("<int:pk>/ongedaan/", views.undo, name="undo"),
    path("<int:pk>/antwoord/", views.answer_read, name="read_answer"),
    path("<int:pk>/sorteren/", list_views.sort, name="sort"),
    path("<int:pk>/wijzigen/", list_views.reword, name="reword"),
    path("<int:pk>/schrappen/", list_views.void, name="void"),
    path("<int:pk>/eruit/", bundle_views.remove, name="take_out"),
    path("<int:pk>/voorbeeld/", bundle_views.example, name="example"),
    path("structureel/<int:pk>/", bundle_views.structural, name="bundle"),
    path("structureel/<int:pk>/wijzigen/", bundle_views.word, name="word_bundle"),
    path("structureel/<int:pk>/trekker/", bundle_views.owner, name="assign"),
    path("structureel/<int:pk>/stap/", bundle_views.step, name="step"),
    path("structureel/<int:pk>/rechtzetten/", bundle_views.strike, name="strike"),
    path("structureel/<int:pk>/antwoord/", bundle_views.answer, name="answer"),
    path("structureel/<int:pk>/geen-antwoord/", bundle_views.no_answer, name="drop_answer"),
    path("structureel/<int:pk>/dossier/", brief_views.brief, name="brief"),
    path("structureel/<int:pk>/dossier.pdf", brief_views.brief_pdf, name="brief_pdf"),
    path("structureel/<int:pk>/schrappen/", bundle_views.void, name="void_bundle"),
]
