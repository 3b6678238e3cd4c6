"""Who gets what from every address: generated from the access table.

``access.csv`` has one short line for each address. To add one, write

    url name, GET or POST or both, resource, act, part, whose, state

* **resource, act** as in ``lms/permissions.csv``; *own page* is one that everybody
  signed in has for themselves, such as My plan.
* **part**: which part of the scope it needs ("words"); empty when any will do.
* **whose**: lena (then ``addresses`` below gives the arguments), the program (it is
  about nobody), or oneself (there must be a plan).
* **state**: what the page makes sure of, as in the table; several with ";" between.

What each of the cast must get follows: a page, a way to sign in, or *not yours* (404).
A new address fails test_every_url_is_listed until it has its line. What is no page,
such as a task or a command, has its line in ``access_behind.csv``.
"""

import uuid
from datetime import date, time, timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils import timezone
from wagtail.models import Page

import lms.urls
from certificates.models import (
    Award,
    AwardRun,
    Certificate,
    CertificateFile,
    Doubt,
    Refusal,
)
from competencies import actions
from competencies.models import (
    Competency,
    Completion,
    DevelopmentGoal,
    Evidence,
    GoalStep,
    History,
    HistoryConfirmation,
    MovedPlan,
    PhaseCompletion,
    PlanMove,
    PlanReview,
    SendBack,
    SignOff,
    Training,
)
from content.actions import begin_assessment, begin_module
from content.models import (
    CurriculumPage,
    LearningIndexPage,
    LiveTraining,
    ModulePage,
    ModuleProgress,
    Registration,
    WordChoice,
)
from lms import actions as hub
from lms import vault
from lms.models import (
    DeletionRequest,
    FactorReset,
    Import,
    ImportRow,
    Leaving,
    NameChange,
    OneTimeCode,
    Pause,
    Person,
    PersonRecord,
    StaffMember,
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
    check_ins_of,
)
from supervision_logs.reports import statement_of
from supervision_logs.rules import CheckIn
from tests.access import HAVE_A_PLAN, HERE, TABLE, TO, WHO, given, rows_of
from tests.factories import complete, line, supervise

ACCESS = rows_of(HERE / "access.csv")
ADDRESSES = {row["url"]: row for row in ACCESS}
OF_LENA_AND_SAM = (
    "our_hour agenda_add agenda_settle follow_up_add follow_up_done standing_hour "
    "session_log session_not_held session_detail session_change session_remark "
    "statement statement_confirm"
)
# How somebody stands to one record beyond how they stand to the person.
OF_NORTHSIDE = {
    who: {"everyone of the agency"} for who in ("lena", "sam", "ben", "dina")
}
BESIDES = {
    "lms_content:assessment": OF_NORTHSIDE,
    "lms_content:assessment_begin": OF_NORTHSIDE,
    "lms_content:shared_text": {"sam": {"shared with"}},
    "lms_competencies:sign_off_withdraw": {"sam": {"signer"}},
    "lms_competencies:plan_review_take_back": {"sam": {"author"}},
    "lms:reset_settle": {"tia": {"tta"}, "ada": {"system administrator"}},
    "lms:people_merge": {"tia": {"tta"}},
    "lms_content:live_roster": {"tia": {"host"}},
    "lms_content:live_cancel": {"tia": {"host"}},
    "lms_content:live_register_colleague": {
        "sam": {"supervisor:plan"},
        "ben": {"backup:plan"},
        "olu": {"supervisor:plan"},
    },
    "lms_supervision_logs:reflection_shared": {"sam": {"shared with"}},
    **{
        f"lms_supervision_logs:{page}": {"lena": {"author"}, "sam": {"author"}}
        for page in ("session_reflection", "reflection_share", "reflection_withdraw")
    },
    "lms_supervision_logs:group_log": {
        who: {"facilitator"} for who in ("sam", "ben", "olu")
    },
    **{
        f"lms_supervision_logs:{page}": {"sam": {"supervisor of its record", "gave it"}}
        for page in OF_LENA_AND_SAM.split()
    },
    "lms_supervision_logs:visit_confirm": {"ben": {"host"}},
    "lms_supervision_logs:contact_change": {"ben": {"author"}},
    "lms_supervision_logs:shared_check_in": {"sam": {"shared with"}},
    **{
        f"lms_supervision_logs:{page}": {
            who: {"everyone of the agency"} for who in HAVE_A_PLAN
        }
        for page in ("contacts", "contact_add")
    },
    **{
        f"lms_supervision_logs:check_in_{page}": {"lena": {"author"}}
        for page in ("detail", "delete", "share", "unshare")
    },
}


