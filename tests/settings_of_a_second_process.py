"""The tests' settings for a process of its own, on the database of the test."""

import os

from .settings import *  # noqa: F403
from .settings import DATABASES

DATABASES["default"]["NAME"] = os.environ["SECOND_PROCESS_DATABASE"]
