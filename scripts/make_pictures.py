"""Take the tutorial's pictures of the reading room: ``python scripts/make_pictures.py`` writes docs/pictures.

It keeps the invented reports of ``examples/`` in a database of its own, does what the tutorial does, opens the reading
room and looks at it with Chromium (``mithaq[test]`` has playwright and pillow; Chromium itself is the system's).
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
REPORTS = ROOT / "examples" / "reports.jsonl"
LARGEST = 150_000
"""No picture may have more bytes."""


@dataclass(frozen=True)
class Shot:
    """A picture: its file, the page, what is clicked first, what it begins with, and the window's height in pixels."""

    name: str
    path: str
    click: str = ""
    top: str = ""
    height: int = 760


SHOTS = (
    Shot("report", "/reports/barid-0310", height=700),
    Shot("agreement", "/agreements/a2cfa60a7ef7c", height=790),
    Shot("stages", "/agreements/a2cfa60a7ef7c", top="h2:has-text('Reports and stages')", height=700),
    Shot("review", "/review/shuruq-0718", click="text=Edit", height=820),
)


def main() -> None:
    """Write every picture; says which, and fails if one is too large."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, _reading_room(Path(folder) / "mithaq.db") as address:
        for name, picture in _pictures(address):
            (PICTURES / f"{name}.webp").write_bytes(picture)
            print(f"docs/pictures/{name}.webp: {len(picture):,} bytes")
            if len(picture) > LARGEST:
                sys.exit(f"{name} is larger than {LARGEST:,} bytes")


def _mithaq(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "mithaq", *arguments]


@contextmanager
def _reading_room(database: Path) -> Iterator[str]:
    """The address of a reading room on the examples, as they stand after the tutorial's judgement."""
    at = ("--db", str(database))
    subprocess.run(_mithaq("add", *at, "--jobs", "1", str(REPORTS)), check=True, stderr=subprocess.DEVNULL)
    judged = ("c356364710957", "c75f3509ffc48", "same", "--author", "maha")
    subprocess.run(_mithaq("judge", *at, *judged), check=True, stderr=subprocess.DEVNULL)
    with subprocess.Popen(_mithaq("serve", *at, "--port", "0"), stderr=subprocess.PIPE, text=True) as server:
        try:
            said = server.stderr.readline() if server.stderr else ""
            found = re.search(r"http://[\d.]+:\d+", said)
            if found is None:
                raise RuntimeError(f"the reading room did not open: {said}")
            yield found[0]
        finally:
            server.terminate()


def _pictures(address: str) -> Iterator[tuple[str, bytes]]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("there is no Chromium: apt-get install chromium")
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_context(
            locale="en", viewport={"width": 1200, "height": 760}, reduced_motion="reduce"
        ).new_page()
        for shot in SHOTS:
            yield shot.name, _picture(page, address, shot)
        browser.close()


def _picture(page: Page, address: str, shot: Shot) -> bytes:
    page.set_viewport_size({"width": 1200, "height": shot.height})
    answer = page.goto(address + shot.path)
    if answer is None or not answer.ok:
        raise RuntimeError(f"{shot.path} cannot be seen: {answer and answer.status}")
    page.evaluate("document.fonts.ready")
    if shot.click:
        page.locator(shot.click).first.click()
    if shot.top:
        page.locator(shot.top).evaluate("element => element.scrollIntoView()")
    page.mouse.move(0, 0)
    page.wait_for_timeout(300)
    written = io.BytesIO()
    Image.open(io.BytesIO(page.screenshot())).convert("RGB").save(written, "WEBP", quality=82, method=6)
    return written.getvalue()


if __name__ == "__main__":
    main()
