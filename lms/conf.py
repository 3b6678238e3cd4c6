"""The hub's settings, each read here and nowhere else."""

from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.http import HttpRequest


class Conf:
    @property
    def var_dir(self) -> Path:
        """Where the program keeps what is not in the database: evidence, fonts."""
        return Path(getattr(settings, "LMS_VAR_DIR", Path.cwd() / "var"))

    @property
    def private_storage(self) -> Storage:
        """Where evidence lies: ``STORAGES["lms_private"]``, else a local folder.

        Never inside public media; files leave only through a view that asks.
        """
        if "lms_private" in settings.STORAGES:
            return storages["lms_private"]
        return FileSystemStorage(location=self.var_dir / "private", base_url=None)

    @property
    def tombstones(self) -> Storage:
        """Where deletions are noted: ``STORAGES["lms_tombstones"]``, else a folder.

        A restore leaves it alone, and reads it afterwards.
        """
        if "lms_tombstones" in settings.STORAGES:
            return storages["lms_tombstones"]
        return FileSystemStorage(location=self.var_dir / "tombstones", base_url=None)

    @property
    def vault_ring(self) -> Path | None:
        """The file with the keys that wrap everyone's keys. It belongs neither into
        the database nor into its backups; without it the vault is closed."""
        path = getattr(settings, "LMS_VAULT_RING", None)
        return Path(path) if path else None

    @property
    def font_dir(self) -> Path:
        """Where the fonts taken from their packages are kept ready."""
        return self.var_dir / "fonts"

    @property
    def state_pack(self) -> Path:
        """The pack a program begins with: roles, trainings, plans, helplines."""
        ours = self.example_pack.with_name("massachusetts.yaml")
        return Path(getattr(settings, "LMS_STATE_PACK", None) or ours)

    @property
    def example_pack(self) -> Path:
        """An empty pack with comments, for who writes another state's."""
        return Path(__file__).parent / "starter" / "example.yaml"

    @property
    def program_name(self) -> str:
        """The program's name, as it stands in the header and on certificates."""
        return getattr(settings, "LMS_PROGRAM_NAME", "Alongside")

    @property
    def base_url(self) -> str:
        """The site's address, as it stands in letters."""
        return settings.WAGTAILADMIN_BASE_URL.rstrip("/")

    @property
    def runs_work_inline(self) -> bool:
        """Whether the outbox is worked off in the same process instead of by Celery.

        Never inside a web request: ``manage.py outbox work`` does it.
        """
        return getattr(settings, "LMS_OUTBOX_INLINE", False)

    @property
    def heartbeat_key(self) -> str:
        """Where in the cache a worker says that it is alive."""
        return "lms-worker-heartbeat"

    @property
    def demo_notice(self) -> str:
        """A sentence for every page of a demonstration site; empty elsewhere."""
        return getattr(settings, "LMS_DEMO_NOTICE", "")

    @property
    def trusted_proxies(self) -> int:
        """How many proxies of one's own every request passes on its way here."""
        return getattr(settings, "LMS_TRUSTED_PROXIES", 0)

    def client_address(self, request: HttpRequest) -> str:
        """Where a request comes from: what the outermost of our proxies saw.

        Whatever stands further left in X-Forwarded-For was told by the client.
        """
        told = request.headers.get("X-Forwarded-For", "").split(",")
        if 0 < self.trusted_proxies <= len(told):
            with suppress(ValueError):
                return str(ip_address(told[-self.trusted_proxies].strip()))
        return request.META.get("REMOTE_ADDR", "")


conf = Conf()
