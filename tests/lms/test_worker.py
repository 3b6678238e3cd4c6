"""A real Celery worker on the real broker: Redis where CI gives one, else files."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from certificates.models import Certificate
from competencies import actions
from competencies.models import Completion
from tests.factories import complete

ROOT = Path(__file__).parents[2]
ORIENTATION = [f"OB-{number:02d}" for number in range(1, 14)]


@pytest.fixture
def worker(transactional_db):
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "celery", "-A", "lms.project.celery", "worker"),
            *("--pool", "solo", "--loglevel", "info", "--purge"),
        ],
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
    said_until(process, "ready.")
    yield process
    process.terminate()
    process.wait()


def said_until(process: subprocess.Popen, word: str) -> list[str]:
    """Read what the worker says until the word comes, or it has ended."""
    lines = []
    for line in process.stdout:
        lines.append(line)
        if word in line:
            return lines
    raise AssertionError("".join(lines))


@pytest.mark.django_db(transaction=True)
def test_the_last_signature_rings_a_worker_that_issues_the_certificate(
    worker, lena, sam, settings
):
    settings.LMS_OUTBOX_INLINE = False
    complete(lena, *ORIENTATION)
    lines = {row.pk: actions.seen(row) for row in Completion.objects.all()}
    actions.sign(signer=sam, lines=lines, at=timezone.now())
    said_until(worker, "work_outbox")
    said_until(worker, "succeeded")
    assert Certificate.objects.get().name == "Lena"
