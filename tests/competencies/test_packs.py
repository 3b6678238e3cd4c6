"""Two states, one database: what a pack says is what stands there, and comes back."""

import datetime

import pytest

from certificates.models import Award
from competencies.actions import order_retake
from competencies.models import (
    ChecklistEntry,
    Competency,
    Phase,
    PlanItem,
    PlanSync,
    PlanVersion,
    RefresherTurn,
    Requirement,
    RequirementAudience,
    RetakeOrder,
    Topic,
    TopicEquivalence,
    Training,
    TrainingPlan,
    TrainingTopic,
    made_here,
)
from competencies.rules import Offset
from lms.actions import (
    PackHasFaults,
    export_pack,
    load_pack,
    load_state_pack,
    read_state_pack,
)
from lms.models import Helpline, LocalName, Pack, Role
from lms.rules import write_pack
from tests.lms.test_packs import HARBOR, HEADER, MASSACHUSETTS, run


def normal(text: str) -> str:
    file = read_state_pack(text)
    return write_pack(file.header, file.entries)


def exported(key: str) -> str:
    return export_pack(pack=Pack.objects.get(key=key))


def test_the_pack_of_massachusetts_comes_back_to_the_byte(starter_plan):
    assert exported("massachusetts") == normal(MASSACHUSETTS)


def test_two_states_stand_side_by_side(starter_plan):
    plans = list(PlanVersion.objects.values_list("pk", "published_at"))
    said = load_pack(text=HARBOR)
    assert "3 roles added" in said
    assert "“Harbor training plan”: version 1 is published" in said
    assert exported("harbor") == normal(HARBOR)
    assert exported("massachusetts") == normal(MASSACHUSETTS)
    assert plans == list(
        PlanVersion.objects.filter(plan__key="first-steps-together").values_list(
            "pk", "published_at"
        )
    )
    assert Helpline.objects.get(phone="555-0100").answered_by.title.startswith("Harbor")


@pytest.mark.parametrize("text", [MASSACHUSETTS, HARBOR])
def test_loading_again_changes_nothing(starter_plan, text):
    load_pack(text=text)
    assert load_pack(text=text) == []


def test_a_pack_with_a_fault_leaves_nothing(starter_plan):
    with pytest.raises(PackHasFaults, match="line 5"):
        load_pack(text=HEADER + "names: [{key: a, title: A}]\nroles:\n- x\n- y\n")
    assert Pack.objects.count() == 1


