from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupervisionLogsConfig(AppConfig):
    name = "supervision_logs"
    label = "lms_supervision_logs"
    verbose_name = _("Supervision")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lms.signals import person_merging

        from . import signal_handlers

        person_merging.connect(signal_handlers.refuse_who_supervised_the_other)
        person_merging.connect(signal_handlers.keep_one_choice)
