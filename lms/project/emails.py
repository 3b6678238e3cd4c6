"""A letter that shows whether letters leave."""

import smtplib

from django.core.mail import EmailMessage

from lms.conf import conf


def try_the_mail(to: str) -> str:
    """Send one letter; what the server said against it, empty when it took it."""
    letter = EmailMessage(
        subject=f"{conf.program_name}: mail works",
        body="This letter only shows that mail leaves. There is nothing to do.",
        to=[to],
    )
    try:
        letter.send()
    except OSError as error:
        return _what_was_said(error)
    return ""


def _what_was_said(error: OSError) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, text = error.smtp_code, error.smtp_error
    else:
        return str(error)
    return (
        f"{code} {text.decode(errors='replace') if isinstance(text, bytes) else text}"
    )
