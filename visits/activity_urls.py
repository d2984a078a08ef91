"""Doors of the activities."""

from django.urls import path

from visits import activity_views

app_name = "activities"
urlpatterns = [
    path("", activity_views.activities, name="list"),
    path("nieuw/", activity_views.create, name="create"),
    path("<int:pk>/", activity_views.edit, name="edit"),
    path("<int:pk>/deelnemers/", activity_views.count, name="count"),
    path("<int:pk>/afgelast/", activity_views.cancel, name="cancel"),
    path("<int:pk>/toch/", activity_views.revive, name="revive"),
]
