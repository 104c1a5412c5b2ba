"""The chain of the audit: whole when written, and it names what was done to it."""

import pytest
from django.db import connection

from stakeholders.models import Organisation
from tests.factories import stakeholders as make
from vbc.core import sql
from vbc.core.models import AuditContent, AuditEntry, AuditHead
from vbc.core.models.base import AppendOnlyRefusal
from vbc.core.services import audit

pytestmark = pytest.mark.django_db
as_owner_db = pytest.mark.django_db(transaction=True)


def _three_entries() -> list[AuditEntry]:
    org = make.organisation()
    user = make.person()
    return [audit.record(f"test.{n}", org, by=user, data={"n": n}) for n in range(3)]


def test_chain_is_whole_after_acts() -> None:
    _three_entries()
    assert list(audit.faults()) == []
    head = AuditHead.objects.get()
    newest = AuditEntry.objects.latest("sequence")
    assert (head.sequence, head.digest) == (newest.sequence, newest.digest)
    assert AuditEntry.objects.count() == newest.sequence


def test_entry_holds_no_name_and_no_words() -> None:
    entry = _three_entries()[0]
    user = AuditContent.objects.get(entry=entry).actor
    stored = " ".join(
        str(value) for value in AuditEntry.objects.filter(pk=entry.pk).values_list()[0]
    )
    assert user is not None
    assert user.email not in stored
    assert user.display_name not in stored
    assert user.public_id not in stored


@as_owner_db
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("verb", "forged"),
        ("object_type", "forged.Thing"),
        ("object_id", "forged"),
        ("actor_pseudonym", "0" * 64),
        ("subject_pseudonym", "1" * 64),
        ("content_digest", "2" * 64),
        ("previous_digest", "3" * 64),
        ("digest", "4" * 64),
        ("organisation_id", None),
        ("at", "2001-01-01 00:00:00+00:00"),
    ],
)
def test_changed_column_is_named_by_its_entry(as_owner: object, column: str, value: object) -> None:
    entry = _three_entries()[1]
    sql.drop()
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE core_auditentry SET {column} = %s WHERE id = %s", [value, entry.pk])
    assert entry.sequence in {fault.sequence for fault in audit.faults()}


@as_owner_db
def test_changed_content_is_found(as_owner: object) -> None:
    entry = _three_entries()[1]
    sql.drop()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE core_auditcontent SET data = %s WHERE entry_id = %s", ['{"n": 9}', entry.pk]
        )
    assert [fault.sequence for fault in audit.faults()] == [entry.sequence]


@as_owner_db
def test_tail_cut_off_is_found(as_owner: object) -> None:
    newest = _three_entries()[-1]
    sql.drop()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_auditcontent WHERE entry_id = %s", [newest.pk])
        cursor.execute("DELETE FROM core_auditentry WHERE id = %s", [newest.pk])
    assert [fault.what for fault in audit.faults()] == [
        "the newest entries are missing or the head was changed"
    ]


@as_owner_db
def test_erased_content_leaves_the_chain_whole(as_owner: object) -> None:
    entry = _three_entries()[1]
    sql.drop()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_auditcontent WHERE entry_id = %s", [entry.pk])
        cursor.execute("DELETE FROM core_personsalt")
    assert list(audit.faults()) == []


def test_history_refuses_change_in_python() -> None:
    entry = _three_entries()[0]
    entry.verb = "forged"
    with pytest.raises(AppendOnlyRefusal):
        entry.save()
    with pytest.raises(AppendOnlyRefusal):
        entry.delete()
    with pytest.raises(AppendOnlyRefusal):
        AuditEntry.objects.filter(pk=entry.pk).update(verb="forged")
    with pytest.raises(AppendOnlyRefusal):
        AuditEntry.objects.all().delete()


def test_act_whose_audit_fails_does_not_happen(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the audit could not be written")

    monkeypatch.setattr(audit, "record", broken)
    with pytest.raises(RuntimeError):
        make.organisation(slug="never-made")
    assert not Organisation.objects.filter(slug="never-made").exists()
