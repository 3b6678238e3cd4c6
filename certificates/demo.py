"""Certificates to look at in the demonstration: one to renew, one issued anew, and a
signature that is gone."""

import datetime

from django.db import transaction
from django.utils import timezone

from competencies.models import SignOff
from lms import outbox
from lms.models import Person

from .actions import issue_certificate, note_doubts, reissue_certificate
from .models import Award, Certificate, Design
from .rules import Earned

RENEWED = "demo-renew"
ALMOST_A_YEAR = datetime.timedelta(days=310)


@transaction.atomic
def load_demo_certificates() -> list[str]:
    if Award.objects.filter(key=RENEWED).exists():
        return []
    outbox.drain()  # what the demonstration's sign-offs earned
    rosa = Person.objects.get(full_name="Rosa Delgado")
    _to_renew(rosa)
    _issued_anew(Person.objects.get(full_name="Sam Okafor"))
    _signature_gone(rosa)
    return [f"{Certificate.objects.count()} certificates"]


def _award(key: str, title: str, **values: object) -> Award:
    design, _is_new = Design.objects.get_or_create(
        title="Harbor", defaults={"first_line": "#274c77", "second_line": "#b5651d"}
    )
    return Award.objects.get_or_create(
        key=key,
        defaults={
            "title": title,
            "earned_by": Award.By.HAND,
            "design": design,
            "signers": "Tess Amari, Training team",
            **values,
        },
    )[0]


def _give(award: Award, person: Person, at: datetime.datetime) -> Certificate | None:
    day = timezone.localdate(at)
    told = {"code": "", "title": "Took part", "precision": ""}
    took = [{**told, "completed_on": day.isoformat()}]
    what = Earned(person=person.pk, cycle="by-hand", on=day, took=took)
    return issue_certificate(award=award, what=what, at=at)


def _to_renew(person: Person) -> None:
    award = _award(RENEWED, "Safe sleep conversations", valid_months=12)
    _give(award, person, timezone.now() - ALMOST_A_YEAR)


def _issued_anew(person: Person) -> None:
    award = _award("demo-anew", "Spring gathering")
    if given := _give(award, person, timezone.now()):
        reissue_certificate(
            certificate=given,
            because="The name was misspelt.",
            by=person,
            at=timezone.now(),
        )


def _signature_gone(person: Person) -> None:
    sign_off = SignOff.objects.filter(person=person).select_related(
        "completion__record", "completion__topic"
    )
    if first := sign_off.order_by("pk").first():
        note_doubts(completions=[first.completion], at=timezone.now())
