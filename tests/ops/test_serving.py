"""A real server: it starts, answers, stops in good order, and comes back when its worker is killed."""

import os
import signal
import socket
from pathlib import Path

import pytest

from tests.ops.servers import command, free_port, serving, until
from touchbase.kernel.errors import DomainError
from touchbase.ops import serving as ours
from touchbase.ops import worker


def test_it_answers_and_stops_when_told(tmp_path):
    with serving(tmp_path) as server:
        assert server.status("/nowhere/") == 404
        assert until((tmp_path / "data/sweep.heartbeat").exists)
        workers = server.workers()
        assert server.stop() == 0
        assert server.said() == f"Touchbase answers at http://127.0.0.1:{server.port}/\n"
    assert [one for one in workers if Path(f"/proc/{one}").exists()] == []


def test_a_server_without_a_sweep_leaves_the_clock_to_another(tmp_path):
    with serving(tmp_path, TOUCHBASE_SWEEP="no") as server:
        assert server.status("/nowhere/") == 404
        assert server.stop() == 0
    assert not (tmp_path / "data/sweep.heartbeat").exists()


def test_the_vault_has_a_live_epoch_before_the_first_page(tmp_path):
    with serving(tmp_path, TOUCHBASE_SWEEP="no") as server:
        looked = command(tmp_path, server.port, "doctor")
        said, _ = looked.communicate()
        assert looked.returncode == 0
        assert "epoch 1, 1 kept" in said


def test_a_killed_worker_is_replaced(tmp_path):
    with serving(tmp_path) as server:
        (first,) = server.workers()
        os.kill(first, signal.SIGKILL)
        assert until(lambda: server.workers() not in ([], [first]) and server.status("/nowhere/") == 404)
        assert server.stop() in {0, 1}


def test_a_worker_ends_with_a_parent_that_was_killed(tmp_path):
    with serving(tmp_path) as server:
        (worker_process,) = server.workers()
        server.stop(signal.SIGKILL)
        assert until(lambda: not Path(f"/proc/{worker_process}").exists() or is_zombie(worker_process))
        assert server.status() is None


def is_zombie(process: int) -> bool:
    """Whether a process has ended and only its number is left (nobody collects it in a container)."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_unprepared_stores_are_not_served(tmp_path):
    for part in ("data", "vault"):
        (tmp_path / part).mkdir(mode=0o700)
    started = command(tmp_path, free_port(), "serve")
    said, _ = started.communicate()
    assert started.returncode == 1
    assert said == "The stores are not prepared for this version. Run: touchbase prepare\n"


def test_a_port_in_use_is_said_before_anything_starts():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(DomainError, match=f"Port {port} of 127.0.0.1 can't be used .* PORT=8001"):
            ours.refuse_if_taken("127.0.0.1", port)
    ours.refuse_if_taken("127.0.0.1", port)


def test_a_port_of_the_newer_protocol_is_looked_at_as_well():
    with pytest.raises(DomainError, match="2001:db8::1 can't be used"):  # an address of no machine
        ours.refuse_if_taken("2001:db8::1", free_port())


def test_it_keeps_no_log_of_addresses_and_one_worker():
    server = ours.server("127.0.0.1", 8000)
    assert (server.log_access, server.workers, server.respawn_failed_workers) == (False, 1, True)


def test_the_worker_starts_only_when_it_is_asked_for():
    with pytest.raises(AttributeError):
        worker.nothing  # noqa: B018
