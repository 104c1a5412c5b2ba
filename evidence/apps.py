from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "evidence"

    def ready(self) -> None:
        from evidence import notices  # noqa: F401  (registers what this app tells people)
        from evidence.services import forgetting  # noqa: F401  (registers what erasing takes out)
