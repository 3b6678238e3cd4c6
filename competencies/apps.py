from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CompetenciesConfig(AppConfig):
    name = "competencies"
    label = "lms_competencies"
    verbose_name = _("Training plans")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lms.signals import person_merging, staff_changed

        from . import signal_handlers

        staff_changed.connect(signal_handlers.bring_plans_up_to_date)
        person_merging.connect(signal_handlers.refuse_who_signed_for_the_other)
