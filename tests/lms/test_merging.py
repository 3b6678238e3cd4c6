"""Somebody was entered twice: everything moves to the record that stays."""

import datetime
import uuid
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from certificates.models import Award, Certificate, Doubt, Refusal
from competencies import actions as engine
from competencies.models import (
    Competency,
    DevelopmentGoal,
    GoalStep,
    History,
    HistoryConfirmation,
    MovedPlan,
    PhaseCompletion,
    PlanItem,
    PlanMove,
    PlanReview,
    SendBack,
    Training,
)
from content.models import LiveTraining, ModuleProgress, Registration
from lms import actions, vault
from lms.models import (
    Access,
    AuditEntry,
    Credential,
    DataKey,
    DeletionRequest,
    FactorReset,
    Import,
    Leaving,
    NameChange,
    OneTimeCode,
    Person,
    SealedText,
    people_mergeable_by,
)
from supervision_logs import actions as supervision
from supervision_logs.models import (
    AgendaItem,
    Attendance,
    Contact,
    CreditGoal,
    CreditRule,
    FollowUp,
    ShadowingVisit,
    VisitTask,
)
from supervision_logs.reports import statement_of
from tests.factories import complete, employ, line, supervise

KEEP_THE_EARLIER_NUMBER = {
    "lms.AuditEntry.actor",
    "lms.AuditEntry.about",
    "lms.DataKey.person",
    "lms.Person.merged_into",
}


@pytest.fixture
def twice(northside) -> Person:
    """Lena, entered a second time, without an account."""
    twice = Person.objects.create(full_name="Lena B", phone="555-0199")
    employ(twice, northside, "frss")
    return twice


def merge(stays, goes, by) -> Person:
    return actions.merge_people(stays=stays, goes=goes, by=by, at=timezone.now())


def fill_every_row(twice: Person, sam: Person, olu: Person) -> None:
    """A row for each foreign key to a person, all of them pointing at ``twice``."""
    fill_the_hub(twice, sam, olu)
    fill_the_engine(twice, sam, olu)
    fill_what_two_settled(twice, sam, olu)
    fill_the_rooms(twice)
    fill_supervision(twice, sam, olu)
    fill_shadowing(twice)


def fill_the_hub(twice: Person, sam: Person, olu: Person) -> None:
    now, today = timezone.now(), timezone.localdate()
    staff_member = twice.staff_members.get()
    own = {"person": twice, "staff_member": staff_member}
    supervise(twice, olu.staff_members.get(), kind="outside")
    Access.objects.create(person=twice, kind="partner", starts_on=today)
    Credential.objects.create(person=twice, kind="Driving licence")
    OneTimeCode.objects.create(
        person=twice, made_by=twice, purpose="joining", made_at=now, used_at=now,
        expires_at=now,
    )  # fmt: skip
    Leaving.objects.create(**own, noted_by=twice, noted_at=now)
    NameChange.objects.create(
        person=twice, earlier_name="L", new_name="Lena B", asked_by=twice,
        asked_at=now, settled_by=twice, settled_at=now, is_made=True,
    )  # fmt: skip
    FactorReset.objects.create(**own, because="x", asked_by=sam, asked_at=now)
    other = {"person": olu, "staff_member": olu.staff_members.get(), "because": "x"}
    FactorReset.objects.create(
        **other, asked_by=sam, asked_at=now, settled_by=twice, settled_at=now
    )
    FactorReset.objects.create(**other, asked_by=twice, asked_at=now)
    DeletionRequest.objects.create(person=twice, asked_at=now, taken_back_at=now)
    Import.objects.create(
        kind="lms.staff", agency=staff_member.agency, by=twice, read_at=now
    )
    seal_a_word(twice)
    shared = vault.seal("x", person=olu, kind="vision", row=olu, field="x", on=today)
    day = {"starts_on": today, "ends_on": today}
    vault.share(shared, by=olu, reader=twice, **day)


