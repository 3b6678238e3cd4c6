"""What the ready-made site plugs into the hub."""

from django.http import HttpRequest
from wagtail import hooks

from lms.dashboard import Panel
from lms.outbox import Handler
from lms.step_up import StepUp

from . import privacy
from .emails import send_invitation
from .panels import SecondFactorPanel
from .step_up import step_up


@hooks.register("register_lms_outbox_handlers")
def register_outbox_handlers() -> list[Handler]:
    return [Handler("lms.invite", send_invitation)]


@hooks.register("register_lms_step_up")
def register_step_up() -> StepUp:
    return step_up


@hooks.register("construct_lms_home")
def add_panels(request: HttpRequest, panels: list[Panel]) -> None:
    panels.append(SecondFactorPanel(request))


@hooks.register("register_lms_privacy")
def register_privacy() -> list:
    return privacy.DECLARED
