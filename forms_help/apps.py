"""Koffie & Formulieren: questions, what came of them, and what is still to do."""

from django.apps import AppConfig


class FormsHelpConfig(AppConfig):
    name = "forms_help"
    verbose_name = "Koffie & Formulieren"
