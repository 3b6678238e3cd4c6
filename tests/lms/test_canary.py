"""A word that is sealed is found nowhere else, whatever anybody does.

A random word is sealed in every class of text; everybody opens everything; things
break; then all that the product keeps, sends or shows is searched for the word and for
the keys that open it.
"""

import base64
import json
import logging
import pickle
import re
import secrets
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import redis
from django.conf import settings as django_settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from django.utils.log import AdminEmailHandler
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

from content.models import ModulePage
from lms import audit, outbox, vault
from lms.actions import invite
from lms.models import Agency, DataKey, Person, SealedKind, SealedText
from lms.vault import ring as key_ring
from lms.vault.keys import unwrap
from supervision_logs import actions as supervision
from supervision_logs.rules import CheckIn
from tests.access import WHO
from tests.conftest import TODAY
from tests.factories import PersonFactory
from tests.test_access import ADDRESSES, REFLECTION, addresses  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)
MOST_ADMIN_PAGES = 80
LENAS_OWN = [
    ("lena", "lms_content:section"),
    ("lena", "lms_supervision_logs:session_reflection"),
    ("lena", "lms_supervision_logs:wellness"),
    ("lena", "lms_supervision_logs:vision"),
]
READ_FROM_REDIS = {
    b"string": lambda client, key: client.get(key),
    b"list": lambda client, key: client.lrange(key, 0, -1),
    b"hash": lambda client, key: client.hgetall(key),
    b"set": lambda client, key: client.smembers(key),
    b"zset": lambda client, key: client.zrange(key, 0, -1),
}
Places = Iterable[tuple[str, bytes]]


# What is searched, and how


def as_bytes(value: object) -> bytes:
    if isinstance(value, bytes | memoryview):
        return bytes(value)
    return str(value).encode("utf-8", "surrogatepass")


def tables() -> Iterator[tuple[str, bytes]]:
    """Every value of every row: history, revisions, trail, outbox and all."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            for row in cursor.fetchall():
                yield f"table {table}", b"\n".join(map(as_bytes, row))


def packed_in_tables() -> Iterator[tuple[str, bytes]]:
    for session in Session.objects.all():
        yield "session", as_bytes(session.get_decoded())
    if "redis" in django_settings.CACHES["default"]["BACKEND"]:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM lms_cache")
        for (value,) in cursor.fetchall():
            told = pickle.loads(base64.b64decode(value))  # noqa: S301  (our own)
            yield "cache", as_bytes(told)


def in_redis() -> Iterator[tuple[str, bytes]]:
    """The cache and the broker's messages, where a server keeps them."""
    servers = {
        "cache": django_settings.CACHES["default"].get("LOCATION", ""),
        "queue": django_settings.CELERY_BROKER_URL,
    }
    for place, address in servers.items():
        if address.startswith("redis"):
            client = redis.Redis.from_url(address)
            for key in client.scan_iter():
                if read := READ_FROM_REDIS.get(client.type(key)):  # else it is gone
                    yield place, b"\n".join([key, as_bytes(read(client, key))])


def files() -> Iterator[tuple[str, bytes]]:
    """The database's own file, the broker's messages, media, mail: all but the ring."""
    for path in Path(django_settings.VAR_DIR).rglob("*"):
        if path.is_file() and path != Path(django_settings.LMS_VAULT_RING):
            # By another process: closing SQLite's file here would drop its locks.
            read = subprocess.run(["cat", path], capture_output=True, check=True)
            yield f"file {path.name}", read.stdout


def letters() -> Iterator[tuple[str, bytes]]:
    for letter in mail.outbox:
        parts = [letter.subject, letter.body, letter.message().as_string()]
        parts += [content for content, _type in letter.alternatives]
        yield "mail", as_bytes("\n".join(parts))


def dumps(folder: Path) -> Iterator[tuple[str, bytes]]:
    path = folder / "dump.json"
    call_command("dumpdata", output=str(path), verbosity=0)
    yield "dump", path.read_bytes()
    yield "backup of keys", vault.back_up(folder=folder, on=TODAY).read_bytes()


def all_that_is_kept(caplog, folder: Path) -> Places:
    yield from tables()
    yield from packed_in_tables()
    yield from in_redis()
    yield from files()
    yield from letters()
    yield from dumps(folder)
    yield "log", as_bytes(caplog.text)


