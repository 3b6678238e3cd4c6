"""What is sealed opens for its author, and for nobody and nothing else."""

import datetime
import io
import json
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from lms import checks, vault
from lms.actions import add_staff_member, grant_access
from lms.models import (
    AuditEntry,
    DataKey,
    Person,
    Role,
    SealedKind,
    SealedShare,
    SealedText,
    ShreddedKey,
)
from lms.vault import envelope
from lms.vault import ring as key_ring
from tests.competencies.test_at_once import while_this_is_open
from tests.conftest import TODAY
from tests.factories import PersonFactory

TOMORROW = TODAY + datetime.timedelta(days=1)
KEY = envelope.new_key()
ANY_TEXT = st.text(st.characters(), max_size=3000)
BINDING = ["table", "row", "field", "person"]


@pytest.fixture
def ring(settings, tmp_path):
    """A key ring of the test's own, to break and to turn."""
    settings.LMS_VAULT_RING = tmp_path / "keys" / "ring.json"
    DataKey.objects.all().delete()
    vault.init(on=TODAY)
    vault.prepare_many(Person.objects.all())
    return settings.LMS_VAULT_RING


def seal(person: Person, text: str = "a quiet morning", **place) -> SealedText:
    told = {"kind": "reflection", "row": person, "field": "words", "on": TODAY}
    return vault.seal(text, person=person, **{**told, **place})


def run(act: str, *arguments: str, typed: str = "", monkeypatch=None) -> str:
    said = io.StringIO()
    if monkeypatch:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    call_command("vault", act, *arguments, stdout=said)
    return said.getvalue()


# The envelope


@given(ANY_TEXT)
def test_any_text_comes_back(text):
    sealed = envelope.encrypt(KEY, envelope.pad(text), BINDING)
    assert envelope.unpad(envelope.decrypt(KEY, sealed, BINDING)) == text


@pytest.mark.parametrize("text", ["", "\0", "\0\0a\0", "🌱🌿", "é", "\ud800"])
def test_odd_texts_come_back(text):
    assert envelope.unpad(envelope.pad(text)) == text


@given(ANY_TEXT, ANY_TEXT)
def test_the_size_tells_which_of_four_it_is_and_no_more(one, other):
    sizes = {len(envelope.pad(text)) for text in (one, other)}
    assert sizes <= set(envelope.SIZES)
    if max(len(one.encode("utf-8", "surrogatepass")), len(other) * 4) <= 1020:
        assert len(sizes) == 1


def test_what_is_too_long_is_refused():
    assert len(envelope.pad("a" * envelope.LONGEST)) == envelope.SIZES[-1]
    with pytest.raises(vault.TooLongError):
        envelope.pad("a" * (envelope.LONGEST + 1))


@given(st.integers(min_value=0), st.integers(1, 255))
def test_one_changed_byte_is_enough(place, change):
    sealed = bytearray(envelope.encrypt(KEY, envelope.pad("words"), BINDING))
    sealed[place % len(sealed)] ^= change
    with pytest.raises(vault.SealBrokenError):
        envelope.decrypt(KEY, bytes(sealed), BINDING)


@given(st.integers(0, 1100))
def test_a_piece_of_it_is_not_enough(length):
    sealed = envelope.encrypt(KEY, envelope.pad("words"), BINDING)
    if length < len(sealed):
        with pytest.raises(vault.SealBrokenError):
            envelope.decrypt(KEY, sealed[:length], BINDING)


def test_the_same_words_are_never_sealed_the_same():
    assert len({envelope.encrypt(KEY, b"words", BINDING) for _ in range(100)}) == 100


# Texts


@hypothesis_settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=ANY_TEXT)
def test_the_author_reads_what_they_sealed(lena, text):
    sealed = seal(lena, text)
    found = SealedText.objects.get(pk=sealed.pk)
    assert vault.open_own(found, by=lena) == text
    if len(text) > 3:
        assert text.encode("utf-8", "surrogatepass") not in bytes(found.ciphertext)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("table", "lms.other"),
        ("row", "another"),
        ("field", "another"),
        ("kind", SealedKind.VISION),
        ("person", "sam"),
        ("key", "sam"),
        ("key", uuid.uuid4()),
    ],
)
def test_moved_to_another_place_it_does_not_open(lena, sam, column, value):
    sealed = seal(lena)
    if value == "sam":
        key = DataKey.objects.get(person=sam, kind="reflection").pk
        value = sam if column == "person" else key
    SealedText.objects.filter(pk=sealed.pk).update(**{column: value})
    sealed.refresh_from_db()
    with pytest.raises(vault.SealBrokenError):
        vault.open_own(sealed, by=sealed.person)


