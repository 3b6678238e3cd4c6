from allauth.account.signals import authentication_step_completed
from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db.models.signals import post_migrate, post_save
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "lms.project.accounts"
    label = "lms_accounts"
    verbose_name = _("Accounts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from allauth.mfa import signals as mfa

        from . import checks, signal_handlers  # noqa: F401  (registers the checks)

        post_migrate.connect(signal_handlers.make_the_cache_table, sender=self)
        post_save.connect(
            signal_handlers.trust_the_address, sender=self.get_model("User")
        )
        user_logged_in.connect(signal_handlers.note_the_sign_in)
        user_login_failed.connect(signal_handlers.note_a_refused_sign_in)
        mfa.authentication_failed.connect(signal_handlers.note_a_refused_step)
        authentication_step_completed.connect(signal_handlers.begin_a_new_session)
        for changed in (
            mfa.authenticator_added,
            mfa.authenticator_removed,
            mfa.authenticator_reset,
        ):
            changed.connect(signal_handlers.end_the_other_sessions)