# fmt: off
# Whose records of Lena's exist for whom.
READERS = {
    "lms.DeletionRequest":               {"lena"},
    "lms.SealedText":                     {"lena", "sam"},
    "lms.Leaving":                        {"lena", "sam", "ben", "dina"},
    "lms.NameChange":                     {"lena", "dina"},
    "lms.FactorReset":                    {"lena", "dina", "tia", "ada"},
    "lms_competencies.TrainingRecord":    {"lena", "sam", "ben", "dina"},
    "lms_competencies.Completion":        {"lena", "sam", "ben", "dina"},
    "lms_competencies.Evidence":          {"lena", "sam", "ben", "dina"},
    "lms_competencies.SignOff":           {"lena", "sam", "ben", "dina"},
    "lms_competencies.SendBack":          {"lena", "sam", "ben", "dina"},
    "lms_competencies.History":           {"lena", "sam", "ben", "dina"},
    "lms_competencies.HistoryConfirmation": {"lena", "sam", "ben", "dina"},
    "lms_competencies.StaffPlan":         {"lena", "sam", "ben", "dina"},
    "lms_competencies.PlanItem":          {"lena", "sam", "ben", "dina"},
    "lms_competencies.PhaseCompletion":   {"lena", "sam", "ben", "dina"},
    "lms_competencies.ChecklistItem":     {"lena", "sam", "ben", "dina"},
    "lms_competencies.MovedPlan":        {"lena", "sam", "ben", "dina"},
    "lms_competencies.FirstDayNamed":     {"lena", "sam", "dina"},
    "lms_competencies.VisitsTogether":    {"lena", "sam"},
    "lms_competencies.PlanReview":        {"lena", "sam", "ben", "dina"},
    "lms_competencies.DevelopmentGoal":   {"lena", "sam"},
    "lms_competencies.GoalStep":          {"lena", "sam"},
    "lms_competencies.SkillsTogether":    {"lena", "sam"},
    "lms_competencies.SkillRating":       {"lena", "sam"},
    "lms_supervision_logs.Attendance":    {"lena", "sam", "dina"},
    "lms_supervision_logs.SessionRemark": {"lena", "sam"},
    "lms_supervision_logs.MonthlyConfirmation": {"lena", "sam", "dina"},
    "lms_supervision_logs.StandingHour":  {"lena", "sam"},
    "lms_supervision_logs.AgendaItem":    {"lena", "sam"},
    "lms_supervision_logs.FollowUp":      {"lena", "sam"},
    "lms_supervision_logs.TimeAsked":     {"lena", "sam", "ben"},
    "lms_supervision_logs.CreditGoal":    {"lena"},
    "lms_supervision_logs.OutsideConfirmation": {"lena", "dina"},
    "lms_supervision_logs.ShadowingVisit": {"lena", "sam", "dina"},
    "lms_supervision_logs.VisitTask":     {"lena", "sam", "dina"},
    "lms_supervision_logs.CheckInChoice": {"lena"},
    "lms_content.ModuleProgress":         {"lena"},
    "lms_content.Registration":           {"lena", "tia"},
    "lms_certificates.Certificate":       {"lena", "sam", "ben", "dina"},
    "lms_certificates.Doubt":             {"lena", "sam", "ben", "dina"},
    "lms_certificates.Refusal":           {"lena", "sam", "ben", "dina"},
}
# fmt: on


def url_names(patterns: list, prefix: str = "") -> set[str]:
    names = set()
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            names.add(prefix + pattern.name)
        else:
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            names |= url_names(pattern.url_patterns, inner)
    return names


REFLECTION = "0f9e5f5c-0000-4000-8000-000000000002"


