"""What the ready-made site plugs into the hub."""

from django.http import HttpRequest
from wagtail import hooks

from lms.actions import CLOSE_WORK_SIGN_IN, RESET_FACTOR
from lms.dashboard import Panel
from lms.outbox import Handler
from lms.step_up import StepUp

from . import privacy
from .emails import close_work_sign_in, send_invitation, send_reset_link
from .panels import PasskeyPanel, SecondFactorPanel
from .step_up import step_up


@hooks.register("register_lms_outbox_handlers")
def register_outbox_handlers() -> list[Handler]:
    return [
        Handler("lms.invite", send_invitation),
        Handler(CLOSE_WORK_SIGN_IN, close_work_sign_in),
        Handler(RESET_FACTOR, send_reset_link),
    ]


@hooks.register("register_lms_step_up")
def register_step_up() -> StepUp:
    return step_up


@hooks.register("construct_lms_home")
def add_home_panels(request: HttpRequest, panels: list[Panel]) -> None:
    panels += [PasskeyPanel(request), SecondFactorPanel(request)]


@hooks.register("register_lms_privacy")
def register_privacy() -> list:
    return privacy.DECLARED
