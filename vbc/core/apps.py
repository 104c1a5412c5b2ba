from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class CoreConfig(AppConfig):
    name = "vbc.core"
    label = "core"

    def ready(self) -> None:
        from vbc.core import sql

        # Altering a table on SQLite silently drops its triggers, and a trigger that names another
        # table breaks that table's migrations: so they come off before and go on after.
        pre_migrate.connect(sql.on_pre_migrate, sender=self, dispatch_uid="core.sql.drop")
        post_migrate.connect(sql.on_post_migrate, sender=self, dispatch_uid="core.sql.install")
