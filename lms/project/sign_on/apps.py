from allauth.socialaccount.signals import social_account_added, social_account_removed
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SignOnConfig(AppConfig):
    name = "lms.project.sign_on"
    label = "lms_sign_on"
    verbose_name = _("Single sign-on")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import signal_handlers

        social_account_added.connect(signal_handlers.note_the_link)
        social_account_removed.connect(signal_handlers.note_the_end_of_the_link)
