from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    name = "certificates"
    label = "lms_certificates"
    verbose_name = _("Certificates")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from competencies.signals import (
            lines_completed,
            phase_completed,
            plan_completed,
            signatures_gone,
        )
        from lms.signals import measure_changed, person_merging, staff_changed

        from . import signal_handlers

        phase_completed.connect(signal_handlers.ask_on_phase_completed)
        plan_completed.connect(signal_handlers.ask_on_plan_completed)
        lines_completed.connect(signal_handlers.ask_on_lines_completed)
        measure_changed.connect(signal_handlers.ask_on_measure_changed)
        signatures_gone.connect(signal_handlers.doubt_on_signatures_gone)
        staff_changed.connect(signal_handlers.try_again_on_staff_changed)
        person_merging.connect(signal_handlers.let_go_on_person_merging)
