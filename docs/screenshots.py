"""Draws the README's pictures from a running demonstration: make screenshots.

Start it first (make run); PORT and DEMO_PASSWORD are read as ./run reads them.
"""

import os
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).parent
VAR = Path(os.environ.get("ALONGSIDE_VAR", HERE.parent / "var"))
SITE = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
SIZES = {
    "phone": {"width": 390, "height": 844},
    "desk": {"width": 1280, "height": 800},
}
PAGES = [
    ("plan", "newhire", "/plan/", None),
    ("team", "supervisor", "/team/", None),
    ("sign-off", "supervisor", "/team/sign-off/", None),
    ("module", "newhire", "/modules/", "Language as Advocacy"),
    ("certificate", "frss", "/certificates/", "Foundations of Family Support"),
    ("staff", "director", "/staff/", None),
]


def draw(browser: Browser, size: str, password: str) -> None:
    for name, login, address, link in PAGES:
        context = browser.new_context(viewport=SIZES[size], base_url=SITE)
        page = context.new_page()
        page.goto("/accounts/login/")
        page.get_by_label("Email").fill(f"{login}@demo.test")
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/")
        page.goto(address)
        if link:
            page.get_by_role("link", name=link).first.click()
        page.screenshot(path=HERE / "pictures" / f"{name}-{size}.png")
        context.close()


def main() -> None:
    kept = VAR / "demo-password"
    password = os.environ.get("DEMO_PASSWORD") or kept.read_text().strip()
    (HERE / "pictures").mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        for size in SIZES:
            draw(browser, size, password)
        browser.close()
    sys.stdout.write(f"{len(PAGES) * len(SIZES)} pictures in {HERE / 'pictures'}\n")


if __name__ == "__main__":
    main()
