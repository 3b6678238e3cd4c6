"""The table is read strictly, and gives exactly what it says, in two agencies."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError

from competencies.models import PlanItem
from lms import checks, policy
from lms.models import SupervisionTie
from tests.access import TABLE, TO, WHO, given
from tests.factories import complete, employ, supervise

HEADER = "resource,act,relation,state,scope"
ROW = "completion,view,own,any,facts"


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("completion,view,owner,any,facts", "Line 3: “owner” is no relation"),
        ("completion,peek,own,any,facts", "Line 3: “peek” is no act"),
        ("completion,view,own,someday,facts", "Line 3: “someday” is no state"),
        ("completion,view,own,any", "Line 3 does not hold five words"),
        ("completion,view,own,any,", "Line 3 does not hold five words"),
        ("completion,view,own,any,facts,words", "Line 3 does not hold five words"),
        ("completion,view,own,any,words", "Line 3 says again what line 2 says"),
    ],
)
def test_a_table_that_cannot_be_right_is_told_by_line(row, sentence):
    [told] = policy.faults([HEADER, ROW, row])
    assert told.startswith(sentence)


def test_a_faulty_table_is_told_by_the_check_and_opens_nothing(tmp_path, monkeypatch):
    table = tmp_path / "permissions.csv"
    table.write_text(f"{HEADER}\n{ROW}\n{ROW}\n", encoding="utf-8")
    monkeypatch.setattr(policy, "TABLE", table)
    [error] = checks.permissions_can_be_read(None)
    assert (error.id, "says again" in error.msg) == ("lms.E002", True)
    with pytest.raises(ImproperlyConfigured, match="says again"):
        policy.permissions.__wrapped__()


def test_our_own_table_is_sound():
    assert checks.permissions_can_be_read(None) == []


def test_a_row_with_a_state_gives_nothing_until_the_state_is_said():
    relation = frozenset({"backup:plan"})
    what = ("staff plan and items", "view", relation)
    assert policy.scopes(*what) == frozenset()
    assert policy.scopes(*what, "awaiting") == frozenset()
    assert policy.scopes(*what, "while dated") == {"facts", "words"}
    assert policy.scopes(*what, "awaiting", "while dated") == {"facts", "words"}


def test_everybody_stands_to_everybody_as_the_cast_is_told(cast):
    otto = cast["olu"].lms_person.supervises.get().staff_member.person
    for about, person in [("lena", cast["lena"].lms_person), ("otto", otto)]:
        for who, user in cast.items():
            told = TO[about].get(who, set())
            assert policy.relations(user, person) == told, who
            staff_member = person.staff_members.get()
            assert policy.relations(user, staff_member) == told, who
    for who, user in cast.items():
        assert policy.relations_to_program(user) == TO["the program"].get(who), who


@pytest.mark.parametrize("about", ["lena", "otto", "the program"])
@pytest.mark.parametrize("resource", sorted({row["resource"] for row in TABLE}))
def test_the_policy_gives_each_of_the_cast_what_the_table_says(resource, about):
    for row in TABLE:
        for who in WHO if row["resource"] == resource else []:
            relations = TO[about].get(who, set())
            for states in [(), (row["state"],)]:
                assert policy.scopes(
                    resource, row["act"], frozenset(relations), *states
                ) == given(resource, row["act"], relations, set(states))


def may_sign(cast: dict) -> set[str]:
    return {
        who
        for who, user in cast.items()
        if who != "root"
        and PlanItem.objects.awaiting_signature_by(user.lms_person).exists()
    }


def may_by_the_table(act: str, *states: str) -> set[str]:
    return {
        who
        for who in WHO
        if given("sign-off", act, TO["lena"].get(who, set()), set(states))
    }


def test_whoever_may_sign_or_send_back_by_the_table_can_and_nobody_else(cast):
    lena = cast["lena"].lms_person
    complete(lena, "OB-01")
    waiting = ("awaiting", "awaiting while dated")
    assert may_sign(cast) == may_by_the_table("sign", *waiting) == {"sam", "ben"}
    lena.staff_members.get().supervision_ties.all().delete()
    alone = "awaiting and no main supervisor"
    assert may_sign(cast) == may_by_the_table("sign", alone) == {"dina"}
    queue = PlanItem.objects.awaiting_signature_by(cast["dina"].lms_person)
    assert not queue.returnable_by(cast["dina"].lms_person).exists()
    assert "dina" not in may_by_the_table("send back", alone, *waiting)


def test_a_tie_at_one_agency_gives_nothing_at_another(lena, sam, olu, eastside):
    """Olu supervises Lena's plan at Eastside; at Northside only her clinical work."""
    here, there = lena.staff_members.get(), employ(lena, eastside, "frss")
    supervise(olu, there)
    supervise(olu, here, scope="clinical", kind="outside")
    assert policy.relations(olu.user, there) == {"supervisor:plan"}
    assert policy.relations(olu.user, here) == {"supervisor:clinical"}


def test_a_stand_in_has_a_last_day(lena, ben):
    tie = SupervisionTie.objects.get(supervisor=ben)
    tie.ends_on = None
    with pytest.raises(IntegrityError, match="stands_in_until_a_day"):
        tie.save()
