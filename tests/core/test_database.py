"""What the database itself enforces, tried from behind the services."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from tests.factories import stakeholders as make
from tests.support import at_once
from vbc.core import sql
from vbc.core.models import AuditEntry
from vbc.core.services import audit
from vbc.core.sql import append_only


def _refused(statement: str) -> str:
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        connection.cursor().execute(statement)
    return str(error.value)


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["core_auditentry", "core_auditcontent"])
@pytest.mark.parametrize("verb", ["UPDATE {0} SET id = id", "DELETE FROM {0}"])
def test_raw_sql_cannot_change_the_audit(table: str, verb: str) -> None:
    make.organisation()
    assert AuditEntry.objects.exists()
    message = _refused(verb.format(table))
    if connection.vendor == "postgresql":
        assert "permission denied" in message
    else:
        assert "is history" in message


@pytest.mark.django_db
@pytest.mark.postgres
def test_app_role_cannot_empty_the_audit() -> None:
    assert "permission denied" in _refused("TRUNCATE core_auditentry CASCADE")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("vbc_app", False)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_owner_meets_the_trigger(as_owner: object) -> None:
    make.organisation()
    assert "is history" in _refused("UPDATE core_auditentry SET verb = 'forged'")
    assert "is history" in _refused("DELETE FROM core_auditentry")
    assert "is history" in _refused("TRUNCATE core_auditentry CASCADE")


@pytest.mark.django_db
def test_every_history_table_has_its_triggers() -> None:
    names = " ".join(sql.installed())
    assert len(append_only.tables()) >= 5
    for table in append_only.tables():
        assert f"vbc_{table}_history" in names


@pytest.mark.django_db(transaction=True)
def test_triggers_are_on_again_after_an_upgrade(as_owner: object) -> None:
    before = sql.installed()
    assert "vbc_seat_changed" in before
    sql.drop()
    assert sql.installed() == []
    call_command("migrate", verbosity=0, interactive=False)
    assert sql.installed() == before


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_writers_make_one_unbroken_chain() -> None:
    """20 writers at once, 10 rows each: the sequence has no gap and no twin."""
    org = make.organisation()
    start = AuditEntry.objects.count()

    def write() -> None:
        for n in range(10):
            audit.record("test.write", org, by=None, data={"n": n})

    errors = at_once([write] * 20)
    assert errors == []
    assert AuditEntry.objects.count() == start + 200
    assert list(audit.faults()) == []


def test_every_model_states_whom_it_belongs_to() -> None:
    """Every model of ours leads to an organisation by a path that exists, or says why not."""
    ours = ("core", "stakeholders", "evidence", "cycles", "reports")
    models = [m for m in apps.get_models() if m._meta.app_label in ours]
    assert len(models) > 40
    shared = {
        "core.AuditHead",
        "core.Notification",
        "core.PersonSalt",
        "core.Sending",
        "evidence.Area",
        "evidence.AreaBoundary",
        "evidence.AreaLink",
        "stakeholders.Induction",
        "stakeholders.Organisation",
        "stakeholders.QuietMode",
        "stakeholders.User",
        "stakeholders.WeeklyLimit",
    }
    for model in models:
        path = getattr(model, "organisation_path", None)
        if model._meta.label in shared:
            assert path is None
            continue
        assert path, f"{model._meta.label} does not say whom it belongs to"
        step = model
        for name in path.split("__"):
            step = step._meta.get_field(name).related_model
        assert step._meta.label == "stakeholders.Organisation", model._meta.label


def test_nothing_deletes_what_it_points_to() -> None:
    """PROTECT by default: only guardian's own links to users and permissions may cascade."""
    from django.db.models import CASCADE

    cascading = {
        f"{m._meta.label}.{field.name}"
        for m in apps.get_models()
        if m._meta.app_label in ("core", "stakeholders", "evidence", "cycles", "reports")
        for field in m._meta.get_fields()
        if getattr(getattr(field, "remote_field", None), "on_delete", None) is CASCADE
        and field.concrete
        and not field.many_to_many
    }
    assert cascading == {
        f"{label}.{name}"
        for label in (
            "stakeholders.PanelUserGrant",
            "stakeholders.PanelGroupGrant",
            "cycles.CycleUserGrant",
            "cycles.CycleGroupGrant",
        )
        for name in ("permission", "user" if "User" in label else "group")
    }


def test_pairs_are_held_by_a_constraint() -> None:
    """Every `*_at` that can be empty and has a `*_by` beside it is held to it by the database."""
    for model in apps.get_models():
        if model._meta.app_label not in ("core", "stakeholders", "evidence", "cycles", "reports"):
            continue
        fields = {field.name: field for field in model._meta.concrete_fields}
        for name, field in fields.items():
            partner = f"{name[:-3]}_by"
            if name.endswith("_at") and field.null and partner in fields:
                conditions = " ".join(str(c) for c in model._meta.constraints)
                assert f"{name}__isnull" in conditions, f"{model._meta.label}.{name}"
                assert f"{partner}__isnull" in conditions, f"{model._meta.label}.{partner}"
