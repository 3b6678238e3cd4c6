"""A copy is whole or refused; a restore brings everything back or changes nothing."""

import datetime
import json
import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from wagtail import hooks

from competencies.actions import (
    Attachment,
    Told,
    record_outside_training,
)
from competencies.models import Evidence
from lms import audit, vault
from lms.actions import ask_for_deletion, carry_out_deletion, load_state_pack
from lms.models import Agency, AuditEntry, Credential, DataKey, Person, SealedText
from lms.project.backups import Backup, BackupError, make_backup
from lms.project.backups.databases import PostgreSQL, pointed_at, this_database
from lms.registry import BackupPart, Memory
from tests import factories
from tests.factories import line

ROOT = Path(__file__).parents[2]
PDF = b"%PDF-1.7 my certificate"
AT = datetime.datetime(2026, 11, 24, 17, 0, tzinfo=datetime.UTC)
CANARY = "zephyr-marmalade"

pytestmark = pytest.mark.django_db(transaction=True)


def own_database(tmp_path: Path, name: str) -> str:
    """A copy of the migrated, empty test database, to be thrown away."""
    if connection.vendor == "sqlite":
        path = tmp_path / f"{name}.sqlite3"
        with (
            closing(sqlite3.connect(connection.settings_dict["NAME"])) as source,
            closing(sqlite3.connect(path)) as target,
        ):
            source.backup(target)
        return str(path)
    template = connection.settings_dict["NAME"]
    own = f"alongside_{name}_{os.getpid()}"
    connection.close()
    # Threads of earlier tests may have left theirs open; a template must have none.
    on_the_server(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
        template,
    )
    on_the_server(f"DROP DATABASE IF EXISTS {own}")
    on_the_server(f"CREATE DATABASE {own} TEMPLATE {template}")
    return own


def on_the_server(statement: str, *told: str) -> None:
    with pointed_at("template1"), connection.cursor() as cursor:
        cursor.execute(statement, told or None)


def throw_away(name: str) -> None:
    if connection.vendor == "postgresql":
        on_the_server(f"DROP DATABASE IF EXISTS {name}")


@pytest.fixture
def own(transactional_db, tmp_path):
    name = own_database(tmp_path, "own")
    with pointed_at(name):
        yield name
    throw_away(name)


@pytest.fixture
def program(own, settings, tmp_path) -> Person:
    """Lena with a certificate as evidence, a picture, and a key, in places of its own."""
    var = tmp_path / "var"
    settings.VAR_DIR = settings.LMS_VAR_DIR = var
    settings.MEDIA_ROOT = var / "media"
    settings.LMS_VAULT_RING = var / "keys" / "ring.json"
    (var / "media").mkdir(parents=True)
    vault.init(on=AT.date())
    (var / "media" / "path.png").write_text("a picture")
    (var / "secret-key").write_text("the key")
    load_state_pack()
    lena = factories.person("lena")
    factories.employ(lena, Agency.objects.create(name="Northside"), "frss")
    told = Told(
        title="Elsewhere",
        completed_on=timezone.localdate(),
        attachments=[Attachment("c.pdf", "application/pdf", PDF, "0")],
    )
    record_outside_training(
        person=lena,
        topics=[(line(lena, "OB-04").topic, "")],
        told=told,
        recorded_by=lena,
        at=AT,
    )
    audit.seal()
    return lena


@pytest.fixture
def key_table():
    """Credentials stand in for a table of keys: their rows lie apart."""
    part = BackupPart("stand-in", tables=("lms_credential",), is_key=True)
    with hooks.register_temporarily("register_lms_backup_parts", lambda: [part]):
        yield


def backup(tmp_path: Path, at: datetime.datetime = AT) -> tuple[Path, Path]:
    data, keys, _sentences = make_backup(
        to=tmp_path / "copies", keys_to=tmp_path / "keys", at=at
    )
    return data, keys


def evidence_file(folder: Path) -> Path:
    [path] = [path for path in folder.rglob("*") if path.is_file()]
    return path


def change_everything(var: Path) -> None:
    Person.objects.update(full_name="Somebody else")
    Agency.objects.create(name="Eastside")
    evidence_file(var / "private").write_text("spoiled")
    (var / "media" / "path.png").unlink()
    (var / "media" / "newer.png").write_text("newer")
    (var / "secret-key").write_text("another key")


def what_is_there(var: Path) -> dict:
    return {
        "people": [person.full_name for person in Person.objects.all()],
        "agencies": [agency.name for agency in Agency.objects.all()],
        "evidence": Evidence.objects.get().open().read(),
        "media": {path.name: path.read_text() for path in (var / "media").iterdir()},
        "key": (var / "secret-key").read_text(),
    }


