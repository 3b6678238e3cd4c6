"""A real program begins with one command, or says in a sentence why it does not."""

import email
import os
import socketserver
import subprocess
import sys
import threading
from email.policy import default
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from wagtail import hooks
from wagtail.models import Site

from certificates.models import Award
from competencies.models import StaffPlan
from content.models import ModulePage
from lms import vault
from lms.actions import TTA_GROUP
from lms.models import Access, Agency, AuditEntry, DataKey, Person
from lms.registry import DataSet
from tests.lms.test_checks import REAL
from tests.lms.test_doors import WHOLE

ROOT = Path(__file__).parents[2]
TOLD = {
    "program_name": "Walking Together",
    "agency_name": "Northside",
    "time_zone": "America/Chicago",
    "week_starts_on": "sunday",
    "director_name": "Dina Moreau",
    "director_email": "dina@northside.example",
    "tta_name": "Tia Lund",
    "tta_email": "tia@state.example",
    "administrator_name": "Ada Byrd",
    "administrator_email": "ada@state.example",
}


class MailServer(socketserver.ThreadingTCPServer):
    """As much SMTP as sending takes. Refuses the recipients it is told to."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.letters: list = []
        self.refused = ""

    def to(self) -> list[str]:
        return sorted(letter["To"] for letter in self.letters)


class Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.say("220 ready")
        for line in self.rfile:
            said, refused = line.decode().lower(), self.server.refused
            if refused and said.startswith(f"rcpt to:<{refused}"):
                self.say("550 no such mailbox")
            elif said.startswith("data"):
                self.say("354 go on")
                letter = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.letters.append(
                    email.message_from_bytes(letter, policy=default)
                )
                self.say("250 kept")
            else:
                self.say("250 yes")

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def mail_server():
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(autouse=True)
def real(settings, db, mail_server, tmp_path):
    for name, value in REAL.items():
        setattr(settings, name, value)
    settings.LMS_VAULT_RING = tmp_path / "ring.json"
    settings.EMAIL_HOST, settings.EMAIL_PORT = mail_server.server_address
    settings.EMAIL_USE_TLS = False
    return settings


def start(**changes: str) -> None:
    call_command("start_program", no_input=True, **{**TOLD, **changes})


def nothing_was_made() -> bool:
    return not (
        Person.objects.exists()
        or Agency.objects.exists()
        or ModulePage.objects.exists()
        or AuditEntry.objects.exists()
    )


def test_a_program_begins(mail_server, capsys, django_user_model):
    start()
    agency = Agency.objects.get()
    assert (str(agency), agency.time_zone) == ("Northside", "America/Chicago")
    assert agency.week_starts_on == Agency.Weekday.SUNDAY
    accesses = Access.objects.values_list("person__full_name", "kind", "agency__name")
    assert set(accesses) == {
        ("Dina Moreau", "director", "Northside"),
        ("Tia Lund", "tta", None),
        ("Ada Byrd", "administrator", None),
    }
    assert StaffPlan.objects.get().person.full_name == "Dina Moreau"
    tia = django_user_model.objects.get(email="tia@state.example")
    assert tia.groups.get().name == TTA_GROUP
    assert not tia.has_usable_password()
    assert ModulePage.objects.live().exists()
    assert Award.objects.exists()
    assert Site.objects.get().site_name == "Walking Together"
    everyone = ["ada@state.example", "dina@northside.example", "tia@state.example"]
    assert mail_server.to() == sorted([*everyone, "ada@state.example"])
    said = capsys.readouterr().out
    assert "Walking Together begins. Invitations sent: 3." in said
    assert "Set PROGRAM_NAME=“Walking Together”" in said
    assert "What to do next" in said


def test_the_key_ring_is_made_once_and_everyone_has_keys(real, mail_server, capsys):
    mail_server.refused = "ada@state.example"
    with pytest.raises(CommandError):
        start()
    assert "Copy " in capsys.readouterr().out
    made = real.LMS_VAULT_RING.read_text()
    mail_server.refused = ""
    start()
    assert real.LMS_VAULT_RING.read_text() == made
    holders = set(DataKey.objects.values_list("person__full_name", flat=True))
    assert holders == {"Dina Moreau", "Tia Lund", "Ada Byrd"}
    assert vault.verify(sample=10) == []


def test_without_a_place_for_the_key_ring_nothing_begins(real):
    real.LMS_VAULT_RING = None
    with pytest.raises(CommandError, match="No key ring is named"):
        start()
    assert nothing_was_made()


def test_an_invitation_leads_to_this_site(mail_server):
    start()
    [letter] = [each for each in mail_server.letters if "dina" in each["To"]]
    assert "https://alongside.example/accounts/" in letter.get_content()


def test_what_is_missing_is_asked_for_and_wrong_answers_again(monkeypatch, capsys):
    first = ["Northside", "Mars", "", "Dina", "no address", "Tia", "tia@x.example"]
    again = ["America/Chicago", "dina@x.example", "ada@x.example"]
    answers = iter([*first, "Ada", "tia@x.example", *again])
    monkeypatch.setattr("builtins.input", lambda question: next(answers))
    call_command("start_program", program_name="Walking Together")
    said = capsys.readouterr().err
    for sentence in ["“Mars” is not", "Enter a valid email", "Two people have this"]:
        assert sentence in said
    assert Agency.objects.get().week_starts_on == Agency.Weekday.MONDAY
    assert Agency.objects.get().time_zone == "America/Chicago"
    assert Person.objects.count() == 3


def test_one_person_may_hold_two_posts(mail_server):
    start(tta_name="Ada Byrd", tta_email="Ada@state.example")
    ada = Person.objects.get(full_name="Ada Byrd")
    assert {access.kind for access in ada.accesses.all()} == {"tta", "administrator"}
    assert len(mail_server.letters) == 3


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"tta_email": "dina@northside.example"}, "Two people have this address"),
        ({"time_zone": "Mars"}, "“Mars” is not a time zone"),
        ({"director_email": ""}, "--director-email: This field is required"),
    ],
)
def test_answers_that_do_not_fit_are_named(mail_server, changes, said):
    with pytest.raises(CommandError, match=said):
        start(**changes)
    assert nothing_was_made()
    assert mail_server.letters == []


def test_a_program_is_begun_once():
    start()
    with pytest.raises(CommandError, match="already has a program"):
        start()
    assert Person.objects.count() == 3


def test_mail_that_is_not_taken_stops_it_and_a_second_try_works(mail_server):
    mail_server.refused = "ada@state.example"
    with pytest.raises(CommandError, match="550 no such mailbox"):
        start()
    assert nothing_was_made()
    mail_server.refused = ""
    start()
    assert Person.objects.count() == 3


def test_a_mail_server_that_is_not_there_is_said(real):
    real.EMAIL_PORT = 9
    with pytest.raises(CommandError, match="Connection refused"):
        start()
    assert nothing_was_made()


def test_an_invitation_that_waits_is_said(mail_server, capsys):
    mail_server.refused = "tia@state.example"
    start()
    told = capsys.readouterr()
    assert "Invitations sent: 2." in told.out
    assert "An invitation waits: SMTPRecipientsRefused" in told.err


def test_settings_of_a_demonstration_stop_it(real):
    real.LMS_IS_DEMO = True
    with pytest.raises(SystemCheckError, match="demonstration's settings"):
        start()
    assert nothing_was_made()


def test_what_fails_in_the_middle_leaves_nothing():
    def fail() -> list[str]:
        raise ZeroDivisionError

    data = DataSet("Broken", fail, order=999)
    with (
        hooks.register_temporarily("register_lms_starter_data", lambda: data),
        pytest.raises(ZeroDivisionError),
    ):
        start()
    assert nothing_was_made()


def test_a_database_that_is_not_prepared_says_how(tmp_path):
    done = subprocess.run(
        [sys.executable, "manage.py", "start_program"],
        cwd=ROOT,
        env={
            **WHOLE,
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "lms.project.settings.production",
            "ALONGSIDE_VAR": str(tmp_path / "var"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert "The database is not prepared: run manage.py migrate." in done.stderr
    assert done.returncode == 1


def test_a_state_pack_with_a_fault_stops_it_and_is_named_by_its_line(real, tmp_path):
    path = tmp_path / "pack.yaml"
    path.write_text("names: []")
    real.LMS_STATE_PACK = str(path)
    with pytest.raises(CommandError, match=r"pack.yaml, line 1: “pack” is missing"):
        start()
    assert nothing_was_made()