def seal_a_word(person: Person) -> None:
    today = timezone.localdate()
    vault.seal("heron", person=person, kind="vision", row=person, field="x", on=today)


def fill_the_engine(twice: Person, sam: Person, olu: Person) -> None:
    now, today = timezone.now(), timezone.localdate()
    staff_member = twice.staff_members.get()
    own = {"person": twice, "staff_member": staff_member}
    supervise(sam, staff_member)
    [completion] = complete(twice, "OB-01")
    engine.sign(signer=sam, lines={completion.pk: engine.seen(completion)}, at=now)
    theirs = olu.staff_members.get()
    employ_line = PlanItem.objects.filter(staff_member=theirs).first()
    told = engine.Told(
        title="x", completed_on=today,
        attachments=[engine.Attachment("c.pdf", "application/pdf", b"%PDF-", "0")],
    )  # fmt: skip
    engine.record_outside_training(
        person=twice, topics=[(line(twice, "OB-02").topic, "")], told=told,
        recorded_by=twice, at=now,
    )  # fmt: skip
    [of_olu] = complete(olu, employ_line.topic.code)
    engine.sign(signer=twice, lines={of_olu.pk: engine.seen(of_olu)}, at=now)
    SendBack.objects.create(**own, completion=completion, by=twice, at=now, note="x")
    history = History.objects.create(**own, opened_at=now)
    HistoryConfirmation.objects.create(
        **own, history=history, by=twice, is_own=True, at=now, digest="x"
    )
    plan = staff_member.plan
    move = PlanMove.objects.create(version=plan.version, asked_at=now, people=1)
    MovedPlan.objects.create(
        **own, move=move, staff_plan=plan, from_version=plan.version
    )
    item = line(twice, "OB-03")
    engine.agree_on_date(item=item, on=today, because="x", by=twice, at=now)
    engine.waive(item=item, reads_as="role", because="x", by=twice, at=now)
    entry = staff_member.plan.checklist.first()
    engine.note_checklist(item=entry, done_on=today, by=twice)
    PhaseCompletion.objects.create(
        **own, staff_plan=staff_member.plan, completed_on=today,
        phase=staff_member.plan.version.phases.first(),
    )  # fmt: skip


def fill_what_two_settled(twice: Person, sam: Person, olu: Person) -> None:
    now, today = timezone.now(), timezone.localdate()
    plan = twice.staff_members.get().plan
    own = {"person": twice, "staff_member": plan.staff_member}
    engine.name_first_day(plan=plan, first_day=today, by=twice, at=now)
    engine.note_visits(plan=plan, count=1, by=twice)
    for noted_by, confirmed_by in ((sam, twice), (twice, sam)):
        PlanReview.objects.create(
            **own, staff_plan=plan, held_on=today, noted_by=noted_by, noted_at=now,
            confirmed_by=confirmed_by, confirmed_at=now,
        )  # fmt: skip
    goal = DevelopmentGoal.objects.create(
        **own, staff_plan=plan, goal="x", noted_by=twice, noted_on=today
    )
    GoalStep.objects.create(**own, goal=goal, step="x")
    yes = {"is_wished": True, "at": now}
    for by in (twice, sam):
        together = engine.say_of_skills(plan=plan, supervisor=sam, by=by, **yes)
    skill = Competency.objects.get(code="FC-03")
    engine.rate_skills(together=together, levels={skill: 2}, by=twice, on=today)
    of_olu = olu.staff_members.get().plan
    engine.say_of_skills(plan=of_olu, supervisor=twice, by=twice, **yes)