def test_what_fails_in_the_middle_leaves_nothing(starter_plan, monkeypatch):
    def fail(*_args: object, **_kwargs: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(TrainingPlan.objects, "create", fail)
    monkeypatch.setattr(TrainingPlan._default_manager, "create", fail)
    with pytest.raises(ZeroDivisionError):
        load_pack(text=HARBOR)
    assert not Role.objects.filter(key="peer-worker").exists()
    assert not Pack.objects.filter(key="harbor").exists()


def test_what_the_team_edited_stays_until_the_pack_itself_changes_it(starter_plan):
    load_pack(text=HARBOR)
    Topic.objects.filter(code="FIRST-AID").update(title="First aid, renamed here")
    assert load_pack(text=HARBOR) == []
    assert "First aid, renamed here" in exported("harbor")
    said = load_pack(text=HARBOR.replace("title: First aid}", "title: First help}"))
    assert said == ["1 topics changed"]
    assert Topic.objects.get(code="FIRST-AID").title == "First help"


def test_a_plan_that_changed_waits_as_a_draft_and_nobody_s_plan_moves(lena):
    before = list(PlanItem.objects.filter(person=lena).values())
    changed = MASSACHUSETTS.replace("within: 12 months", "within: 11 months")
    assert load_pack(text=changed) == [
        "“Competency-based training plan” is not as its version 1: version 2 is a "
        "draft and waits to be published"
    ]
    draft = PlanVersion.objects.get(plan__key="first-steps-together", number=2)
    assert draft.published_at is None
    assert PlanVersion.objects.newest().number == 1
    assert list(PlanItem.objects.filter(person=lena).values()) == before
    assert load_pack(text=changed) == []
    assert exported("massachusetts") == normal(changed)


def test_a_training_no_longer_teaches_what_the_pack_took_away(starter_plan):
    load_pack(text=HARBOR)
    load_pack(
        text=HARBOR.replace(
            "{topic: CIRCLES, effect: introduces}", "{topic: FIRST-AID}"
        )
    )
    training = Training.objects.get(key="circles-evening")
    assert [str(each.topic) for each in training.taught.all()] == ["First aid"]


def test_what_left_the_pack_is_kept_and_said(starter_plan):
    load_pack(text=HARBOR)
    lines = HARBOR.splitlines(keepends=True)
    shorter = "".join(line for line in lines if "code: HS-2" not in line)
    assert load_pack(text=shorter) == [
        "no longer in the pack, and kept: HS-2 (competencies)"
    ]


def test_two_packs_cannot_mean_two_things_by_one_key(starter_plan):
    other = HEADER + "roles:\n- {key: frss, title: F, kind: is, reason: are F}\n"
    with pytest.raises(PackHasFaults, match="line 3: “frss” under “roles” is also in"):
        load_pack(text=other)
    load_pack(text=HEADER + "topics:\n- {code: OB-01, title: Language as Advocacy}\n")


def test_what_was_added_here_comes_along(starter_plan):
    Topic.objects.create(code="HERE-1", title="Only here", order=999)
    written = exported("massachusetts")
    assert "- {code: HERE-1, title: Only here}\n" in written
    assert read_state_pack(written).faults == []


def test_the_command_loads_and_writes(starter_plan, tmp_path):
    source, copy = tmp_path / "harbor.yaml", tmp_path / "copy.yaml"
    source.write_text(HARBOR, "utf-8")
    assert "1 training plans added" in run("load", source)[0]
    assert run("load", source)[0] == "nothing to change\n"
    assert "Written to" in run("export", copy, "--pack", "harbor")[0]
    assert copy.read_text("utf-8") == normal(HARBOR)


def test_the_program_begins_with_the_pack_it_is_set_to(
    starter_plan, settings, tmp_path
):
    path = tmp_path / "harbor.yaml"
    path.write_text(HARBOR, "utf-8")
    settings.LMS_STATE_PACK = str(path)
    assert "1 helplines added" in load_state_pack()


def test_what_is_taken_again_and_in_turn_stands_there_as_written(starter_plan):
    load_pack(text=HARBOR)
    order = RetakeOrder.objects.get(key="first-aid-2027")
    assert (order.starts_on, order.within_count) == (datetime.date(2027, 1, 1), 6)
    assert {role.key for role in order.roles.all()} == {"peer-worker", "coordinator"}
    worth = TopicEquivalence.objects.get(key="first-days-by-parts")
    assert {part.code for part in worth.parts.all()} == {"FIRST-AID", "CIRCLES"}
    turns = RefresherTurn.objects.filter(requirement__topic__code="FIRST-AID")
    assert list(turns.values_list("training__key", flat=True)) == [
        "first-aid-refresher",
        "first-aid-class",
    ]


def test_parts_and_roles_have_no_order(starter_plan):
    load_pack(text=HARBOR)
    other = HARBOR.replace("[CIRCLES, FIRST-AID]", "[FIRST-AID, CIRCLES]")
    assert other != HARBOR
    assert load_pack(text=other) == []


def test_a_change_to_what_stands_for_what_is_told_and_plans_follow(lena):
    load_pack(text=HARBOR)
    PlanSync.objects.all().delete()
    changed = HARBOR.replace("[CIRCLES, FIRST-AID]", "[CIRCLES]")
    changed = changed.replace(
        "roles: [coordinator, peer-worker]", "roles: [peer-worker]"
    )
    assert load_pack(text=changed) == [
        "1 equivalences changed",
        "1 retake orders changed",
    ]
    assert exported("harbor") == normal(changed)
    assert PlanSync.objects.exists()
    PlanSync.objects.all().delete()
    load_pack(text=changed)
    assert not PlanSync.objects.exists()


def test_an_award_is_loaded_edited_here_and_written(starter_plan):
    load_pack(text=HARBOR)
    award = Award.objects.get(key="first-month")
    assert (award.title, award.phase) == ("Foundations of harbor life", "start")
    assert (award.issuer, award.valid_months) == ("Harbor State", 36)
    Award.objects.filter(pk=award.pk).update(is_active=False, valid_months=None)
    assert load_pack(text=HARBOR) == []
    assert "active: false" in exported("harbor")
    assert load_pack(text=HARBOR.replace("of harbor life", "of work")) == [
        "1 awards changed"
    ]
    assert exported("harbor") == normal(HARBOR.replace("of harbor life", "of work"))


def test_other_turns_wait_in_a_draft(starter_plan):
    load_pack(text=HARBOR)
    changed = HARBOR.replace("          - {training: first-aid-class}\n", "")
    assert "version 2 is a draft" in load_pack(text=changed)[0]
    assert exported("harbor") == normal(changed)


def test_what_the_team_asked_again_comes_along(starter_plan, at):
    order_retake(
        topics=[Topic.objects.get(code="OB-05")],
        starts_on=datetime.date(2027, 1, 1),
        within=Offset(2, "months"),
        roles=[Role.objects.get(key="frss")],
        because="A new law: it says more.",
        by=None,
        at=at,
    )
    worth = TopicEquivalence.objects.create(
        key=made_here(), topic=Topic.objects.get(code="OB-06")
    )
    worth.parts.set(Topic.objects.filter(code__in=["OB-01", "OB-02"]))
    written = exported("massachusetts")
    assert "from: '2027-01-01'" in written
    assert "- OB-01\n" in written
    assert read_state_pack(written).faults == []
    assert normal(written) == written
    RetakeOrder.objects.all().delete()
    TopicEquivalence.objects.all().delete()
    assert set(load_pack(text=written)) == {
        "1 equivalences added",
        "1 retake orders added",
    }
    assert exported("massachusetts") == written


WRITTEN = {
    Role: "key title abbreviation kind reason summary order",
    LocalName: "key title order",
    Helpline: "key title answered_by phone note order",
    Competency: "code role kind title description is_skill order",
    Topic: "code title summary source order",
    Training: "key title kind summary provider minutes hours sign_up_url is_offered",
    TrainingTopic: "training topic portion effect",
    TrainingPlan: "key title",
    PlanVersion: "plan number published_at source",
    Phase: "version key title short_title order",
    Requirement: (
        "version phase topic order firmness renewal_count renewal_unit "
        "renewal_notice_days is_signed is_before_families note "
        "yearly_month yearly_day yearly_spares_days first_from"
    ),
    RequirementAudience: (
        "requirement role obligation portion offset_count offset_unit aim_count aim_unit"
    ),
    ChecklistEntry: "version key kind title hint order",
    RefresherTurn: "requirement training order",
    TopicEquivalence: "key topic portion source",
    RetakeOrder: "key topic starts_on within_count within_unit because ordered_at",
    Award: "key title phase issuer valid_months is_active",
}
# A pack holds the awards that a phase earns; the others, and what one looks like, each
# program makes for itself.
NOT_IN_A_PACK = {Award: "earned_by plan measure at_least is_renewed signers design"}


@pytest.mark.parametrize("model", WRITTEN)
def test_no_field_is_forgotten_when_a_pack_is_written(model):
    """A new field goes into the pack's shapes, loading and writing, then here."""
    fields = {field.name for field in model._meta.concrete_fields}
    told = {*WRITTEN[model].split(), *NOT_IN_A_PACK.get(model, "").split()}
    assert fields - {"id"} == told