def test_a_round_trip_brings_back_rows_files_and_keys(program, tmp_path):
    var = tmp_path / "var"
    before = what_is_there(var)
    data, keys = backup(tmp_path)
    change_everything(var)
    assert what_is_there(var) != before
    said = Backup.read(data, keys).restore(timezone.now())
    assert what_is_there(var) == before
    assert "as counted" in said[0]
    assert audit.verify() == []
    assert AuditEntry.objects.last().act == "backup.restored"
    assert not list(var.glob("*.before")) + list(var.glob("*.restoring"))


def test_a_copy_comes_back_on_a_machine_that_has_nothing(
    program, settings, tmp_path, own
):
    before = what_is_there(tmp_path / "var")
    data, keys = backup(tmp_path)
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    settings.VAR_DIR = settings.LMS_VAR_DIR = fresh
    settings.MEDIA_ROOT = fresh / "media"
    settings.LMS_VAULT_RING = fresh / "keys" / "ring.json"
    if connection.vendor == "sqlite":
        empty = str(fresh / "db.sqlite3")
    else:
        empty = f"{own}_fresh"
        on_the_server(f"CREATE DATABASE {empty}")
    with pointed_at(empty):
        call_command("restore", data, keys=keys)
        assert what_is_there(fresh) == before
        call_command("migrate", check_unapplied=True)
    throw_away(empty)


def test_the_way_back_is_previewed_and_asked_for(
    program, tmp_path, capsys, monkeypatch
):
    data, keys = backup(tmp_path)
    Agency.objects.create(name="Eastside")
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("restore", data, keys=keys)
    assert "agencies: 2 here, 1 in the copy" in capsys.readouterr().out
    monkeypatch.setattr("builtins.input", lambda question: "no")
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("restore", data, keys=keys, replace=True)
    assert Agency.objects.count() == 2
    call_command("restore", data, keys=keys, replace=True, no_input=True)
    assert Agency.objects.count() == 1


def fail(recalled):
    raise ZeroDivisionError


@pytest.mark.parametrize("when", ["while it remembers", "at the very end"])
def test_a_restore_that_fails_leaves_everything_as_it_was(
    program, tmp_path, monkeypatch, when
):
    var = tmp_path / "var"
    data, keys = backup(tmp_path)
    change_everything(var)
    before = {**what_is_there(var), "trail": AuditEntry.objects.count()}
    memory = Memory("deleted", dict, fail if when == "while it remembers" else list)
    if when == "at the very end":
        monkeypatch.setattr(type(this_database()), "put_in_place", fail_at_the_end)
    with (
        hooks.register_temporarily("register_lms_after_restore", lambda: memory),
        pytest.raises(ZeroDivisionError),
    ):
        Backup.read(data, keys).restore(timezone.now())
    assert {**what_is_there(var), "trail": AuditEntry.objects.count()} == before
    assert not list(var.glob("*.before")) + list(var.glob("*.restoring"))


def fail_at_the_end(database, opened):
    raise ZeroDivisionError


def test_what_was_deleted_since_is_deleted_again(program, tmp_path):
    """Who asked to go is remembered by the database that is replaced."""

    def recall():
        return list(Person.objects.filter(called="gone").values_list("pk", flat=True))

    def apply(recalled):
        count = Person.objects.filter(pk__in=recalled).update(full_name="A person")
        return [f"{count} deletion repeated."]

    memory = Memory("deleted", recall, apply)
    data, keys = backup(tmp_path)
    Person.objects.update(full_name="A person", called="gone")
    with hooks.register_temporarily("register_lms_after_restore", lambda: memory):
        said = Backup.read(data, keys).restore(timezone.now())
    assert "1 deletion repeated." in said
    assert Person.objects.get().full_name == "A person"


@pytest.mark.usefixtures("key_table")
def test_keys_lie_apart_and_come_back_with_their_copy(program, tmp_path):
    Credential.objects.create(person=program, kind=CANARY)
    data, keys = backup(tmp_path)
    assert not anywhere(CANARY, data)
    Credential.objects.all().delete()
    Backup.read(data, keys).restore(timezone.now())
    assert Credential.objects.get().kind == CANARY
    Backup.read(data, None).restore(timezone.now())
    assert not Credential.objects.exists()


def sealed_by(person: Person) -> SealedText:
    return vault.seal(
        "A quiet morning.",
        person=person,
        kind="reflection",
        row=person,
        field="thought",
        on=AT.date(),
    )


def test_what_is_sealed_opens_only_with_the_keys_of_its_copy(program, tmp_path):
    sealed = sealed_by(program)
    data, keys = backup(tmp_path)
    Backup.read(data, None).restore(timezone.now())
    assert not DataKey.objects.exists()
    with pytest.raises(vault.SealBrokenError):
        vault.open_own(sealed, by=program)
    Backup.read(data, keys).restore(timezone.now())
    assert vault.open_own(sealed, by=program) == "A quiet morning."


