"""History refuses update and delete, whoever asks. Erasure lifts the one on contents, openly."""

from collections.abc import Iterator

from django.apps import apps

from vbc.core.models import AppendOnly


def tables() -> list[str]:
    """The tables of every model that promises to be history."""
    return sorted(
        model._meta.db_table for model in apps.get_models() if issubclass(model, AppendOnly)
    )


def statements(vendor: str, existing: set[str]) -> Iterator[str]:
    if vendor == "postgresql":
        yield """
            CREATE OR REPLACE FUNCTION vbc_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION '% is history: rows are added, never changed or deleted.',
                    TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
            END $$
        """
    for table in tables():
        if table not in existing:
            continue
        if vendor == "postgresql":
            yield (
                f'CREATE TRIGGER "vbc_{table}_history" BEFORE UPDATE OR DELETE ON "{table}" '
                "FOR EACH ROW EXECUTE FUNCTION vbc_refuse_change()"
            )
            yield (
                f'CREATE TRIGGER "vbc_{table}_history_whole" BEFORE TRUNCATE ON "{table}" '
                "FOR EACH STATEMENT EXECUTE FUNCTION vbc_refuse_change()"
            )
        else:
            for verb in ("UPDATE", "DELETE"):
                yield (
                    f'CREATE TRIGGER "vbc_{table}_history_{verb.lower()}" BEFORE {verb} '
                    f'ON "{table}" BEGIN SELECT RAISE(ABORT, \'{table} is history: rows are '
                    "added, never changed or deleted.'); END"
                )
