from django.contrib.auth.models import AbstractUser
from django.db import models


class Member(AbstractUser):
    """The host's own accounts, with user names and something of its own."""

    union_number = models.CharField(max_length=20, blank=True)