def test_the_ciphertext_of_another_text_does_not_open(lena):
    one, other = seal(lena, "one", field="one"), seal(lena, "other", field="other")
    one.ciphertext = other.ciphertext
    with pytest.raises(vault.SealBrokenError):
        vault.open_own(one, by=lena)


def test_a_data_key_given_to_somebody_else_does_not_open(lena, sam):
    sealed = seal(lena)
    DataKey.objects.filter(pk=sealed.key).update(person=sam)
    with pytest.raises(vault.SealBrokenError):
        vault.open_own(sealed, by=lena)


def test_new_words_take_the_place_of_the_old_and_end_their_shares(lena, sam):
    first = seal(lena, "first")
    vault.share(first, by=lena, reader=sam, starts_on=TODAY, ends_on=TOMORROW)
    second = seal(lena, "second")
    assert SealedText.objects.get() == second
    assert not SealedShare.objects.exists()


def test_two_people_write_at_the_same_place(lena, sam):
    row = lena.staff_members.get()
    one, other = seal(lena, "hers", row=row), seal(sam, "his", row=row)
    assert vault.open_own(one, by=lena) == "hers"
    assert vault.open_own(other, by=sam) == "his"


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_keep_at_the_same_moment_leave_one_text(lena):
    while_this_is_open(lambda: seal(lena, "one tab"), lambda: seal(lena, "the other"))
    assert vault.open_own(SealedText.objects.get(), by=lena) == "the other"


@pytest.mark.django_db(transaction=True)
def test_words_sealed_while_the_keys_are_shredded_are_gone_or_readable(lena, at):
    seal(lena)
    while_this_is_open(
        lambda: vault.shred(person=lena, by=lena, at=at), lambda: seal(lena, "later")
    )
    assert vault.verify(sample=10) == []
    assert vault.open_own(SealedText.objects.get(), by=lena) == "later"


def test_a_row_without_a_key_cannot_hold_sealed_words(lena):
    with pytest.raises(ValueError, match="needs its key first"):
        seal(lena, row=Person())


# Readers


def test_nobody_else_opens_it(cast):
    sealed = seal(cast["lena"].lms_person)
    for who in set(cast) - {"lena", "root"}:
        with pytest.raises(PermissionDenied):
            vault.open_own(sealed, by=cast[who].lms_person)
        with pytest.raises(PermissionDenied):
            vault.open_shared(sealed, by=cast[who].lms_person, at=timezone.now())
    assert not AuditEntry.objects.filter(act="sealed.opened").exists()


def test_the_author_leaves_no_trace(lena):
    before = AuditEntry.objects.count()
    sealed = seal(lena)
    vault.open_own(sealed, by=lena)
    sealed.delete()
    assert AuditEntry.objects.count() == before


def test_a_reader_opens_while_the_share_lasts_and_the_trail_says_so(lena, sam, ben, at):
    sealed = seal(lena)
    share = vault.share(sealed, by=lena, reader=sam, starts_on=TODAY, ends_on=TODAY)
    assert SealedText.objects.visible_to(sam.user).get() == sealed
    assert not SealedText.objects.visible_to(ben.user).exists()
    assert vault.open_shared(sealed, by=sam, at=at) == "a quiet morning"
    row = AuditEntry.objects.get(act="sealed.opened")
    assert (row.actor, row.about, row.facts) == (sam, lena, {"kind": "reflection"})
    with pytest.raises(PermissionDenied):
        vault.open_shared(sealed, by=sam, at=at + datetime.timedelta(days=1))
    share.delete()
    with pytest.raises(PermissionDenied):
        vault.open_shared(sealed, by=sam, at=at)
    assert not SealedText.objects.visible_to(sam.user).exists()
    assert AuditEntry.objects.filter(act="sealed.opened").count() == 1


def test_a_share_of_yesterday_shows_nothing(lena, sam):
    yesterday = TODAY - datetime.timedelta(days=1)
    vault.share(seal(lena), by=lena, reader=sam, starts_on=yesterday, ends_on=yesterday)
    assert not SealedText.objects.visible_to(sam.user).exists()


