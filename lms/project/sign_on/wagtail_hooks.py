from wagtail import hooks

from . import privacy


@hooks.register("register_lms_privacy")
def register_privacy() -> list:
    return privacy.DECLARED
