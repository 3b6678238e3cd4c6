"""Whatever dies, whenever, and whoever comes second: one certificate each.

Real processes on the test's own database. A process is killed by signal 9 at a named
step, as by a machine that loses its power; the next one does what is left.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection, connections
from django.utils import timezone

from certificates.actions import give_by_hand, revoke_certificate
from certificates.models import Award, AwardRun, Certificate, CertificateFile
from lms import outbox
from lms.models import AuditEntry, OutboxMessage
from tests.factories import PersonFactory

ROOT = Path(__file__).parents[2]
PEOPLE = 30  # two batches
WORK = """
import os, signal, sys
import django
django.setup()
from django.db.models.signals import post_save, pre_save
from certificates import pdf
from certificates.actions import issuing
from certificates.models import AwardRun, Certificate, CertificateFile
from lms import outbox

step, left = sys.argv[1], [int(sys.argv[2])]

def die(*args, **kwargs):
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)

if step == "drawing":
    drawn = issuing.render_certificate
    def render(*args):
        die()
        return drawn(*args)
    issuing.render_certificate = render
if step == "row written":
    post_save.connect(die, sender=Certificate)
if step == "bytes written":
    post_save.connect(die, sender=CertificateFile)
if step == "message done":
    from django.db.models.query import QuerySet
    update = QuerySet.update
    def updating(self, **values):
        done = update(self, **values)
        if "done_at" in values:
            die()
        return done
    QuerySet.update = updating
if step == "committed":
    from django.db.transaction import Atomic
    leave = Atomic.__exit__
    def leaving(self, *args):
        result = leave(self, *args)
        from django.db import connection
        if not connection.in_atomic_block:
            die()
        return result
    Atomic.__exit__ = leaving
outbox.drain()
"""
pytestmark = pytest.mark.django_db(transaction=True)


def process_of(*command: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings_of_a_second_process",
            "SECOND_PROCESS_DATABASE": str(connection.settings_dict["NAME"]),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def worker(step: str = "none", times: int = 1) -> subprocess.Popen:
    return process_of("-c", WORK, step, str(times))


@pytest.fixture
def award(starter_plan) -> Award:
    return Award.objects.create(key="faults", title="Steady hands", earned_by="hand")


@pytest.fixture
def people(db) -> list:
    return PersonFactory.create_batch(PEOPLE, user=None)


def give(award, people, tia) -> AwardRun:
    return give_by_hand(
        award=award, people=people, because="x", by=tia, at=timezone.now()
    )


def what_was_leased_falls_due() -> None:
    """A minute later: the lease of whoever died has run out."""
    waiting = OutboxMessage.objects.filter(done_at=None)
    waiting.update(due_at=timezone.now())


def everybody_has_one(people) -> None:
    assert Certificate.objects.count() == len(people)
    holders = set(Certificate.objects.values_list("person", flat=True))
    assert holders == {person.pk for person in people}
    assert CertificateFile.objects.count() == len(people)
    acts = AuditEntry.objects.filter(act="certificate.issued")
    assert acts.count() == len(people)
    assert not OutboxMessage.objects.filter(done_at=None).exists()


@pytest.mark.parametrize(
    ("step", "times"),
    [
        ("drawing", 7),
        ("row written", 7),
        ("bytes written", 7),
        ("message done", 1),
        ("committed", 1),
    ],
)
def test_a_worker_that_dies_at_any_step_loses_and_doubles_nothing(
    step, times, award, people, tia
):
    run = give(award, people, tia)
    dead = worker(step, times)
    dead.communicate()
    assert dead.returncode == -signal.SIGKILL
    assert Certificate.objects.count() in {0, 25}
    what_was_leased_falls_due()
    outbox.drain()
    everybody_has_one(people)
    run.refresh_from_db()
    assert (run.people, run.looked_at, run.issued) == (PEOPLE, PEOPLE, PEOPLE)


def test_two_workers_and_two_runs_at_once_give_everybody_one(award, people, tia):
    runs = [give(award, people, tia), give(award, list(reversed(people)), tia)]
    workers = [worker(), worker()]
    for each in workers:
        each.communicate()
        assert each.returncode == 0
    what_was_leased_falls_due()
    outbox.drain()
    everybody_has_one(people)
    for run in runs:
        run.refresh_from_db()
        assert run.is_finished
    assert sum(run.issued for run in runs) == PEOPLE


def test_child_and_parent_of_a_real_worker_are_killed(award, people, tia, settings):
    """Celery with a child process, on the broker of this run."""
    settings.LMS_OUTBOX_INLINE = False
    first = celery()
    give(award, people, tia)
    until(lambda: OutboxMessage.objects.exclude(lease="").exists())
    for child in children_of(first.pid):
        os.kill(child, signal.SIGKILL)
    first.kill()
    first.communicate()
    what_was_leased_falls_due()
    second = celery()
    try:
        outbox._ring()
        until(lambda: not OutboxMessage.objects.filter(done_at=None).exists())
    finally:
        second.terminate()
        second.communicate()
    everybody_has_one(people)


def celery() -> subprocess.Popen:
    process = process_of(
        *("-m", "celery", "-A", "lms.project.celery", "worker", "--pool", "prefork"),
        *("--concurrency", "1", "--loglevel", "info", "--purge"),
    )
    for line in process.stdout:
        if "ready." in line:
            return process
    raise AssertionError("The worker did not start.")


def children_of(parent: int) -> list[int]:
    told = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(child) for child in told]


def until(is_so) -> None:
    ends = time.monotonic() + 50
    while not is_so():
        assert time.monotonic() < ends
        connections.close_all()
        time.sleep(0.05)


def test_who_checks_while_it_is_taken_back_reads_one_state_or_the_other(
    client, award, tia
):
    """Never an error, never half of it; and after the answer it is taken back."""
    holder = PersonFactory(user=None)
    give(award, [holder], tia)
    outbox.drain()
    certificate = Certificate.objects.get()
    asking = process_of("-c", ASK, certificate.code)
    assert asking.stdout.readline() == "valid\n"
    revoke_certificate(certificate=certificate, because="x", by=tia, at=timezone.now())
    said, _ = asking.communicate()
    states = said.split()
    assert states == sorted(states, key=["valid", "revoked"].index)
    assert states[-1] == "revoked"


ASK = """
import sys
import django
django.setup()
from django.conf import settings
from django.test import Client
settings.LMS_CERTIFICATES_VERIFICATIONS_A_MINUTE = 10**6
state = None
while state != "revoked":
    answer = Client().get(f"/verify/{sys.argv[1]}/facts.json")
    assert answer.status_code == 200, answer
    state = answer.json()["state"]
    print(state, flush=True)
"""