def shapes(word: bytes) -> list[bytes]:
    """The word as it is, in two more encodings, in hex and in base64 at any offset."""
    text = word.decode("latin-1")
    inner = [base64.b64encode(b"x" * n + word)[4 if n else 0 :][:-4] for n in range(3)]
    return [
        word,
        text.encode("utf-16-le"),
        word.hex().encode(),
        word.hex().upper().encode(),
        *inner,
        *(each.translate(bytes.maketrans(b"+/", b"-_")) for each in inner),
    ]


def where(word: bytes, places: Places) -> set[str]:
    looked_for = shapes(word)
    return {
        place
        for place, content in places
        if any(shape in content for shape in looked_for)
    }


# What everybody does


@pytest.fixture
def canary() -> str:
    return f"canary{secrets.token_hex(12)}"


@pytest.fixture
def everything_is_told(caplog, settings):
    """Logs down to each SQL statement, and error reports as full as they can be."""
    caplog.set_level(logging.DEBUG)
    settings.ADMINS = [("Ops", "ops@example.test")]
    reports = AdminEmailHandler(include_html=True)
    reports.setLevel(logging.ERROR)
    logging.getLogger("django.request").addHandler(reports)
    connection.force_debug_cursor = True
    yield
    connection.force_debug_cursor = False
    logging.getLogger("django.request").removeHandler(reports)


@pytest.fixture
def broker(settings) -> Iterator[Path]:
    """The real queue of files, cleared of what this test rang for."""
    settings.LMS_OUTBOX_INLINE = False
    folder = Path(settings.VAR_DIR, "queue", "messages")
    before = set(folder.iterdir())
    yield folder
    for message in set(folder.iterdir()) - before:
        message.unlink()


def write(client: Client, address: str, word: str):
    words = {"reflection": REFLECTION, f"{REFLECTION}-words": f"Today: {word}."}
    return client.post(address, words)


def seal_everywhere(lena: Person, address: str, hour: str, word: str) -> None:
    client = Client()
    client.force_login(lena.user)
    write(client, address, word)
    client.post(hour, {"words": f"This hour: {word}."})
    for page in (address, hour):
        assert word in client.get(page).content.decode()
    supervision.turn_on(person=lena)
    told = CheckIn(line=word, would_help=word)
    supervision.check_in(person=lena, told=told, key="canary", on=TODAY)
    supervision.save_vision(person=lena, answers={"today": word}, on=TODAY)
    assert set(SealedText.objects.values_list("kind", flat=True)) == set(
        SealedKind.values
    )


def visit_everything(cast: dict, addresses: dict) -> Iterator[tuple[str, bytes]]:  # noqa: F811
    for who in WHO:
        client = Client()
        if who != "anon":
            client.force_login(cast[who])
        for name, row in ADDRESSES.items():
            method = client.post if row["method"] == "POST" else client.get
            answer = method(reverse(name, args=addresses.get(name, [])))
            if (who, name) not in LENAS_OWN:
                yield f"{name} for {who}", as_bytes(b"".join(answer))


def walk_through_the_admin(client: Client) -> Iterator[tuple[str, bytes]]:
    waiting, seen = ["/admin/"], set()
    while waiting and len(seen) < MOST_ADMIN_PAGES:
        address = waiting.pop(0)
        seen.add(address)
        answer = client.get(address)
        content = b"".join(answer)
        yield f"admin {address}", content
        if "html" in answer.get("Content-Type", ""):
            links = re.findall(r'href="(/admin/[^"#?]*)', content.decode())
            fresh = set(links) - seen - set(waiting)
            waiting += sorted(link for link in fresh if "logout" not in link)


def break_while_words_are_sent(lena: Person, address: str, word: str) -> None:
    """Once in the middle of sealing them, once before the view has its turn."""
    for table in ("lms_sealedtext", "django_session"):

        def give_way(execute, sql, *rest, table=table):
            if table in sql and not sql.startswith("DELETE"):
                raise RuntimeError("A pipe burst.")
            return execute(sql, *rest)

        client = Client(raise_request_exception=False)
        client.force_login(lena.user)
        with connection.execute_wrapper(give_way):
            answer = write(client, address, word)
        assert answer.status_code == 500
        assert word not in answer.content.decode()
    burst = [letter for letter in mail.outbox if "A pipe burst" in letter.body]
    # One report each time, and one more where a middleware trips over the same.
    assert len([letter for letter in burst if letter.alternatives]) >= 2


