"""The cast. Every test is told with these people.

Lena is new at Northside. Sam supervises her, Ben stands in for him, Dina directs
Northside. Tia is on the statewide team, Pat a partner, Ada the system administrator.
Olu and Abe supervise and direct at Eastside: of Northside they must see nothing. Root
is a superuser account with no person behind it.
"""

import contextlib
import datetime
import io
import os
from collections.abc import Callable, Iterator

import hypothesis
import pytest
import redis
from django.contrib.auth.models import AbstractBaseUser
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import Collection, Locale, Page

from competencies.models import PlanVersion
from lms import audit
from lms.actions import load_state_pack
from lms.models import Access, Agency, Person
from lms.project.sign_on.models import SignOn
from lms.vault import ring as key_ring

from . import factories
from .identity_provider import IdentityProvider, running_identity_provider

TODAY = datetime.date(2026, 11, 24)
NOON = timezone.make_aware(datetime.datetime.combine(TODAY, datetime.time(12)))
SINCE_THEN = NOON - timezone.now()

# How long an example takes says more of the machine than of the code; in CI the
# examples are the same each time, elsewhere new ones are looked for.
hypothesis.settings.register_profile(
    "house",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("house")


@pytest.fixture(autouse=True)
def _the_trail_can_be_flushed(request: pytest.FixtureRequest) -> Iterator[None]:
    """A transactional test empties all tables; the triggers come back after it."""
    marker = request.node.get_closest_marker("django_db")
    flushes = marker and marker.kwargs.get("transaction")
    if flushes or "transactional_db" in request.fixturenames:
        request.getfixturevalue("transactional_db")
        _plant_wagtails_roots()
        yield
        audit.disarm()
    else:
        yield


def _plant_wagtails_roots() -> None:
    """A flush also empties what Wagtail's own migrations put there."""
    Locale.objects.get_or_create(language_code="en")
    if not Page.objects.exists():
        Page.add_root(title="Root", slug="root")
    if not Collection.objects.exists():
        Collection.add_root(name="Root")


@pytest.fixture(autouse=True)
def _redis_forgets_too(settings) -> Iterator[None]:
    """Where Redis is the cache, what one test counted there, such as sign-ins, is gone
    before the next: the database's own cache is rolled back by itself."""
    yield
    place = settings.CACHES["default"]
    if "redis" in place["BACKEND"]:
        server = redis.Redis.from_url(place["LOCATION"])
        if keys := list(server.scan_iter(f"{place['KEY_PREFIX']}:*")):
            server.delete(*keys)


@pytest.fixture(autouse=True, scope="session")
def _there_is_a_key_ring() -> None:
    """Made once, and kept with the database that the next run uses again."""
    with contextlib.suppress(FileExistsError):
        key_ring.make(on=TODAY)


@pytest.fixture(autouse=True)
def _it_is_late_november(monkeypatch: pytest.MonkeyPatch) -> None:
    """Today is 24 November 2026 whenever the tests run: it was noon when they began,
    and time goes on from there."""
    real_date, real_now = timezone.localdate, timezone.now
    monkeypatch.setattr(timezone, "now", lambda: real_now() + SINCE_THEN)
    monkeypatch.setattr(
        timezone,
        "localdate",
        lambda value=None, timezone=None: (
            real_date(value, timezone) if value else TODAY
        ),
    )


@pytest.fixture
def at() -> datetime.datetime:
    """Noon of that day in the agencies' time zone, for actions that are told when."""
    return NOON


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The starter plan is there from the first test on: half a minute saved."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as before_noon:
        before_noon.setattr(timezone, "now", lambda: NOON - datetime.timedelta(days=1))
        _plant_wagtails_roots()
        load_state_pack()


@pytest.fixture
def starter_plan(db) -> None:
    """Loads it where a transactional test before has emptied the tables."""
    if not PlanVersion.objects.exists():
        load_state_pack()


@pytest.fixture
def northside(starter_plan) -> Agency:
    return factories.AgencyFactory(name="Northside")


@pytest.fixture
def eastside(starter_plan) -> Agency:
    return factories.AgencyFactory(name="Eastside")


@pytest.fixture
def lena(northside) -> Person:
    lena = factories.person("lena")
    factories.employ(lena, northside, "frss")
    return lena


@pytest.fixture
def sam(northside, lena) -> Person:
    sam = factories.person("sam")
    factories.employ(sam, northside, "supervisor", "provides-supervision")
    factories.supervise(sam, lena.staff_members.get())
    return sam


@pytest.fixture
def ben(northside, lena) -> Person:
    ben = factories.person("ben")
    factories.employ(ben, northside, "clinician")
    factories.supervise(
        ben, lena.staff_members.get(), kind="backup", ends_on=datetime.date(2026, 12, 4)
    )
    return ben


def _grant(person: Person, kind: str, agency: Agency | None = None) -> Person:
    Access.objects.create(
        person=person, kind=kind, agency=agency, starts_on=datetime.date(2026, 1, 1)
    )
    return person


@pytest.fixture
def dina(northside) -> Person:
    dina = factories.person("dina")
    factories.employ(dina, northside, "director")
    return _grant(dina, "director", northside)


@pytest.fixture
def tia(db) -> Person:
    return _grant(factories.person("tia"), "tta")


@pytest.fixture
def pat(db) -> Person:
    return _grant(factories.person("pat"), "partner")


@pytest.fixture
def ada(db) -> Person:
    return _grant(factories.person("ada"), "administrator")


@pytest.fixture
def olu(eastside) -> Person:
    olu = factories.person("olu")
    factories.employ(olu, eastside, "supervisor")
    other = factories.person("otto")
    factories.supervise(olu, factories.employ(other, eastside, "frss"))
    return olu


@pytest.fixture
def abe(eastside) -> Person:
    abe = factories.person("abe")
    return _grant(abe, "director", eastside)


@pytest.fixture
def root(db) -> AbstractBaseUser:
    return factories.UserFactory(
        email="root@example.test", is_superuser=True, is_staff=True
    )


@pytest.fixture
def cast(lena, sam, ben, dina, tia, pat, ada, olu, abe, root) -> dict:
    people = [lena, sam, ben, dina, tia, pat, ada, olu, abe]
    users = {person.full_name.lower(): person.user for person in people}
    return {**users, "root": root}


@pytest.fixture(scope="session")
def identity_provider() -> Iterator[IdentityProvider]:
    with running_identity_provider() as provider:
        yield provider


@pytest.fixture
def own_sign_in(identity_provider, monkeypatch) -> Callable:
    """Give an agency a sign-in of its own, as the administrator does."""

    def give(agency: Agency, site: str = "http://testserver") -> SignOn:
        back = f"{site}/accounts/oidc/agency-{agency.pk}/login/callback/"
        client_id, secret = identity_provider.register(back)
        monkeypatch.setenv("SIGN_ON_SECRET", secret)
        call_command(
            "sign_on",
            "add",
            f"--agency={agency}",
            f"--server-url={identity_provider.address}",
            f"--client-id={client_id}",
            stdout=io.StringIO(),
        )
        return SignOn.objects.get(agency=agency)

    return give


@pytest.fixture
def assert_queries_do_not_grow() -> Callable:
    """Check that ``load`` costs the same number of queries after ``add_rows``."""

    def count(load: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as queries:
            load()
        return len(queries)

    def check(
        load: Callable[[], object], add_rows: Callable[[], object], most: int = 1000
    ) -> None:
        load()  # warm caches that are filled once per process
        before = count(load)
        add_rows()
        load()  # shows what the rows had to say, once
        after = count(load)
        assert after <= before
        assert after <= most

    return check
