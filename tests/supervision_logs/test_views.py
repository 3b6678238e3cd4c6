import datetime

from django.urls import reverse

from lms.models import AuditEntry, LocalName
from tests.conftest import TODAY

CALL = reverse("lms_supervision_logs:who_to_call")


def test_who_can_be_called_stands_on_one_page_and_nothing_is_recorded(
    client, lena, sam, ben, northside
):
    northside.after_hours_phone = "555-0140"
    northside.save()
    for person, phone in [(sam, "555-0111"), (ben, "555-0112")]:
        person.phone = phone
        person.save()
    client.force_login(lena.user)
    before = AuditEntry.objects.count()
    page = client.get(CALL).content.decode()
    for phone in ("555-0111", "555-0112", "555-0140"):
        assert f'href="tel:{phone}"' in page
    assert page.index("Sam") < page.index("Ben")
    assert AuditEntry.objects.count() == before


def test_without_a_supervisor_the_page_says_what_to_do(client, olu):
    client.force_login(olu.user)
    assert "Ask your director" in client.get(CALL).content.decode()


def test_who_has_left_is_not_called(client, lena, sam, ben):
    sam.staff_members.update(left_on=TODAY - datetime.timedelta(days=1))
    client.force_login(lena.user)
    page = client.get(CALL).content.decode()
    assert "Sam" not in page
    assert "Ben" in page


def test_the_helplines_of_the_state_stand_below_with_who_answers(client, olu):
    client.force_login(olu.user)
    page = client.get(CALL).content.decode()
    assert 'href="tel:988"' in page
    assert "Department of Children and Families (DCF)" in page
    assert page.index("Worried about the safety") < page.index("tel:1-800-792-5200")


def test_a_helpline_whose_name_goes_stays(client, olu):
    LocalName.objects.all().delete()
    client.force_login(olu.user)
    assert "tel:1-800-792-5200" in client.get(CALL).content.decode()