def test_a_shredded_key_stays_gone_after_a_restore(program, tmp_path):
    sealed_by(program)
    data, keys = backup(tmp_path)
    vault.shred(person=program, by=None, at=AT)
    said = Backup.read(data, keys).restore(timezone.now())
    assert "Keys destroyed again, as they had been: 3." in said
    assert not SealedText.objects.exists()


def test_a_deletion_since_the_copy_is_done_again(program, tmp_path):
    program.staff_members.update(left_on=AT.date())
    program.phone = "555-0100"
    program.save()
    data, keys = backup(tmp_path)
    asked = ask_for_deletion(person=program, at=AT)
    carry_out_deletion(asked=asked, at=AT)
    said = Backup.read(data, keys).restore(timezone.now())
    assert "Deletions done again, as they had been: 1." in said
    assert Person.objects.get().phone == ""


def anywhere(word: str, folder: Path) -> bool:
    """Whether the word stands in a copy, unpacked where it is packed."""
    said = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    for dump in folder.glob("*.dump"):
        plain = ["pg_restore", "--file=-", str(dump)]
        said.append(subprocess.run(plain, capture_output=True, check=True).stdout)
    return any(word.encode() in content for content in said)


@pytest.mark.usefixtures("key_table")
def test_the_search_for_keys_would_find_them(program, tmp_path):
    Credential.objects.create(person=program, kind=CANARY)
    program.full_name = "Zora Quill"
    program.save()
    data, keys = backup(tmp_path)
    assert anywhere("Zora Quill", data)
    assert anywhere(CANARY, keys)


def test_nobody_can_sign_in_with_a_session_from_a_copy(program, tmp_path):
    Session.objects.create(
        session_key=CANARY, session_data="x", expire_date=timezone.now()
    )
    data, keys = backup(tmp_path)
    assert not anywhere(CANARY, data)
    Backup.read(data, keys).restore(timezone.now())
    assert not Session.objects.exists()


def test_copies_are_for_their_owner_alone(program, tmp_path):
    for folder in backup(tmp_path):
        for path in [folder, *folder.rglob("*")]:
            wanted = 0o700 if path.is_dir() else 0o600
            assert stat.S_IMODE(path.stat().st_mode) == wanted


def test_keys_are_kept_for_thirty_five_days(program, tmp_path):
    old, old_keys = backup(tmp_path)
    backup(tmp_path, AT + datetime.timedelta(days=35))
    assert old_keys.exists()
    _data, _keys, said = make_backup(
        to=tmp_path / "copies",
        keys_to=tmp_path / "keys",
        at=AT + datetime.timedelta(days=35, minutes=1),
    )
    assert not old_keys.exists()
    assert old.exists()
    assert said == [f"Keys older than 35 days were removed: {old.name}."]


def change_a_file(data: Path) -> None:
    evidence_file(data / "files" / "evidence").write_text("spoiled")


def lose_a_file(data: Path) -> None:
    evidence_file(data / "files" / "evidence").unlink()


def add_a_file(data: Path) -> None:
    (data / "files" / "media" / "media" / "added.png").write_text("x")


def miscount(data: Path) -> None:
    edit_manifest(data, lambda told: told["rows"].update(lms_person=2))


def edit_manifest(data: Path, change) -> None:
    told = json.loads((data / "manifest.json").read_text())
    change(told)
    (data / "manifest.json").write_text(json.dumps(told))


@pytest.mark.parametrize("spoil", [change_a_file, lose_a_file, add_a_file, miscount])
def test_a_copy_that_is_not_what_was_written_is_refused(program, tmp_path, spoil):
    data, keys = backup(tmp_path)
    call_command("backup", "verify", data, keys=keys)
    spoil(data)
    for command in (["backup", "verify", data], ["restore", data]):
        with pytest.raises(CommandError, match="not what"):
            call_command(*command, **_sure(command), keys=keys)
    assert Agency.objects.get().name == "Northside"


def _sure(command: list) -> dict:
    return {"replace": True, "no_input": True} if command[0] == "restore" else {}


def test_other_folders_and_other_keys_are_refused(program, tmp_path):
    data, keys = backup(tmp_path)
    _later, later_keys = backup(tmp_path, AT + datetime.timedelta(minutes=1))
    with pytest.raises(BackupError, match="is not a whole backup"):
        Backup.read(tmp_path, None)
    with pytest.raises(BackupError, match="holds keys"):
        Backup.read(keys, None)
    with pytest.raises(BackupError, match="does not hold the keys"):
        Backup.read(data, later_keys)
    edit_manifest(data, lambda told: told.update(database="oracle"))
    with pytest.raises(BackupError, match="This copy is of oracle"):
        Backup.read(data, keys)


