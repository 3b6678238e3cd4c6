"""How a program begins."""

import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from wagtail.models import Site

from lms import audit
from lms.actions import add_staff_member, grant_access, invite
from lms.models import Access, Agency, Person, Role
from lms.registry import starter_data


@transaction.atomic
def start_program(
    *,
    name: str,
    agency: Agency,
    people: dict[str, tuple[str, str]],
    at: datetime.datetime,
) -> list[str]:
    """Make the first agency and its first people on the starter data, and invite them.

    ``people`` gives name and e-mail for each of ``Access.Kind`` that is filled. The
    system administrator is the one who acts.
    """
    sentences = [sentence for data in starter_data() for sentence in data.load()]
    _name_the_site(name)
    agency.save()
    persons = {kind: _person(*who) for kind, who in people.items()}
    administrator = persons[Access.Kind.ADMINISTRATOR]
    audit.record(
        act="program.started", actor=administrator, about=None, target=agency, at=at
    )
    add_staff_member(
        person=persons[Access.Kind.DIRECTOR],
        agency=agency,
        hired_on=None,
        roles=Role.objects.filter(key="director"),
        by=administrator,
        at=at,
    )
    for kind, person in persons.items():
        grant_access(
            person=person,
            kind=kind,
            agency=agency if kind == Access.Kind.DIRECTOR else None,
            starts_on=timezone.localdate(at),
            by=administrator,
            at=at,
        )
    for person in dict.fromkeys(persons.values()):
        invite(person=person, by=administrator, at=at)
    return sentences


def _name_the_site(name: str) -> None:
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    site = Site.objects.get(is_default_site=True)
    site.site_name, site.hostname = name, address.hostname
    site.port = address.port or (443 if address.scheme == "https" else 80)
    site.save()


def _person(name: str, email: str) -> Person:
    """The person of that address, with an account that only an invitation opens."""
    known = Person.objects.filter(email__iexact=email).first()
    if known:
        return known
    user = get_user_model()._default_manager.create_user(email=email)
    return Person.objects.create(full_name=name, email=email, user=user)
