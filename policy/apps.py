"""Signals to policy: noted, bundled, handed on and answered; who is concerned is counted."""

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "policy"
    verbose_name = "Signalen"
