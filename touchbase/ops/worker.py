"""What the one worker process loads: the pages, and beside them the clock."""

import gc
import os
import signal
import threading

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from touchbase.kernel import failures
from touchbase.ops import hardening
from touchbase.ops.hardening import Keeper

_LOOK_EVERY_SECONDS = 1.0


def start() -> WSGIHandler:
    """The pages; the sweep beside them, unless a process of its own keeps it."""
    gc.disable()  # nothing that is loaded now goes away again: looking for it is a tenth of a start
    pages = get_wsgi_application()
    failures.keep_quiet()
    hardening.harden(Keeper.SERVER)  # before a key or a name is in memory
    get_resolver().url_patterns  # noqa: B018  every page now, not while the sweep makes its first round
    gc.enable()
    threading.Thread(target=end_with, args=(os.getppid(),), name="parent", daemon=True).start()
    if settings.SWEEP_IN_SERVER:
        from touchbase.ops import sweeping  # it knows rows, which exist only now

        sweeping.start_in_background()
    return pages


def end_with(parent: int) -> None:
    """Stop this process when its parent was killed: left alone it would share the next server's port."""
    pause = threading.Event()
    while os.getppid() == parent:
        pause.wait(_LOOK_EVERY_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)


def __getattr__(name: str) -> WSGIHandler:
    """Start when the server asks for `application`, not when a test imports this file."""
    if name != "application":
        raise AttributeError(name)
    return start()
