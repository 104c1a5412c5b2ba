from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "vbc.home"
    label = "home"