def make_module(training: Training) -> ModulePage:
    root = Page.get_first_root_node()
    index = root.add_child(instance=LearningIndexPage(title="Learning", slug="l"))
    chapter = index.add_child(instance=CurriculumPage(title="One", number="1.1"))
    check = {
        "question": "Which?",
        "choices": [
            {"type": "item", "value": {"text": "A", "right": True, "feedback": "Yes"}},
            {"type": "item", "value": {"text": "B", "right": False, "feedback": "Hm"}},
        ],
    }
    content = [
        {"type": "key_idea", "value": "Words open doors."},
        {"type": "check", "id": "0f9e5f5c-0000-4000-8000-000000000001", "value": check},
        {"type": "reflection", "id": REFLECTION, "value": {"prompt": "What?"}},
    ]
    page = ModulePage(
        title=training.title,
        training=training,
        sections=[{"type": "section", "value": {"title": "One", "content": content}}],
    )
    chapter.add_child(instance=page)
    page.save_revision().publish()
    return ModulePage.objects.get(pk=page.pk)


@pytest.fixture
def addresses(cast) -> dict[str, list]:
    """Lena's own things, by the address that shows them."""
    lena, sam = cast["lena"].lms_person, cast["sam"].lms_person
    staff_member = lena.staff_members.get()
    signed, waiting = complete(lena, "OB-01", "OB-02")
    actions.sign(signer=sam, lines={signed.pk: actions.seen(signed)}, at=timezone.now())
    told = actions.Told(
        title="Elsewhere",
        completed_on=timezone.localdate(),
        attachments=[actions.Attachment("c.pdf", "application/pdf", b"%PDF-", "0")],
    )
    actions.record_outside_training(
        person=lena, topics=[(line(lena, "OB-04").topic, "")], told=told,
        recorded_by=lena, at=timezone.now(),
    )  # fmt: skip
    pause = Pause.objects.create(
        staff_member=staff_member, starts_on=timezone.localdate()
    )
    link = leave_and_ask(lena, cast["dina"].lms_person, sam)
    outside = from_outside(lena)
    page = make_module(Training.objects.get(key="module-ob-08"))
    live = hosted_by(cast["tia"].lms_person)
    certificate = Certificate.objects.create(
        person=lena, award=Award.objects.create(key="t", title="T", phase="orientation"),
        cycle="1", number="1", code="c0de", name="Lena", title="T", issuer="I", design="d",
        issued_on=timezone.localdate(), sha256="0",
    )  # fmt: skip
    CertificateFile.objects.create(certificate=certificate, content=b"%PDF-")
    item = line(lena, "OB-02")
    tie = sam.supervises.get()
    job = Import.objects.create(
        kind="lms.staff", agency=staff_member.agency, by=cast["dina"].lms_person,
        read_at=timezone.now(), state="looked_at",
    )  # fmt: skip
    trainings = Import.objects.create(
        kind="lms_competencies.trainings", agency=staff_member.agency,
        by=cast["dina"].lms_person, read_at=timezone.now(), header=["E-mail", "Course"],
        columns={"person": 0, "title": 1},
    )  # fmt: skip
    ImportRow.objects.create(job=trainings, line=2, cells=["lena@example.test", "One"])
    progress = begin_module(
        page=page, person=lena, at=timezone.now(), on=timezone.localdate()
    )
    shown = vault.seal(
        "x", person=lena, kind="reflection", row=progress, field=REFLECTION,
        on=timezone.localdate(),
    )  # fmt: skip
    vault.share(
        shown, by=lena, reader=sam, starts_on=timezone.localdate(),
        ends_on=timezone.localdate() + timedelta(days=30),
    )  # fmt: skip
    word = WordChoice.objects.create(agency=staff_member.agency, avoid="x", say="y")
    kinds = {
        "lms_content:word_remove": [word.pk],
        "lms_content:assessment_begin": [staff_member.agency_id],
        "lms_content:assessment": [
            begin_assessment(agency=staff_member.agency, on=timezone.localdate()).pk
        ],
        "lms_content:shared_text": [shown.pk],
        "lms_competencies:training_import_columns": [trainings.pk],
        "lms_competencies:training_import_titles": [trainings.pk],
        "lms:staff_import_template": ["csv"],
        "lms:import_detail": [job.pk],
        "lms:import_apply": [job.pk],
        "lms:import_discard": [job.pk],
        "lms:staff_pause_change": [staff_member.pk, pause.pk],
        "lms:staff_supervisor_end": [staff_member.pk, tie.pk],
        "lms:reset_settle": [FactorReset.objects.get().pk],
        "lms:name_settle": [NameChange.objects.get().pk],
        "lms:people_merge": [lena.pk, sam.pk],
        "lms:private_email_confirm": [link],
        "lms_competencies:transcript": [staff_member.pk],
        "lms_competencies:outside_sign": [outside],
        "lms_competencies:outside_evidence": [outside, Evidence.objects.get().pk],
        "lms_competencies:history": [staff_member.pk],
        "lms_competencies:history_confirm": [staff_member.pk],
        "lms_competencies:history_reopen": [staff_member.pk],
        "lms_competencies:training_sheet": [staff_member.agency_id, "csv"],
        "lms_competencies:completion_withdraw": [waiting.pk],
        "lms_competencies:evidence_add": [item.pk, waiting.pk],
        "lms_competencies:evidence_download": [Evidence.objects.get().pk],
        "lms_competencies:checklist_note": [lena.staff_members.get().plan.checklist.first().pk],
        "lms_competencies:sign_off_send_back": [item.pk],
        "lms_competencies:sign_off_in_part": [item.pk],
        "lms_competencies:sign_off_withdraw": [SignOff.objects.get().pk],
        "lms_competencies:plan_detail": [staff_member.pk],
        "lms_competencies:plan_print": [staff_member.pk],
        "lms_content:module": [page.pk],
        "lms_content:section": [page.pk, 1],
        "lms_content:finish": [page.pk],
        "lms_content:module_print": [page.pk],
        "lms_content:live_detail": [live.pk],
        "lms_content:live_register": [live.pk],
        "lms_content:live_register_colleague": [live.pk],
        "lms_content:live_give_up": [live.pk],
        "lms_content:live_roster": [live.pk],
        "lms_content:live_attendance": [live.pk],
        "lms_content:live_cancel": [live.pk],
        "lms_content:module_again": [page.pk],
        "lms_certificates:certificate_detail": [certificate.pk],
        "lms_certificates:certificate_download": [certificate.pk],
        "lms_certificates:certificate_correct": [certificate.pk],
        "lms_certificates:desk_certificate": [certificate.number],
        "lms_certificates:desk_revoke": [certificate.number],
        "lms_certificates:desk_reissue": [certificate.number],
        "lms_certificates:desk_keep": [certificate.number],
        "lms_certificates:award_give": [certificate.award_id],
        "lms_certificates:award_run": [AwardRun.objects.create(
            award=certificate.award, asked_at=timezone.now(), people=1).pk],
        "lms_certificates:verify": [certificate.code],
        "lms_certificates:verify_facts": [certificate.code],
    }  # fmt: skip
    staff_pages = "detail change roles supervisor pause invite reset"
    leave_pages = "leave leave_undo leave_code"
    for page in f"{staff_pages} {leave_pages}".split():
        kinds[f"lms:staff_{page}"] = [staff_member.pk]
    item_pages = (
        "item_move item_detail item_words item_date item_seat item_waive completion_add"
    )
    kinds |= {f"lms_competencies:{page}": [item.pk] for page in item_pages.split()}
    ben = cast["ben"].lms_person
    return (
        kinds
        | meet(staff_member, sam)
        | shadow(staff_member, ben)
        | look_after_oneself(lena, sam)
        | settle_together(staff_member, [ben, sam])
    )


