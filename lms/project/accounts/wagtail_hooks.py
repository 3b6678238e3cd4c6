"""What the ready-made site plugs into the hub."""

from wagtail import hooks

from lms.outbox import Handler

from . import privacy
from .emails import send_invitation


@hooks.register("register_lms_outbox_handlers")
def register_outbox_handlers() -> list[Handler]:
    return [Handler("lms.invite", send_invitation)]


@hooks.register("register_lms_privacy")
def register_privacy() -> list:
    return privacy.DECLARED
