"""A real OpenID provider, run beside the tests: Node's oidc-provider on loopback."""

import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import (
    HTTPCookieProcessor,
    HTTPRedirectHandler,
    OpenerDirector,
    Request,
    build_opener,
)

import pytest

HERE = Path(__file__).parent


class IdentityProvider:
    def __init__(self, address: str) -> None:
        self.address = address

    def register(self, address_to_return_to: str) -> tuple[str, str]:
        """Make the site known there: its client id and secret."""
        told = json.dumps({"redirect_uris": [address_to_return_to]}).encode()
        kind = {"Content-Type": "application/json"}
        request = Request(f"{self.address}/reg", told, kind)  # noqa: S310  (loopback)
        with build_opener().open(request) as answer:
            client = json.load(answer)
        return client["client_id"], client["client_secret"]

    def sign_in(self, address: str, claims: dict | None) -> str:
        """Sign in as a browser would, or decline to; returns where it is sent back."""
        browser = build_opener(
            HTTPCookieProcessor(CookieJar()), _StayingAt(self.address)
        )
        with browser.open(address) as page:
            form = urlencode({"claims": json.dumps(claims)}).encode()
        return self._sent_back(browser, page.url, form)

    def _sent_back(self, browser: OpenerDirector, form: str, filled_in: bytes) -> str:
        with pytest.raises(HTTPError) as left:
            browser.open(form, filled_in)
        left.value.close()
        return left.value.headers["Location"]


class _StayingAt(HTTPRedirectHandler):
    """Follows redirects of one site, and stops at the first that leaves it."""

    def __init__(self, address: str) -> None:
        self.address = address

    def redirect_request(self, *args: object) -> Request | None:
        is_staying = str(args[-1]).startswith(self.address)
        return super().redirect_request(*args) if is_staying else None


@contextmanager
def running_identity_provider() -> Iterator[IdentityProvider]:
    _install()
    command = ["node", "server.js"]
    with subprocess.Popen(
        command, cwd=HERE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            address = process.stdout.readline().strip()
            assert address, "The identity provider did not start."
            yield IdentityProvider(address)
        finally:
            process.terminate()


def _install() -> None:
    if not (shutil.which("node") and shutil.which("npm")):
        if os.environ.get("CI"):
            pytest.fail("Node is missing: apt-get install nodejs npm")
        pytest.skip("Node is not installed here")
    with (HERE / "package-lock.json").open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)  # test processes start side by side
        if not (HERE / "node_modules" / ".package-lock.json").exists():
            command = ["npm", "ci", "--no-audit", "--no-fund"]
            subprocess.run(command, cwd=HERE, check=True)
