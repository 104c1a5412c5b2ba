"""The application that holds what every page shares."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """No models: a label for the templates, the tags and `build_assets`."""

    name = "vbc.ui"
    label = "ui"
    verbose_name = "Look"
