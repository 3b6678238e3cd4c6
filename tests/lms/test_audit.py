import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from lms import audit
from lms.models import AuditEntry, AuditSeal


@pytest.fixture
def entries(lena, sam) -> list[AuditEntry]:
    AuditSeal.objects.all()
    for act in ("one", "two", "three"):
        audit.record(act=act, actor=sam, about=lena, target=lena, at=timezone.now())
    return list(AuditEntry.objects.all())


@pytest.mark.parametrize(
    "change",
    [
        lambda entries: AuditEntry.objects.update(act="other"),
        lambda entries: AuditEntry.objects.all().delete(),
        lambda entries: entries[0].delete(),
    ],
)
def test_the_database_refuses_to_change_the_trail(entries, change):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change(entries)


def test_the_triggers_are_armed_again_after_migrations(entries):
    audit.disarm()
    call_command("migrate", verbosity=0)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.update(act="other")


def test_a_sealed_trail_verifies_and_grows(entries):
    assert audit.seal() == len(entries)
    assert audit.verify() == []
    audit.record(act="four", actor=None, about=None, at=timezone.now())
    assert audit.seal() == 1
    assert audit.seal() == 0
    assert audit.verify() == []


def test_tampering_is_found(entries):
    audit.seal()
    audit.disarm()
    last = entries[-1]
    AuditEntry.objects.filter(pk=last.pk).update(act="something kinder")
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM lms_auditentry WHERE id = {entries[0].pk}"  # noqa: S608
        )
    audit.arm()
    assert audit.verify() == [
        f"Entry {entries[0].pk} was sealed and is gone.",
        f"Entry {last.pk} is not what was sealed.",
    ]