def hosted_by(tia: Person) -> LiveTraining:
    """Tia holds it tomorrow, for partners too."""
    now = timezone.now()
    return LiveTraining.objects.create(
        training=Training.objects.get(key="module-ob-08"), host=tia, capacity=99,
        starts_at=now + timedelta(days=1), ends_at=now + timedelta(days=2),
        is_open_to_partners=True,
    )  # fmt: skip


def meet(staff_member: StaffMember, sam: Person) -> dict:
    """Lena and Sam met, and said this and that: the addresses of all of it."""
    lena, today, now = staff_member.person, timezone.localdate(), timezone.now()
    month = today.replace(day=1)
    facts = {"held_on": today, "minutes": 60}
    told = supervision.Told(facts, {staff_member: None}, {"summary": "x"})
    session = supervision.log_session(given_by=sam, told=told, by=lena, at=now)
    supervision.remark(
        attendance=Attendance.objects.get(), kind="side", text="x", at=now
    )
    sealed = vault.seal(
        "x", person=lena, kind="reflection", row=session, field="reflection", on=today
    )
    vault.share(sealed, by=lena, reader=sam, starts_on=today, ends_on=date(2100, 1, 1))
    statement = statement_of(staff_member, sam, month).statement
    supervision.confirm_statement(
        staff_member=staff_member, supervisor=sam, month=month, seen=statement.seen,
        by=lena, at=now,
    )  # fmt: skip
    supervision.set_standing_hour(
        staff_member=staff_member, supervisor=sam, on=today,
        values={"weekday": 1, "begins_at": time(10)},
    )  # fmt: skip
    supervision.ask_for_time(staff_member=staff_member, at=now)
    own = {"person": lena, "staff_member": staff_member, "supervisor": sam}
    line = AgendaItem.objects.create(**own, text="x", by=lena, noted_on=today)
    row = FollowUp.objects.create(
        **own, text="x", owner=lena, noted_by=sam, noted_on=today
    )
    rule = CreditRule.objects.get(key="imh-family-specialist")
    goal = CreditGoal.objects.create(person=lena, rule=rule, turned_on_at=now)
    pair, of_month = [staff_member.pk, sam.pk], [today.year, today.month]
    found = {
        "agenda_settle": [line.pk],
        "follow_up_done": [row.pk],
        "month": of_month,
        "credit_goal": [goal.pk],
        "outside_confirm": [meet_outside(staff_member)],
        "credit_turn_off": [goal.pk],
        "credit_turn_on": [rule.pk],
        "statement": pair + of_month,
        "statement_confirm": pair + of_month,
    }
    of_a_pair = (
        "our_hour agenda_add follow_up_add standing_hour session_log session_not_held"
    )
    found |= dict.fromkeys(of_a_pair.split(), pair)
    of_a_session = (
        "session_detail session_change session_remark session_reflection "
        "reflection_share reflection_withdraw reflection_shared outside_ask"
    )
    found |= {page: [session.pk] for page in of_a_session.split()}
    return {f"lms_supervision_logs:{page}": numbers for page, numbers in found.items()}


