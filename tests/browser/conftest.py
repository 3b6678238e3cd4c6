"""A real Chromium on the real pages."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll("main *")]
    .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
    .map((element) => element.outerHTML.slice(0, 80)).slice(0, 5)"""
COME_TO_REST = """() => Promise.all(document.getAnimations()
  .filter((each) => each.playState === "running"
    && each.effect.getComputedTiming().endTime < 2000)
  .map((each) => each.finished.catch(() => null)))"""
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing: apt-get install chromium")
        pytest.skip("Chromium is not installed here")
    # Playwright's loop runs in this thread; the tests use the database beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def visit(chromium, live_server) -> Iterator[Callable]:
    """Open a page of the site as somebody: ``visit(lena, "/plan/")``.

    Fails on anything the console calls an error, and on any request elsewhere.
    """
    contexts, troubles = {}, []

    def watch(page: Page) -> None:
        page.on(
            "console",
            lambda message: (
                troubles.append(message.text) if message.type == "error" else None
            ),
        )
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((live_server.url, "data:", "blob:"))
                else troubles.append(request.url)
            ),
        )

    def open_page(person: object, path: str, size: dict = PHONE) -> Page:
        key = (getattr(person, "pk", None), size["width"])
        if key not in contexts:
            context = chromium.new_context(viewport=size, base_url=live_server.url)
            contexts[key] = context.new_page()
            watch(contexts[key])
            if person is not None:
                sign_in(contexts[key], person)
        contexts[key].goto(path)
        return contexts[key]

    open_page.troubles = troubles
    yield open_page
    for page in contexts.values():
        page.context.close()
    assert troubles == []


def sign_in(page: Page, person: object) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(person.user.email)
    page.get_by_label("Password").fill("a long enough password")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("/")


@pytest.fixture
def assert_accessible() -> Callable:
    """Nothing that axe calls serious, and nothing to scroll sideways."""

    def check(page: Page) -> None:
        page.evaluate(COME_TO_REST)  # what still fades in has no colors of its own
        found = Axe().run(page).response["violations"]
        serious = [
            (rule["id"], [node["target"] for node in rule["nodes"]][:3])
            for rule in found
            if rule["impact"] in {"serious", "critical"}
        ]
        assert serious == [], page.url
        assert page.evaluate(TOO_WIDE) == [], page.url

    return check
