"""How long a session lasts, where one is signed in, and what ends it."""

import time

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from competencies.models import PlanItem
from lms.models import Person
from lms.project.accounts.templatetags.doors_tags import device
from tests.factories import line

PASSWORD = "a long enough password"
PHONE = (
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Mobile Safari/537.36"
)
DESK = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def sign_in(person: Person, user_agent: str = PHONE) -> Client:
    client = Client(headers={"User-Agent": user_agent})
    client.post(
        reverse("account_login"), {"login": person.user.email, "password": PASSWORD}
    )
    assert client.session["_auth_user_id"]
    return client


def let_pass(client: Client, *, idle: float, long: float) -> None:
    session = client.session
    session["lms_seen_at"] = time.time() - idle * 60
    session["lms_signed_in_at"] = time.time() - long * 3600
    session.save()


@pytest.mark.parametrize(
    ("idle", "long", "status"),
    [(29, 1, 200), (31, 1, 302), (0, 11.9, 200), (0, 12.1, 302)],
)
def test_half_an_hour_idle_or_a_working_day_ends_a_session(lena, idle, long, status):
    client = sign_in(lena)
    let_pass(client, idle=idle, long=long)
    assert client.get("/plan/").status_code == status
    assert ("_auth_user_id" in client.session) == (status == 200)


def test_using_it_keeps_a_session_open(lena):
    client = sign_in(lena)
    let_pass(client, idle=20, long=1)
    client.get("/plan/")
    assert time.time() - client.session["lms_seen_at"] < 60


def test_reading_on_writes_the_session_once_a_minute(lena):
    client = sign_in(lena)
    client.get("/call/")
    noted = client.session["lms_seen_at"]
    client.get("/call/")
    assert client.session["lms_seen_at"] == noted


def test_the_sign_in_page_says_what_happened(lena):
    client = sign_in(lena)
    let_pass(client, idle=31, long=1)
    page = client.get("/plan/", follow=True).content.decode()
    assert "You were signed out to keep your record yours." in page


def late_note(client: Client, item: PlanItem, referer: str) -> str:
    let_pass(client, idle=31, long=1)
    answer = client.post(
        reverse("lms_competencies:item_words", args=[item.pk]),
        {"notes": "Typed for a long time"},
        headers={"Referer": referer},
    )
    return answer.url


def test_a_late_post_comes_back_to_the_page_with_its_form(lena):
    item = line(lena, "OB-02")
    page = f"/plan/items/{item.pk}/"
    told = late_note(sign_in(lena), item, f"http://testserver{page}?from=plan#words")
    assert told == f"/accounts/login/?next={page}%3Ffrom%3Dplan"
    assert late_note(sign_in(lena), item, "https://elsewhere.example/plan/") == (
        "/accounts/login/?next=/"
    )


def test_signing_out_leads_to_a_plain_sign_in(lena):
    client = sign_in(lena)
    assert client.post("/accounts/logout/").url == "/accounts/login/"
    again = client.post("/accounts/logout/", headers={"Referer": "http://testserver/"})
    assert again.url == "/accounts/login/"


def test_an_accepted_form_is_told_to_the_browser_and_a_refused_one_is_not(lena):
    client, item = sign_in(lena), line(lena, "OB-02")
    add = reverse("lms_competencies:completion_add", args=[item.pk])
    words = reverse("lms_competencies:item_words", args=[item.pk])
    assert "lms_accepted" not in client.post(add, {"title": ""}).cookies
    cookie = client.post(words, {"notes": "Ask again"}).cookies["lms_accepted"]
    assert cookie.value == words.replace("/", "%2F")
    assert cookie["samesite"] == "Strict"


def test_one_sees_where_one_is_signed_in_and_ends_the_others(lena, sam):
    phone, desk, other = sign_in(lena), sign_in(lena, DESK), sign_in(sam)
    page = phone.get(reverse("usersessions_list")).content.decode()
    assert "Chrome on Android" in page
    assert "Firefox on Linux" in page
    phone.post(reverse("usersessions_list"))
    assert desk.get("/plan/").status_code == 302
    assert phone.get("/plan/").status_code == 200
    assert other.get("/plan/").status_code == 200
    assert UserSession.objects.filter(user=lena.user).count() == 1


def test_a_changed_password_ends_the_others_and_is_told_by_mail(lena, mailoutbox):
    phone, desk = sign_in(lena), sign_in(lena, DESK)
    new = "walking by the river"
    told = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    phone.post(reverse("account_change_password"), told)
    assert phone.get("/plan/").status_code == 200
    assert desk.get("/plan/").status_code == 302
    [letter] = mailoutbox
    assert "Something about the way you sign in was changed" in letter.body


def test_browsers_are_called_as_people_call_them():
    edge = PHONE.replace("Mobile Safari", "Safari") + " Edg/140.0"
    assert device(edge) == "Edge on Android"
    assert device("curl/8.0") == "A browser we do not know"
