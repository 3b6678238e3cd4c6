"""Copies of the program, and the way back from one.

A copy is a folder named after its time, with a manifest that holds the SHA-256 of every
file and the number of rows of every table. What opens it, the keys, lies in a folder of
the same name elsewhere, and is kept for 35 days: then what was shredded is gone.

Apps add files and keys with the hook ``register_lms_backup_parts`` and keep a restore
from bringing back what had to go with ``register_lms_after_restore``; see
``lms.registry``.
"""

from .folders import BackupError
from .making import make_backup
from .restoring import Backup

__all__ = ["Backup", "BackupError", "make_backup"]
