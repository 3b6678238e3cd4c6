#!/usr/bin/env python
"""Run Django commands against the ready-made project in ``lms/project/``."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.project.settings.demo")

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
