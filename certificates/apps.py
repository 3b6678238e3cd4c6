from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    name = "certificates"
    label = "lms_certificates"
    verbose_name = _("Certificates")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from competencies.signals import phase_completed
        from lms.signals import staff_changed

        from . import signal_handlers

        phase_completed.connect(signal_handlers.ask_on_phase_completed)
        staff_changed.connect(signal_handlers.try_again_on_staff_changed)
