import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.project.settings.demo")

application = get_wsgi_application()

from lms.checks import tell_when_the_vault_is_closed  # noqa: E402
from lms.project.accounts.checks import refuse_demo_logins  # noqa: E402

refuse_demo_logins()
tell_when_the_vault_is_closed()