def test_only_the_author_shares_and_only_until_a_day(lena, sam):
    sealed = seal(lena)
    with pytest.raises(PermissionDenied):
        vault.share(sealed, by=sam, reader=sam, starts_on=TODAY, ends_on=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        SealedShare.objects.create(text=sealed, reader=sam, ends_on=None)


def test_no_trail_no_words(lena, sam, at):
    sealed = seal(lena)
    vault.share(sealed, by=lena, reader=sam, starts_on=TODAY, ends_on=TODAY)

    def refuse(execute, sql, *rest):
        if "lms_auditentry" in sql:
            raise DatabaseError
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse), pytest.raises(DatabaseError):
        vault.open_shared(sealed, by=sam, at=at)


# Keys


def kinds_of(person: Person) -> list[str]:
    return sorted(DataKey.objects.filter(person=person).values_list("kind", flat=True))


def test_everyone_who_joins_has_a_key_for_every_class(db, northside, at):
    nia = Person(full_name="Nia")
    told = {"agency": northside, "hired_on": TODAY, "by": None, "at": at}
    add_staff_member(person=nia, roles=Role.objects.none(), **told)
    assert kinds_of(nia) == sorted(SealedKind.values)
    tom = PersonFactory(full_name="Tom")
    told = {"kind": "partner", "agency": None, "starts_on": TODAY}
    grant_access(person=tom, **told, by=None, at=at)
    assert kinds_of(tom) == sorted(SealedKind.values)


def test_keys_are_made_for_many_and_only_once(db, django_assert_max_num_queries):
    people = PersonFactory.create_batch(30)
    with django_assert_max_num_queries(8):
        assert vault.prepare_many(people) == 30 * len(SealedKind)
    assert vault.prepare_many(people) == 0


def test_the_first_words_of_somebody_without_keys_show_nothing(lena):
    """Everybody else who lacks them gets keys at the same moment."""
    early, quiet = PersonFactory(), PersonFactory()
    seal(early)
    assert kinds_of(early) == kinds_of(quiet) == sorted(SealedKind.values)


def test_a_new_ring_opens_what_the_old_ones_wrapped(lena, sam, ring):
    sealed = seal(lena)
    assert "data keys wrapped anew" in run("rotate")
    newest = key_ring.load().newest
    assert set(DataKey.objects.values_list("wrapping_key", flat=True)) == {newest.id}
    assert len(key_ring.load().keys) == 2
    assert vault.open_own(sealed, by=lena) == "a quiet morning"


def test_an_interrupted_rotation_is_finished_first(lena, sam, ring):
    key_ring.add_key(on=TODAY)  # and then the machine died
    vault.prepare(PersonFactory())
    assert vault.verify(sample=10) == []
    assert vault.rotate(on=TODAY) > 0
    assert len(key_ring.load().keys) == 2
    assert vault.rotate(on=TODAY) > 0
    assert len(key_ring.load().keys) == 3


def test_a_rotation_that_dies_halfway_loses_nothing(lena, sam, ring):
    sealed = seal(lena)

    def die(execute, sql, *rest):
        if sql.startswith("UPDATE") and "lms_datakey" in sql:
            raise DatabaseError
        return execute(sql, *rest)

    with (
        connection.execute_wrapper(die),
        pytest.raises(DatabaseError),
        transaction.atomic(),
    ):
        vault.rotate(on=TODAY)
    assert vault.open_own(sealed, by=lena) == "a quiet morning"
    vault.rotate(on=TODAY)
    assert vault.verify(sample=10) == []
    assert len(key_ring.load().keys) == 2


def test_keys_of_the_ring_that_nothing_needs_are_dropped(lena, ring):
    first = key_ring.load().newest.id
    vault.rotate(on=TODAY)
    vault.rotate(on=TODAY + datetime.timedelta(days=35))
    assert first in {key.id for key in key_ring.load().keys}
    vault.rotate(on=TODAY + datetime.timedelta(days=36))
    assert first not in {key.id for key in key_ring.load().keys}
    assert vault.verify(sample=10) == []


def test_verify_says_in_sentences_what_does_not_open(lena, sam, ring):
    assert "Every data key opens" in run("verify")
    sealed, other = seal(lena), seal(sam)
    broken = DataKey.objects.get(pk=other.key)
    DataKey.objects.filter(pk=broken.pk).update(wrapped=b"\x01" + b"x" * 60)
    SealedText.objects.filter(pk=sealed.pk).update(field="elsewhere")
    PersonFactory()
    with pytest.raises(CommandError) as told:
        run("verify")
    assert set(str(told.value).splitlines()) == {
        f"Data key {broken.pk} of person {sam.pk} does not open.",
        "1 people have no keys yet: run “manage.py vault prepare”.",
        f"Sealed text {sealed.pk} does not open.",
        f"Sealed text {other.pk} does not open.",
    }
    assert "data keys made" in run("prepare")


# The ring


