"""Django's handle on this app."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """The app ``training``."""

    name = "ischia.server.training"
    label = "training"
