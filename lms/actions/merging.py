"""Two records turn out to be one person: everything moves to the one that stays."""

import datetime

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from lms import audit, vault
from lms.models import AuditEntry, DataKey, Person, StaffMember, SupervisionTie
from lms.signals import person_merging, staff_changed

# The trail cannot be changed: it keeps the earlier number, which leads on. A key is
# bound to its person: what it sealed is sealed anew, and the key goes.
KEEP_THE_NUMBER = {AuditEntry, DataKey, Person}


def fields_that_move() -> list[models.ForeignKey]:
    """Every foreign key to a person, of every app."""
    return [
        field
        for model in apps.get_models(include_auto_created=True)
        if model not in KEEP_THE_NUMBER and not model._meta.proxy
        for field in model._meta.local_fields
        if field.related_model is Person
    ]


@transaction.atomic
def merge_people(
    *, stays: Person, goes: Person, by: Person, at: datetime.datetime
) -> Person:
    """Make one record of two, for good. Raises ValidationError where they cannot be
    one; then nothing has changed."""
    both = Person.objects.select_for_update().filter(pk__in=[stays.pk, goes.pk])
    found = {person.pk: person for person in both.order_by("pk")}
    stays, goes = found[stays.pk], found[goes.pk]
    _refuse_what_cannot_be(stays, goes, by)
    person_merging.send(sender=Person, stays=stays, goes=goes, at=at)
    for person in (stays, goes):
        person.one_time_codes.filter(used_at=None).delete()
    vault.move(person=goes, to=stays)
    vault.shred(person=goes, by=by, at=at)
    for field in fields_that_move():
        _move(field, stays, goes)
    _hand_over(stays, goes)
    staff_members = list(StaffMember.objects.filter(person=stays))
    _keep_agencies_apart(staff_members, at)
    audit.record(
        act="person.merged",
        actor=by,
        about=stays,
        at=at,
        facts={"earlier_number": goes.pk},
    )
    staff_changed.send(sender=StaffMember, staff_members=staff_members, at=at)
    return stays


def _refuse_what_cannot_be(stays: Person, goes: Person, by: Person) -> None:
    if stays == goes or stays.merged_into or goes.merged_into:
        raise ValidationError(_("These two have been put together already."))
    if by in (stays, goes):
        raise ValidationError(_("Ask somebody else: nobody does this for themselves."))
    if stays.user_id and goes.user_id:
        raise ValidationError(
            _(
                "Both have an account, so both may hold words of their own. Ask which "
                "one they use; the administrator deletes the other account first."
            )
        )
    between = SupervisionTie.objects.filter(supervisor__in=[stays, goes])
    if between.filter(staff_member__person__in=[stays, goes]).exists():
        raise ValidationError(
            _("One of them supervises the other: they cannot be one person.")
        )


def _move(field: models.ForeignKey, stays: Person, goes: Person) -> None:
    rows = field.model._default_manager.filter(**{field.name: goes})
    try:
        with transaction.atomic():
            rows.update(**{field.name: stays})
    except IntegrityError as clash:
        what = field.model._meta.verbose_name_plural
        raise ValidationError(
            _(
                "Both hold the same under “%(what)s”, and one person cannot hold it "
                "twice. Nothing was changed."
            )
            % {"what": what}
        ) from clash


def _hand_over(stays: Person, goes: Person) -> None:
    """The account, and what the record that stays does not have yet. A private e-mail
    goes with its account and never without."""
    user, private_email = goes.user, goes.private_email
    for name in ("called", "email", "phone"):
        setattr(stays, name, getattr(stays, name) or getattr(goes, name))
    goes.user, goes.merged_into = None, stays
    goes.email = goes.phone = goes.private_email = ""
    goes.save()
    if user is not None:
        stays.user, stays.private_email = user, private_email
    stays.save()


def _keep_agencies_apart(
    staff_members: list[StaffMember], at: datetime.datetime
) -> None:
    """What was learned at one agency reaches another only when the person brings it."""
    if len({each.agency_id for each in staff_members}) > 1:
        for each in staff_members:
            each.learning_from, each.transcript_brought_at = at, None
        StaffMember.objects.bulk_update(
            staff_members, ["learning_from", "transcript_brought_at"]
        )
