"""The certificates' settings, each read here and nowhere else."""

from django.conf import settings

from lms.conf import conf as hub


class Conf:
    @property
    def base_url(self) -> str:
        """The site's address, as it stands in a certificate's QR code."""
        return hub.base_url

    @property
    def verifications_a_minute(self) -> int:
        """How often one address may ask whether a certificate is real."""
        return getattr(settings, "LMS_CERTIFICATES_VERIFICATIONS_A_MINUTE", 30)


conf = Conf()