def meet_outside(staff_member: StaffMember) -> str:
    """A supervisor without an account is asked by a link to confirm another session."""
    now, giver = timezone.now(), Person.objects.create(full_name="O", email="o@x.test")
    told = supervision.Told(
        {"held_on": timezone.localdate(), "minutes": 30}, {staff_member: None}
    )
    session = supervision.log_session(
        given_by=giver, told=told, by=staff_member.person, at=now
    )
    attendance = Attendance.objects.get(version__session=session)
    asked = supervision.ask_outside(
        attendance=attendance, by=staff_member.person, at=now
    )
    return asked.code.draw()


def shadow(staff_member: StaffMember, ben: Person) -> dict:
    """Lena went along with Ben, and what follows from it: the addresses of that."""
    own = {"person": staff_member.person, "staff_member": staff_member}
    visit = ShadowingVisit.objects.create(
        **own, host=ben, planned_by=ben, happened_on=timezone.localdate(), minutes=45
    )
    task = VisitTask.objects.create(
        **own, visit=visit, text="x", owner=ben, noted_by=ben
    )
    contact = Contact.objects.create(
        agency=staff_member.agency, name="x", owner=ben, checked_on=visit.happened_on
    )
    of_a_visit = "detail change note drop talked redact confirm task_add"
    found = {f"visit_{page}": [visit.pk] for page in of_a_visit.split()}
    of_the_staff = "shadowing_list shadowing_print visit_plan"
    found |= {page: [staff_member.pk] for page in of_the_staff.split()}
    found |= {"visit_task_done": [task.pk], "contact_change": [contact.pk]}
    return {f"lms_supervision_logs:{page}": numbers for page, numbers in found.items()}