def fill_the_rooms(twice: Person) -> None:
    now, today = timezone.now(), timezone.localdate()
    live = LiveTraining.objects.create(
        training=Training.objects.first(), host=twice,
        starts_at=now + timedelta(days=1), ends_at=now + timedelta(days=2),
    )  # fmt: skip
    Registration.objects.create(
        person=twice, live_training=live, display_name="L", state="seat",
        registered_at=now, registered_by=twice,
    )  # fmt: skip
    ModuleProgress.objects.create(
        person=twice, module=uuid.uuid4(), started_at=now,
        training=Training.objects.first(),
    )  # fmt: skip
    award = Award.objects.create(key="t", title="T", phase="orientation")
    certificate = Certificate.objects.create(
        person=twice, award=award, cycle="1", number="1", code="c", name="Lena",
        title="T", issuer="I", design="d", issued_on=today, sha256="0",
    )  # fmt: skip
    Doubt.objects.create(
        person=twice, certificate=certificate, topic="x", noted_at=now,
        settled_by=twice, settled_at=now,
    )  # fmt: skip
    Refusal.objects.create(
        earned_on=today,
        person=twice,
        award=award,
        sentence="x",
        refused_at=now,
        cycle=f"phase-completion:{PhaseCompletion.objects.get().pk}",
    )


def fill_shadowing(twice: Person) -> None:
    """They hosted a visit of their own making, and look after a contact."""
    today, staff_member = timezone.localdate(), twice.staff_members.get()
    own = {"person": twice, "staff_member": staff_member}
    visit = ShadowingVisit.objects.create(**own, host=twice, planned_by=twice)
    VisitTask.objects.create(**own, visit=visit, text="x", owner=twice, noted_by=twice)
    Contact.objects.create(
        agency=staff_member.agency, name="x", owner=twice, checked_on=today
    )
    supervision.turn_on(person=twice)


def fill_supervision(twice: Person, sam: Person, olu: Person) -> None:
    """Sam met the one entered twice, who in turn met Olu; each pair kept everything."""
    now, today = timezone.now(), timezone.localdate()
    month = today.replace(day=1)
    rule = CreditRule.objects.first()
    CreditGoal.objects.create(person=twice, rule=rule, turned_on_at=now)
    giver = Person.objects.create(full_name="O", email="o@x.test")
    told = supervision.Told(
        {"held_on": today, "minutes": 30}, {twice.staff_members.get(): None}
    )
    session = supervision.log_session(given_by=giver, told=told, by=twice, at=now)
    row = Attendance.objects.get(version__session=session)
    supervision.ask_outside(attendance=row, by=twice, at=now)
    OneTimeCode.objects.filter(used_at=None).update(used_at=now)
    for somebody, supervisor in ((twice, sam), (olu, twice)):
        staff_member = somebody.staff_members.get()
        own = {"person": somebody, "staff_member": staff_member}
        pair = {"staff_member": staff_member, "supervisor": supervisor}
        told = supervision.Told(
            {"held_on": today, "minutes": 60}, {staff_member: None}, {}
        )
        supervision.log_session(given_by=supervisor, told=told, by=twice, at=now)
        attendance = Attendance.objects.get(
            person=somebody, version__session__given_by=supervisor
        )
        supervision.remark(attendance=attendance, kind="off", text="x", at=now)
        seen = statement_of(**pair, month=month).statement.seen
        for by in (somebody, supervisor):
            supervision.confirm_statement(**pair, month=month, seen=seen, by=by, at=now)
        values = {"weekday": 1, "begins_at": datetime.time(10)}
        supervision.set_standing_hour(**pair, values=values, on=today)
        supervision.ask_for_time(staff_member=staff_member, at=now)
        kept = {**own, "supervisor": supervisor, "text": "x", "noted_on": today}
        AgendaItem.objects.create(**kept, by=twice)
        FollowUp.objects.create(**kept, owner=twice, noted_by=twice)


def pointing_at(person: Person) -> dict[str, int]:
    """How many rows of each foreign key to a person, of every app, name this one."""
    fields = [
        field
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if field.related_model is Person
    ]
    return {
        f"{field.model._meta.label}.{field.name}": field.model._base_manager.filter(
            **{field.name: person}
        ).count()
        for field in fields
    }


