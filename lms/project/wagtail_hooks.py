"""What the ready-made site plugs into the hub, beside its accounts."""

from django.conf import settings
from django.core.files.storage import default_storage
from wagtail import hooks

from lms.registry import BackupPart


@hooks.register("register_lms_backup_parts")
def register_backup_parts() -> list[BackupPart]:
    return [
        BackupPart.of_storage("media", default_storage),
        BackupPart(
            "secret-key", lambda: [settings.VAR_DIR / "secret-key"], is_key=True
        ),
    ]