def look_after_oneself(lena: Person, sam: Person) -> dict:
    """Lena checks in, and shares it with Sam: the addresses of that."""
    today = timezone.localdate()
    supervision.turn_on(person=lena)
    supervision.check_in(person=lena, told=CheckIn(line="x"), key="1", on=today)
    text = check_ins_of(lena).get()
    share = supervision.share_check_in(
        sealed=text, by=lena, reader=sam, days=3, on=today
    )
    of_an_entry = "check_in_detail check_in_delete check_in_share shared_check_in"
    found = {page: [text.pk] for page in of_an_entry.split()}
    found["check_in_unshare"] = [text.pk, share.pk]
    return {f"lms_supervision_logs:{page}": numbers for page, numbers in found.items()}


def settle_together(staff_member: StaffMember, noted_by: list[Person]) -> dict:
    """A review noted by each, the day named, visits counted, a goal, a skill seen:
    the addresses of all of that."""
    plan, now = staff_member.plan, timezone.now()
    sam, today = noted_by[-1], timezone.localdate()
    own = {"person": plan.person, "staff_member": staff_member}
    actions.name_first_day(plan=plan, first_day=None, by=sam, at=now)
    actions.note_visits(plan=plan, count=1, by=sam)
    goal = DevelopmentGoal.objects.create(
        **own, staff_plan=plan, goal="x", noted_by=plan.person, noted_on=today
    )
    step = GoalStep.objects.create(**own, goal=goal, step="x")
    for person in (plan.person, sam):
        together = actions.say_of_skills(
            plan=plan, supervisor=sam, by=person, is_wished=True, at=now
        )
    skill = Competency.objects.get(code="FC-03")
    actions.rate_skills(together=together, levels={skill: 2}, by=plan.person, on=today)
    reviews = [
        PlanReview.objects.create(
            **own, staff_plan=plan, held_on=today, noted_by=person, noted_at=now
        )
        for person in noted_by
    ]
    of_the_plan = (
        "before_families first_day visits_together performance_review plan_reviews plan_start "
        "plan_review_add plan_order plan_order_forget goals goal_add skills "
        "skills_wish skills_rate"
    )
    of_a_goal = "goal_detail goal_settle goal_step_add"
    found = {page: [staff_member.pk] for page in of_the_plan.split()}
    found |= {page: [goal.pk] for page in of_a_goal.split()}
    found |= {
        "goal_step_note": [step.pk],
        "plan_review_confirm": [reviews[0].pk],
        "plan_review_take_back": [reviews[1].pk],
    }
    return {f"lms_competencies:{page}": numbers for page, numbers in found.items()}


def from_outside(lena: Person) -> str:
    """Somebody outside holds a link for Lena's plan."""
    now, signer = timezone.now(), Person.objects.create(full_name="X", email="x@x.test")
    supervise(signer, lena.staff_members.get(), kind="outside")
    code = OneTimeCode.objects.create(
        person=lena, purpose="outside", email=signer.email, made_at=now,
        expires_at=now + timedelta(days=1),
    )  # fmt: skip
    return code.draw()


def leave_and_ask(lena: Person, dina: Person, sam: Person) -> str:
    """Lena came from elsewhere, leaves next week, asks for this and that; Sam, who is
    none of those who may confirm it, asked for a reset."""
    now, staff_member = timezone.now(), lena.staff_members.get()
    StaffMember.objects.filter(pk=staff_member.pk).update(
        left_on=timezone.localdate() + timedelta(days=7),
        learning_from=now,
        transcript_brought_at=now,
    )
    own = {"person": lena, "staff_member": staff_member}
    Leaving.objects.create(
        **own, noted_by=dina, noted_at=now, ended={"ties": {}, "accesses": {}}
    )
    FactorReset.objects.create(**own, because="x", asked_by=sam, asked_at=now)
    hub.ask_for_name(person=lena, name="Lena Berg", at=now)
    code = OneTimeCode.objects.create(
        person=lena, purpose="private_email", email="l@home.test", made_at=now,
        expires_at=now + timedelta(days=1),
    )  # fmt: skip
    return code.draw()


def expected(row: dict[str, str], who: str) -> str:
    if row["resource"] == "own page":
        return "sign in" if who == "anon" else "yes"
    relations = TO[row["whose"]].get(who, set())
    relations = relations | BESIDES.get(row["url"], {}).get(who, set())
    parts = given(row["resource"], row["act"], relations, set(row["state"].split(";")))
    if row["part"] in parts or (parts and not row["part"]):
        return "yes"
    return "sign in" if who == "anon" else "not yours"