def everybody_does_everything(cast, addresses, broker, word) -> Places:  # noqa: F811
    lena = cast["lena"].lms_person
    address = reverse("lms_content:section", args=addresses["lms_content:section"])
    page = "lms_supervision_logs:session_reflection"
    seal_everywhere(lena, address, reverse(page, args=addresses[page]), word)
    invite(person=PersonFactory(user=None), by=lena, at=timezone.now())
    shown = list(visit_everything(cast, addresses))
    root = Client()
    root.force_login(cast["root"])
    shown += walk_through_the_admin(root)
    ModulePage.objects.first().save_revision(user=cast["root"]).publish()
    outbox.drain()
    audit.seal()
    break_while_words_are_sent(lena, address, word)
    if django_settings.CELERY_BROKER_URL.startswith("filesystem"):
        assert any(broker.iterdir())
    return shown


@pytest.mark.usefixtures("everything_is_told")
def test_a_sealed_word_and_its_keys_are_found_nowhere(
    cast,
    addresses,  # noqa: F811
    broker,
    canary,
    caplog,
    tmp_path,
):
    shown = everybody_does_everything(cast, addresses, broker, canary)
    places = [*shown, *all_that_is_kept(caplog, tmp_path)]
    ring = key_ring.load()
    assert where(canary.encode(), places) == set()
    for key in DataKey.objects.filter(person=cast["lena"].lms_person):
        assert where(unwrap(ring, key), places) == set()
    for wrapping_key in ring.keys:
        assert where(wrapping_key.key, places) == set()


# The search would find it


def in_a_row(word):
    Agency.objects.create(name=word)


def in_the_trail(word):
    audit.record(
        act="x", actor=None, about=None, at=timezone.now(), facts={"said": word}
    )


def in_the_outbox(word):
    outbox.enqueue(kind="x", key="x", payload={"said": word})


def in_a_session(word):
    session = SessionStore()
    session["draft"] = word * 20
    session.save()


def in_the_cache(word):
    cache.set("x", {"said": word})


def in_a_file(word):
    Path(django_settings.VAR_DIR, "media", "canary.txt").write_text(word)


def in_base64(word):
    Agency.objects.create(name=base64.b64encode(f"so {word} it".encode()).decode())


def in_mail(word):
    mail.send_mail("Hello", f"Somebody wrote {word}", None, ["ops@example.test"])


def in_a_log(word):
    logging.getLogger("lms").warning("Somebody wrote %s", word)


def in_an_error_report(word):
    """As Django itself would write it, without our filter and decorators."""
    request = RequestFactory().post("/", {"words": word})
    request.user = AnonymousUser()
    request.exception_reporter_filter = SafeExceptionReporterFilter()
    try:
        raise RuntimeError
    except RuntimeError:
        report = ExceptionReporter(request, *sys.exc_info())
        mail.mail_admins("Error", report.get_traceback_text())


@pytest.mark.parametrize(
    ("plant", "place"),
    [
        (in_a_row, "table lms_agency"),
        (in_a_row, "dump"),
        (in_the_trail, "table lms_auditentry"),
        (in_the_outbox, "table lms_outboxmessage"),
        (in_a_session, "session"),
        (in_the_cache, "cache"),
        (in_a_file, "file canary.txt"),
        (in_base64, "table lms_agency"),
        (in_mail, "mail"),
        (in_a_log, "log"),
        (in_an_error_report, "mail"),
    ],
)
def test_the_search_finds_a_word_that_is_not_sealed(
    plant, place, canary, caplog, settings, tmp_path
):
    settings.ADMINS = [("Ops", "ops@example.test")]
    plant(canary)
    found = where(canary.encode(), all_that_is_kept(caplog, tmp_path))
    Path(settings.VAR_DIR, "media", "canary.txt").unlink(missing_ok=True)
    assert place in found


def test_the_search_finds_a_key_in_clear(lena, caplog, tmp_path):
    key = DataKey.objects.filter(person=lena).first()
    opened = unwrap(key_ring.load(), key)
    DataKey.objects.filter(pk=key.pk).update(wrapped=opened)
    found = where(opened, all_that_is_kept(caplog, tmp_path))
    assert {"table lms_datakey", "dump"} <= found
    assert json.loads((tmp_path / "dump.json").read_text())
