"""The browser of the tests: Chromium's own engine, without the windows that nobody looks at.

Debian packages it by itself, and it opens pages and browsers much faster. Where that package isn't to be
had, the whole browser does the same. `./test` installs what is missing.
"""

from shutil import which

from playwright.sync_api import Browser, Playwright

_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def launched(playwright: Playwright) -> Browser:
    """A browser that nobody has used. Raises `FileNotFoundError` where none is installed."""
    path = next((found for name in _NAMES if (found := which(name))), None)
    if path is None:
        raise FileNotFoundError("No Chromium is installed. ./test installs it.")
    return playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
