from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupervisionLogsConfig(AppConfig):
    name = "supervision_logs"
    label = "lms_supervision_logs"
    verbose_name = _("Supervision")
    default_auto_field = "django.db.models.BigAutoField"
