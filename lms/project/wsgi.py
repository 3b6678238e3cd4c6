import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.project.settings.demo")

application = get_wsgi_application()

from lms.project.accounts.checks import refuse_demo_logins  # noqa: E402

refuse_demo_logins()