def test_a_ring_is_made_once_and_for_its_owner_alone(lena, ring):
    assert ring.stat().st_mode & 0o777 == 0o600
    before = ring.read_text()
    with pytest.raises(CommandError, match="There is a key ring"):
        run("init")
    assert ring.read_text() == before
    assert [path.name for path in ring.parent.iterdir()] == [ring.name]


def test_a_new_ring_is_not_made_over_keys_of_another(lena, ring):
    ring.rename(ring.with_name("elsewhere.json"))
    with pytest.raises(CommandError, match="Bring that file back"):
        run("init")
    assert not ring.exists()


def test_a_first_ring_brings_keys_for_everybody(lena, settings, tmp_path):
    DataKey.objects.all().delete()
    settings.LMS_VAULT_RING = tmp_path / "ring.json"
    assert "Copy" in run("init")
    assert kinds_of(lena) == sorted(SealedKind.values)


def test_the_keys_are_in_no_representation(lena, ring):
    assert "key=" not in repr(key_ring.load())


def lose(ring):
    ring.unlink()


def damage(ring):
    ring.write_text(ring.read_text()[:-20])


def empty(ring):
    ring.write_text('{"keys": []}')


def exchange(ring):
    ring.unlink()
    key_ring.make(on=TODAY)


def falsify(ring):
    """The right names of keys, and other keys."""
    told = json.loads(ring.read_text())
    ring.unlink()
    key_ring.make(on=TODAY)
    other = json.loads(ring.read_text())
    other["keys"][0]["id"] = told["keys"][0]["id"]
    ring.write_text(json.dumps(other))


@pytest.mark.parametrize("harm", [lose, damage, empty, exchange, falsify])
def test_with_a_wrong_or_missing_ring_nothing_is_sealed_or_opened(lena, ring, harm):
    sealed = seal(lena)
    keys = DataKey.objects.count()
    harm(ring)
    assert vault.fault()
    for act in [
        lambda: vault.open_own(sealed, by=lena),
        lambda: seal(lena, "other"),
        lambda: seal(PersonFactory()),
    ]:
        with pytest.raises((vault.VaultClosedError, vault.SealBrokenError)):
            act()
    assert SealedText.objects.get() == sealed
    assert vault.prepare_many([PersonFactory()]) == 0
    assert DataKey.objects.count() == keys
    for act in ["rotate", "verify", "prepare"]:
        with pytest.raises(CommandError, match="key ring"):
            run(act)


@pytest.mark.parametrize(
    ("harm", "check"), [(lose, "lms.W018"), (exchange, "lms.W019")]
)
def test_checks_and_the_start_say_that_the_vault_is_closed(
    lena, ring, harm, check, caplog
):
    found = checks.vault_has_a_ring(None)
    assert [*found, *checks.ring_is_this_databases(None, databases=["default"])] == []
    harm(ring)
    found = checks.vault_has_a_ring(None)
    found += checks.ring_is_this_databases(None, databases=["default"])
    assert [each.id for each in found] == [check]
    checks.tell_when_the_vault_is_closed()
    assert "key ring" in caplog.text


def test_health_tells_of_a_closed_vault_and_stays_well(client, lena, ring):
    assert client.get("/healthz").json()["vault"] == "ok"
    ring.unlink()
    answer = client.get("/healthz")
    assert answer.json()["vault"] == "closed"
    assert answer.status_code == 200


def test_people_join_while_the_vault_is_closed(northside, ring, at):
    ring.unlink()
    nia = Person(full_name="Nia")
    told = {"agency": northside, "hired_on": TODAY, "by": None, "at": at}
    add_staff_member(person=nia, roles=Role.objects.none(), **told)
    assert kinds_of(nia) == []


# Gone for good


def test_shredding_takes_keys_texts_and_shares(lena, sam, ring, at):
    sealed = seal(lena)
    vault.share(sealed, by=lena, reader=sam, starts_on=TODAY, ends_on=TODAY)
    his = seal(sam)
    vault.shred(person=lena, by=None, at=at)
    assert list(SealedText.objects.all()) == [his]
    assert kinds_of(lena) == []
    sealed.save(force_insert=True)  # as an old dump would bring it back
    with pytest.raises(vault.SealBrokenError):
        vault.open_own(sealed, by=lena)
    assert AuditEntry.objects.get(act="vault.shredded").about == lena
    assert vault.open_own(his, by=sam) == "a quiet morning"


def test_whoever_was_shredded_can_write_again(lena, ring, at):
    seal(lena)
    vault.shred(person=lena, by=lena, at=at)
    assert vault.open_own(seal(lena, "new"), by=lena) == "new"


