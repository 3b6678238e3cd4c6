"""The content's settings, each read here and nowhere else."""

from django.conf import settings


class Conf:
    @property
    def shows_uncleared_law(self) -> bool:
        """Whether modules that rest on law are read before the training team has
        looked at it again, with a banner: in a demonstration, and nowhere else."""
        return getattr(settings, "LMS_CONTENT_SHOWS_UNCLEARED_LAW", False)


conf = Conf()
