"""Addresses of the week, under /week/."""

from django.urls import path

from reviews import views

app_name = "reviews"
urlpatterns = [
    path("", views.now, name="now"),
    path("mail/", views.mail, name="mail"),
    path("<str:key>/", views.week, name="week"),
    path("<str:key>/besluit/", views.decide, name="decide"),
    path("<str:key>/ongedaan/<int:pk>/", views.undo, name="undo"),
    path("<str:key>/nakijken/", views.review, name="review"),
    path("<str:key>/heropenen/", views.reopen, name="reopen"),
]
