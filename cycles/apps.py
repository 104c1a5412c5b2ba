from django.apps import AppConfig


class CyclesConfig(AppConfig):
    name = "cycles"

    def ready(self) -> None:
        from cycles import notices  # noqa: F401  (registers what this app tells people)
        from cycles.queries import calls, seen, stock_take  # noqa: F401  (registers what these tell others of)
