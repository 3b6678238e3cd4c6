from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.forms import Field
from django.utils import timezone

from lms import outbox, vault
from lms.actions import PackHasFaults
from lms.conf import conf
from lms.models import Agency, OutboxMessage, Person
from lms.project.actions import start_program
from lms.project.emails import try_the_mail
from lms.project.forms import StartForm

NEXT = """
What to do next:
  1. Open your own invitation, choose a password, and set up a second factor.
  2. Start the web server, a worker and beat, if they do not run yet.
  3. Let “manage.py backup” run every night, keys to another place; restore one once.
  4. Let the director add colleagues under “Staff”, and invite them.
  5. Let somebody with lived experience read the modules: they say they are unreviewed.
docs/hosting.md has the details."""


class Command(BaseCommand):
    help = (
        "Begins a real program: the first agency, the first people, their invitations."
    )
    requires_system_checks: list = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        for name, field in StartForm.base_fields.items():
            parser.add_argument(f"--{name.replace('_', '-')}", help=str(field.label))
        parser.add_argument(
            "--no-input", action="store_true", help="ask nothing: all is in the options"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self._refuse_what_is_there()
        if vault.ring_fault():
            call_command("vault", "init", stdout=self.stdout)
        call_command("check", deploy=True, databases=["default"])
        form = self._answers(options)
        self._try_the_mail(form.cleaned_data["administrator_email"])
        try:
            sentences = start_program(
                name=form.cleaned_data["program_name"],
                agency=form.agency(),
                people=form.people(),
                at=timezone.now(),
            )
        except PackHasFaults as error:
            raise CommandError(f"{conf.state_pack}, {error}") from None
        outbox.drain()
        for sentence in sentences:
            self.stdout.write(sentence)
        self._say_what_is_there(form.cleaned_data["program_name"])

    def _refuse_what_is_there(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError("The database is not prepared: run manage.py migrate.")
        if Person.objects.exists() or Agency.objects.exists():
            raise CommandError(
                "This database already has a program. Point DATABASE_URL, or "
                "ALONGSIDE_VAR, at a new one."
            )

    def _answers(self, options: dict[str, Any]) -> StartForm:
        """From the options and, unless told not to, from whoever sits here."""
        fields, asks = StartForm.base_fields, not options["no_input"]
        told = {name: options[name] for name in fields}
        for name, field in fields.items():
            if not told[name]:
                told[name] = self._ask(field) if asks else field.initial
        while not (form := StartForm(told)).is_valid():
            wrong = {
                name: f"--{name.replace('_', '-')}: {' '.join(messages)}"
                for name, messages in form.errors.items()
            }
            if not asks:
                raise CommandError("\n".join(wrong.values()))
            for name, sentence in wrong.items():
                self.stderr.write(sentence)
                told[name] = self._ask(fields[name])
        return form

    def _ask(self, field: Field) -> str:
        question = f"{field.label} [{field.initial}]" if field.initial else field.label
        try:
            return input(f"{question}: ").strip() or field.initial
        except EOFError as error:
            raise CommandError(
                "Nobody answers here. Give all in options, with --no-input."
            ) from error

    def _try_the_mail(self, to: str) -> None:
        if refused := try_the_mail(to):
            raise CommandError(
                f"The mail server did not take a letter to {to}: {refused}. Nothing "
                f"was made. Correct EMAIL_HOST and its fellows, then start again."
            )
        self.stdout.write(f"The mail server took a letter to {to}. Did it arrive?")

    def _say_what_is_there(self, name: str) -> None:
        waiting = OutboxMessage.objects.filter(done_at=None)
        sent = OutboxMessage.objects.count() - waiting.count()
        self.stdout.write(f"{name} begins. Invitations sent: {sent}.")
        for message in waiting:
            self.stderr.write(f"An invitation waits: {message.last_error}.")
        if conf.program_name != name:
            self.stdout.write(
                f"Set PROGRAM_NAME=“{name}”: the footer and certificates now say "
                f"“{conf.program_name}”."
            )
        self.stdout.write(NEXT)