def test_the_command_shreds_after_the_name_is_typed(lena, sam, ring, monkeypatch):
    seal(lena)
    for typed in ["", "yes\n", "Sam\n"]:
        with pytest.raises(CommandError, match="Nothing was destroyed"):
            run("shred", f"--person={lena.pk}", typed=typed, monkeypatch=monkeypatch)
    assert SealedText.objects.exists()
    said = run("shred", f"--person={lena.pk}", typed="Lena\n", monkeypatch=monkeypatch)
    assert "Nobody can undo it" in said
    assert not SealedText.objects.exists()
    assert kinds_of(sam) == sorted(SealedKind.values)


def test_the_command_finds_a_person_by_work_mail_and_nobody_by_chance(lena, ring):
    with pytest.raises(CommandError, match="no one person"):
        run("shred", "--person=nobody@example.test")


def test_a_lost_ring_can_be_given_up(lena, sam, ring, monkeypatch):
    seal(lena)
    ring.unlink()
    run("shred", "--everyone", typed="everyone\n", monkeypatch=monkeypatch)
    run("init")
    assert vault.open_own(seal(lena, "again"), by=lena) == "again"


def test_one_human_with_two_records_keeps_what_both_wrote(lena, sam, ring):
    twice = PersonFactory(full_name="Lena")
    sealed = seal(twice, "as the other")
    his = seal(sam, "for her")
    vault.share(his, by=sam, reader=twice, starts_on=TODAY, ends_on=TODAY)
    vault.move(person=twice, to=lena)
    sealed.refresh_from_db()
    assert vault.open_own(sealed, by=lena) == "as the other"
    assert his in SealedText.objects.visible_to(lena.user)
    assert vault.verify(sample=10) == []


# Backups


def test_a_dump_without_its_keys_opens_nothing_and_with_them_everything(
    lena, ring, tmp_path
):
    sealed = seal(lena)
    run("backup", f"--to={tmp_path / 'apart'}")
    DataKey.objects.all().delete()
    with pytest.raises(vault.SealBrokenError):
        vault.open_own(sealed, by=lena)
    assert "back" in run("restore", f"--from={tmp_path / 'apart'}")
    assert vault.open_own(sealed, by=lena) == "a quiet morning"
    assert vault.verify(sample=10) == []


def test_a_backup_of_keys_holds_them_wrapped(lena, ring, tmp_path):
    sealed = seal(lena)
    path = vault.back_up(folder=tmp_path / "apart", on=TODAY)
    told = path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600
    assert str(sealed.key) in told
    held = key_ring.load()
    for each in held.keys:
        assert each.key not in told.encode()


def test_backups_of_keys_are_kept_for_35_days(lena, ring, tmp_path):
    days = [TODAY - datetime.timedelta(days=days) for days in (36, 35, 1, 0)]
    for day in days:
        vault.back_up(folder=tmp_path, on=day)
    names = {path.name for path in tmp_path.glob("data-keys-*")}
    assert names == {f"data-keys-{day}.json" for day in days[1:]}


def test_a_restore_does_not_bring_back_what_was_shredded(lena, sam, ring, tmp_path, at):
    """The dump is from before, its keys are the newest there are."""
    hers, his = seal(lena), seal(sam)
    old_keys = list(DataKey.objects.all())
    vault.shred(person=lena, by=None, at=at)
    vault.back_up(folder=tmp_path, on=TODAY)
    ShreddedKey.objects.all().delete()
    hers.save(force_insert=True)
    DataKey.objects.all().delete()
    assert vault.restore(folder=tmp_path) == []
    assert list(SealedText.objects.all()) == [his]
    assert kinds_of(lena) == []
    assert vault.open_own(his, by=sam) == "a quiet morning"
    DataKey.objects.bulk_create(old_keys, ignore_conflicts=True)  # a dump with keys
    vault.restore(folder=tmp_path)
    assert kinds_of(lena) == []


def test_a_restore_says_which_keys_stay_out(lena, sam, ring, tmp_path):
    told = vault.export_data_keys()
    one, other = told["keys"][:2]
    one["person"], other["wrapping_key"] = 10**6, "another ring's"
    DataKey.objects.all().delete()
    assert vault.import_data_keys(told) == [
        f"Data key {one['id']}: person {10**6} is not here.",
        f"Data key {other['id']} does not open with this key ring.",
    ]
    with pytest.raises(CommandError, match="no backup of data keys"):
        run("restore", f"--from={tmp_path / 'nowhere'}")
