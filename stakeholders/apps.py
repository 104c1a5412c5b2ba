from django.apps import AppConfig


class StakeholdersConfig(AppConfig):
    name = "stakeholders"

    def ready(self) -> None:
        from stakeholders import notices  # noqa: F401  (registers what this app tells people)