def test_every_row_of_every_app_moves(lena, sam, dina, olu, twice):
    lena.staff_members.get().supervision_ties.all().delete()
    fill_every_row(twice, sam, olu)
    before = pointing_at(twice)
    moving = set(before) - KEEP_THE_EARLIER_NUMBER
    missing = {name for name in moving if not before[name]}
    assert not missing, "give the story a row for each of these"
    merge(lena, twice, dina)
    left = {name for name, count in pointing_at(twice).items() if count}
    assert left <= KEEP_THE_EARLIER_NUMBER
    after = pointing_at(lena)
    # What had been refused is tried again, and issued.
    gone = {"lms_certificates.Refusal.person"}
    assert all(after[name] >= before[name] for name in moving - gone)


def test_words_are_sealed_anew_for_the_record_that_stays(lena, dina, twice):
    seal_a_word(twice)
    merge(lena, twice, dina)
    sealed = SealedText.objects.get()
    assert vault.open_own(sealed, by=lena) == "heron"
    assert not DataKey.objects.filter(person=twice).exists()


def test_old_numbers_lead_on_and_the_trail_says_so(lena, dina, twice):
    merge(lena, twice, dina)
    assert Person.numbered(twice.pk) == lena
    entry = AuditEntry.objects.get(act="person.merged")
    assert (entry.actor, entry.about) == (dina, lena)
    assert entry.facts == {"earlier_number": twice.pk}


def test_what_the_record_that_stays_lacks_is_taken_over(lena, dina, twice):
    stays = merge(lena, twice, dina)
    assert (stays.full_name, stays.phone) == ("Lena", "555-0199")
    twice.refresh_from_db()
    assert (twice.phone, twice.private_email) == ("", "")


def test_the_account_moves_with_the_record_that_goes(lena, dina, twice):
    user = lena.user
    stays = merge(twice, lena, dina)
    assert stays.user == user
    user.refresh_from_db()
    assert Person.of(user) == twice


def test_a_private_address_never_moves_without_its_account(lena, dina, twice):
    Person.objects.filter(pk=twice.pk).update(private_email="else@home.test")
    assert merge(lena, twice, dina).private_email == ""


def test_codes_that_were_not_used_open_nothing_any_more(lena, dina, twice):
    actions.make_joining_code(person=twice, at=timezone.now())
    merge(lena, twice, dina)
    assert not OneTimeCode.objects.exists()


def test_of_a_module_both_began_the_further_progress_is_kept(lena, dina, twice):
    module, training = uuid.uuid4(), Training.objects.first()
    for somebody, opened in [(lena, ["a"]), (twice, ["a", "b"])]:
        ModuleProgress.objects.create(
            person=somebody, module=module, training=training, opened=opened,
            started_at=timezone.now(),
        )  # fmt: skip
    merge(lena, twice, dina)
    assert ModuleProgress.objects.get().opened == ["a", "b"]


def test_what_both_hold_and_one_person_cannot_hold_twice_is_refused(lena, dina, twice):
    actions.ask_for_name(person=lena, name="A", at=timezone.now())
    actions.ask_for_name(person=twice, name="B", at=timezone.now())
    with pytest.raises(ValidationError, match="changes of name"):
        merge(lena, twice, dina)
    assert twice.staff_members.exists()
    assert Person.objects.get(pk=twice.pk).merged_into is None


def test_who_supervises_the_other_is_not_the_same_person(lena, sam, dina, tia):
    sam.user.delete()
    with pytest.raises(ValidationError, match="supervises the other"):
        merge(lena, sam, dina)


def test_who_signed_for_the_other_is_not_the_same_person(lena, sam, dina):
    [completion] = complete(lena, "OB-01")
    lines = {completion.pk: engine.seen(completion)}
    engine.sign(signer=sam, lines=lines, at=timezone.now())
    sam.supervises.all().delete()
    sam.user.delete()
    with pytest.raises(ValidationError, match="signed for the other"):
        merge(lena, sam, dina)


