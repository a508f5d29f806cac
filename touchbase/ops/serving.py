"""The server process: a light parent that keeps one worker alive (ADR 0007).

It is its own small program, `python -m touchbase.ops.serving ADDRESS PORT`, so that the parent holds no
Django and both together stay under 150 MB. `touchbase serve` makes everything ready and then becomes it.
"""

import socket
import sys
from collections.abc import Sequence

from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.mp import MPServer

from touchbase.kernel.errors import DomainError

# Threads of the one worker. Both stores commit with a sync to disk, so a thread mostly waits; and who sends a
# form slowly holds one.
THREADS = 16
# How long a request that was already begun may take to end before the worker is killed.
GRACE_SECONDS = 20


def server(address: str, port: int) -> MPServer:
    """The server, ready to be started. No access log: addresses can hold a private link (ruling C3)."""
    return MPServer(
        "touchbase.ops.worker:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        websockets=False,
        # Who sends a header letter by letter is let go after ten seconds.
        http1_settings=HTTP1Settings(header_read_timeout=10_000),
        log_level=LogLevels.error,
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE_SECONDS,
    )


def refuse_if_taken(address: str, port: int) -> None:
    """Raise a `DomainError` when something else answers there, before anything is started."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise DomainError(
                f"Port {port} of {address} can't be used ({error.strerror}). "
                "Stop what runs there, or choose another: PORT=8001 touchbase serve"
            ) from error


def main(arguments: Sequence[str]) -> None:
    """Serve until told to stop."""
    address, port = arguments
    server(address, int(port)).serve()


if __name__ == "__main__":
    main(sys.argv[1:])
