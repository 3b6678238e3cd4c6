from lms.dashboard import Panel

from .policy import doors_are_strict, has_second_factor


class SecondFactorPanel(Panel):
    """An invitation at the foot of the page, gone once it is followed."""

    order = 900
    template_name = "lms_accounts/panels/second_factor.html"

    def is_shown(self) -> bool:
        return doors_are_strict() and not has_second_factor(self.request.user)