def answer(client: Client, method: str, address: str) -> str:
    response = getattr(client, method.lower())(address)
    if response.status_code == 302 and response.url.startswith(
        reverse(settings.LOGIN_URL)
    ):
        return "sign in"
    return {200: "yes", 302: "yes", 404: "not yours"}.get(
        response.status_code, str(response.status_code)
    )


def answers(cast: dict, row: dict[str, str], method: str, address: str) -> dict:
    # An act changes what the next person would find, so whoever may comes last.
    found = {}
    for who in sorted(WHO, key=lambda who: expected(row, who) == "yes"):
        client = Client()
        if who != "anon":
            client.force_login(cast[who])
        found[who] = answer(client, method, address)
    return found


def test_every_url_is_listed_once():
    assert sorted(url_names(lms.urls.urlpatterns)) == sorted(r["url"] for r in ACCESS)


def test_every_line_names_what_the_table_has():
    known = {(row["resource"], row["act"]) for row in TABLE}
    asked = {(row["resource"], row["act"]) for row in ACCESS}
    assert asked - known == {("own page", "")}


@pytest.mark.parametrize("name", ADDRESSES)
def test_everybody_gets_what_the_table_says_and_no_more(name, cast, addresses):
    row = ADDRESSES[name]
    address = reverse(name, args=addresses.get(name, []))
    wanted = {who: expected(row, who) for who in WHO}
    for method in row["method"].split():
        assert answers(cast, row, method, address) == wanted, method


@pytest.mark.parametrize("name", [r["url"] for r in ACCESS if r["method"] == "POST"])
def test_what_only_takes_posts_shows_nothing(name, cast, addresses, client):
    address = reverse(name, args=addresses.get(name, []))
    client.force_login(cast["lena"])
    assert client.get(address).status_code == 405


def test_every_record_about_a_person_is_listed():
    models = {m._meta.label for m in apps.get_models() if issubclass(m, PersonRecord)}
    assert models == set(READERS)


@pytest.mark.parametrize("label", READERS)
def test_readers(label, cast, addresses):
    model = apps.get_model(label)
    lena = cast["lena"].lms_person
    make_what_no_page_made(lena)
    assert model.objects.filter(person=lena).exists()
    readers = {
        who
        for who, user in cast.items()
        if model.objects.visible_to(user).filter(person=lena).exists()
    }
    assert readers == READERS[label]


def make_what_no_page_made(lena: Person) -> None:
    staff_member, now = lena.staff_members.get(), timezone.now()
    own = {"person": lena, "staff_member": staff_member}
    phase = staff_member.plan.version.phases.first()
    PhaseCompletion.objects.create(
        **own, staff_plan=staff_member.plan, phase=phase, completed_on=now
    )
    plan = staff_member.plan
    move = PlanMove.objects.create(version=plan.version, asked_at=now, people=1)
    MovedPlan.objects.create(
        **own, move=move, staff_plan=plan, from_version=plan.version
    )
    completion = Completion.objects.first()
    SendBack.objects.create(**own, completion=completion, by=lena, at=now, note="x")
    history = History.objects.create(**own, opened_at=now)
    HistoryConfirmation.objects.create(
        **own, history=history, by=lena, is_own=True, at=now, digest="x"
    )
    training = Training.objects.first()
    progress = ModuleProgress.objects.create(
        person=lena, module=uuid.uuid4(), training=training, started_at=now
    )
    DeletionRequest.objects.create(person=lena, asked_at=now)
    vault.seal(
        "x", person=lena, kind="reflection", row=progress, field="x", on=now.date()
    )
    Registration.objects.create(
        person=lena, live_training=LiveTraining.objects.get(), display_name="L",
        state="seat", registered_at=now, registered_by=lena,
    )  # fmt: skip
    Refusal.objects.create(
        person=lena,
        award=Award.objects.first(),
        cycle="2",
        sentence="x",
        refused_at=now,
        earned_on=now.date(),
    )
    certificate = Certificate.objects.filter(person=lena).first()
    Doubt.objects.create(person=lena, certificate=certificate, topic="x", noted_at=now)