def test_a_copy_of_a_newer_version_is_refused(program, tmp_path):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('lms', '0999_future', '2026-11-24')"
        )
    data, keys = backup(tmp_path)
    with pytest.raises(BackupError, match="made by a newer version"):
        Backup.read(data, keys).verify()


def test_a_copy_whose_trail_was_changed_is_refused(program, tmp_path):
    audit.disarm()
    AuditEntry.objects.filter(pk=AuditEntry.objects.first().pk).update(act="forged")
    data, keys = backup(tmp_path)
    with pytest.raises(BackupError, match="trail in the copy is not whole"):
        Backup.read(data, keys).verify()


def test_keys_never_lie_with_what_they_open_nor_a_copy_in_the_site(program, tmp_path):
    for to, keys_to in [("copies", "copies"), ("copies", "copies/keys")]:
        with pytest.raises(BackupError, match="would lie with what they open"):
            make_backup(to=tmp_path / to, keys_to=tmp_path / keys_to, at=AT)
    with pytest.raises(BackupError, match="is a folder of the site"):
        make_backup(
            to=tmp_path / "var" / "media" / "copies", keys_to=tmp_path / "keys", at=AT
        )


def test_a_copy_that_cannot_be_written_leaves_nothing(program, tmp_path):
    (tmp_path / "keys").write_text("a file, where a folder should be")
    with pytest.raises(BackupError, match="could not be written"):
        backup(tmp_path)
    assert not list((tmp_path / "copies").iterdir())


def test_evidence_in_a_store_elsewhere_is_said_to_be_missing(
    program, settings, tmp_path
):
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "lms_private": memory}
    _data, _keys, said = make_backup(
        to=tmp_path / "copies", keys_to=tmp_path / "keys", at=AT
    )
    assert said[0].startswith("Not in it: evidence")


def test_a_restore_that_was_cut_off_is_settled_by_a_person_first(program, tmp_path):
    data, keys = backup(tmp_path)
    (tmp_path / "var" / "media.before").mkdir()
    with pytest.raises(BackupError, match="An earlier restore was cut off"):
        Backup.read(data, keys).restore(timezone.now())


def test_what_is_being_written_meanwhile_is_not_half_in_the_copy(program, tmp_path):
    other = connection.copy()
    with closing(other), other.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("UPDATE lms_person SET full_name = 'Half written'")
        data, keys = tmp_path / "data", tmp_path / "keys"
        data.mkdir()
        keys.mkdir()
        this_database().copy_to(data, keys, apart=[], empty=[])
        cursor.execute("ROLLBACK")
    assert not anywhere("Half written", data)
    assert anywhere("Lena", data)


def test_a_site_that_still_runs_sees_the_old_rows_or_the_new(program, tmp_path):
    """SQLite changes under it in one step; PostgreSQL wants it stopped."""
    data, keys = backup(tmp_path)
    Person.objects.update(full_name="Somebody else")
    other = connection.copy()
    with closing(other), other.cursor() as cursor:
        cursor.execute("SELECT full_name FROM lms_person")
        assert cursor.fetchall() == [("Somebody else",)]
        if connection.vendor == "postgresql":
            with pytest.raises(BackupError, match="stop the web server"):
                Backup.read(data, keys).restore(timezone.now())
        else:
            Backup.read(data, keys).restore(timezone.now())
        cursor.execute("SELECT full_name FROM lms_person")
        assert cursor.fetchone() == (Person.objects.get().full_name,)


def test_missing_client_programs_are_named(program, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupError, match="apt install postgresql-client"):
        PostgreSQL()._dump(tmp_path / "x")


def manage(*arguments: object, database: str, var: Path) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *map(str, arguments)],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings_of_a_second_process",
            "SECOND_PROCESS_DATABASE": database,
            "ALONGSIDE_VAR": str(var),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    return f"{done.returncode}\n{done.stdout}{done.stderr}"


def test_the_commands_work_from_a_shell(program, tmp_path, own):
    connection.close()
    where = {"database": own, "var": tmp_path / "var"}
    made = manage("backup", "--to", tmp_path / "copies", **where)
    assert made.startswith("0"), made
    [data] = (tmp_path / "copies").iterdir()
    [keys] = (tmp_path / "copies-keys").iterdir()
    assert f"Data: {data}\nKeys: {keys}" in made
    assert manage("backup", "verify", data, **where).startswith("0\nThe copy is whole")
    Person.objects.update(full_name="Somebody else")
    connection.close()
    sure = ["--keys", keys, "--replace", "--no-input"]
    assert "is back." in manage("restore", data, *sure, **where)
    assert Person.objects.get().full_name == "Lena"
    assert manage("backup", **where).startswith("1\nCommandError: Say “backup --to")
