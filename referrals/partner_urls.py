"""Doors of the directory of partners; files of it are in `hsds_urls`."""

from django.urls import path

from referrals import partner_edit_views as edit
from referrals import partner_views as views
from referrals import service_views

app_name = "partners"
urlpatterns = [
    path("", views.partners, name="list"),
    path("afdrukken/", views.print_list, name="print_list"),
    path("nieuw/", edit.create, name="create"),
    path("<int:pk>/", views.partner, name="partner"),
    path("<int:pk>/wijzigen/", edit.edit, name="edit"),
    path("<int:pk>/nagekeken/", views.check, name="check"),
    path("<int:pk>/niet-nagekeken/", views.take_back_check, name="take_back_check"),
    path("<int:pk>/stoppen/", edit.retire, name="retire"),
    path("<int:pk>/weer-meedoen/", edit.restore, name="restore"),
    path("<int:pk>/contactpersoon/", edit.add_contact, name="add_contact"),
    path("contactpersoon/<int:pk>/", edit.edit_contact, name="edit_contact"),
    path(
        "<int:pk>/contactpersoon/<int:contact_pk>/weg/",
        edit.remove_contact,
        name="remove_contact",
    ),
    path("<int:pk>/aanbod/", service_views.create, name="create_service"),
    path("aanbod/<int:pk>/", service_views.edit, name="edit_service"),
    path("aanbod/<int:pk>/stoppen/", service_views.retire, name="retire_service"),
    path("aanbod/<int:pk>/weer/", service_views.restore, name="restore_service"),
]