def test_two_accounts_are_not_thrown_together(lena, sam, dina):
    sam.supervises.all().delete()
    with pytest.raises(ValidationError, match="Both have an account"):
        merge(lena, sam, dina)


def test_nobody_merges_themselves(lena, dina, twice):
    with pytest.raises(ValidationError, match="nobody does this for themselves"):
        merge(dina, twice, dina)


def test_what_was_put_together_is_not_put_together_again(lena, dina, twice):
    merge(lena, twice, dina)
    with pytest.raises(ValidationError, match="already"):
        merge(lena, twice, dina)


def test_a_director_merges_people_who_worked_nowhere_else(
    cast, northside, eastside, twice
):
    lena = cast["lena"].lms_person
    may = people_mergeable_by
    assert {lena, twice} <= set(may(cast["dina"]))
    assert not may(cast["abe"]).filter(pk__in=[lena.pk, twice.pk]).exists()
    employ(twice, eastside, "frss")
    assert twice not in may(cast["dina"])
    assert twice in may(cast["tia"])
    for who in ["lena", "sam", "ben", "pat", "ada", "olu", "root"]:
        assert not may(cast[who]).exists()
    assert cast["dina"].lms_person not in may(cast["dina"])


def test_across_agencies_neither_sees_what_was_learned_at_the_other(
    lena, sam, tia, olu, eastside, at
):
    [completion] = complete(lena, "OB-01")
    engine.sign(signer=sam, lines={completion.pk: engine.seen(completion)}, at=at)
    there = Person.objects.create(full_name="Lena B")
    supervise(olu, employ(there, eastside, "frss"))
    complete(there, "OB-02")
    merge(lena, there, tia)
    rows = PlanItem.objects.filter(person=lena)
    states = rows.filter(topic__code="OB-01").values_list(
        "staff_member__agency__name", "progress"
    )
    assert dict(states) == {"Northside": "complete", "Eastside": "not_started"}
    seen = type(completion).objects.visible_to
    assert not seen(olu.user).filter(topic__code="OB-01").exists()


def test_the_page_shows_both_and_asks_to_type_the_name(client, lena, dina, twice):
    complete(lena, "OB-01")
    client.force_login(dina.user)
    page = client.get(reverse("lms:people_same"), {"name": "lena"}).content.decode()
    assert "Lena B" in page
    both = {"name": "lena", "person": [lena.pk, twice.pk]}
    address = client.get(reverse("lms:people_same"), both).url
    page = client.get(address).content.decode()
    assert "cannot be undone" in page
    assert "Completions" in page
    page = client.post(address, {"stays": lena.pk, "full_name": "Lena B"})
    assert "not the name of the record that stays" in page.content.decode()
    client.post(address, {"stays": lena.pk, "full_name": "lena"})
    assert Person.numbered(twice.pk) == lena
    assert client.get(address).status_code == 404


def test_a_refusal_is_said_on_the_page(client, lena, ben, dina):
    ben.supervises.all().delete()
    client.force_login(dina.user)
    address = reverse("lms:people_merge", args=[lena.pk, ben.pk])
    page = client.post(address, {"stays": lena.pk, "full_name": "Lena"})
    assert "Both have an account" in page.content.decode()


def test_the_page_counts_nothing_that_only_the_person_may_see(
    client, lena, dina, twice
):
    ModuleProgress.objects.create(
        person=lena, module=uuid.uuid4(), training=Training.objects.first(),
        started_at=timezone.now(),
    )  # fmt: skip
    client.force_login(dina.user)
    address = reverse("lms:people_merge", args=[lena.pk, twice.pk])
    assert "rogress in modules" not in client.get(address).content.decode()


def test_two_are_asked_for(client, lena, dina):
    client.force_login(dina.user)
    told = {"name": "lena", "person": [lena.pk]}
    page = client.get(reverse("lms:people_same"), told).content.decode()
    assert "Choose exactly two" in page
