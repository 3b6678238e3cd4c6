"""An act that counts asks once more who is there, where the site says how."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from wagtail import hooks

from lms.step_up import StepUp, sharing, signing


@signing
def sign(request: HttpRequest) -> HttpResponse:
    return HttpResponse("signed")


@sharing
def share(request: HttpRequest) -> HttpResponse:
    return HttpResponse("shared")


@pytest.fixture
def a_door():
    door = StepUp(
        is_needed_to_sign=lambda request: True,
        is_needed_to_share=lambda request: True,
        ask=lambda request: HttpResponse("who is there?"),
    )
    with hooks.register_temporarily("register_lms_step_up", lambda: door):
        yield


@pytest.mark.usefixtures("a_door")
def test_a_signature_is_asked_for_and_looking_is_not():
    assert sign(RequestFactory().post("/")).content == b"who is there?"
    assert sign(RequestFactory().get("/")).content == b"signed"


@pytest.mark.usefixtures("a_door")
def test_an_export_is_always_asked_for():
    assert share(RequestFactory().get("/")).content == b"who is there?"


def test_without_a_door_of_the_site_nothing_is_asked():
    assert sign(RequestFactory().post("/")).content == b"signed"
    assert share(RequestFactory().get("/")).content == b"shared"
