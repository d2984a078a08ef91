"""Households of the grocery: who they are, their access, their budget, how they are found."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = "Huishoudens"
