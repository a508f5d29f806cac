"""Memory that holds keys is dumped nowhere, shown to nobody, and not swapped where that may be asked for."""

import ctypes
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.ops.servers import command, environ, free_port, serving, until
from touchbase.ops import hardening
from touchbase.ops.hardening import Hardened, Keeper

LOCKABLE = resource.getrlimit(resource.RLIMIT_MEMLOCK)
NOBODY = 65534
LITTLE = 8 << 20  # bytes; what many systems let a user lock

# A user without rights, in a process that others of that user may look into as long as nothing forbids it.
HOLDER = f"""
import ctypes, mmap, os, resource, sys
import django
os.environ["DJANGO_SETTINGS_MODULE"] = "touchbase.config.settings"
django.setup()
from touchbase.ops import hardening
if os.getuid() == 0:
    resource.setrlimit(resource.RLIMIT_MEMLOCK, ({LITTLE}, {LITTLE}))
    os.setgid({NOBODY}), os.setuid({NOBODY})
ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)
if sys.argv[1] == "hardened":
    print(hardening.harden(hardening.Keeper.SERVER), file=sys.stderr)
room = mmap.mmap(-1, {4 * LITTLE})  # what a limit on locked memory would refuse
print("ready", flush=True)
sys.stdin.read()
"""
SNOOP = f"""
import os, sys
if os.getuid() == 0:
    os.setgid({NOBODY}), os.setuid({NOBODY})
try:
    print(len(open(f"/proc/{{sys.argv[1]}}/environ", "rb").read()) > 0)
except PermissionError:
    print("forbidden")
"""


def told(process: int, file: str, line: str) -> list[str]:
    """What the system tells about a process, by the words its line begins with."""
    lines = Path(f"/proc/{process}/{file}").read_text().splitlines()
    return next(each.removeprefix(line).split() for each in lines if each.startswith(line))


LOCKS = f"""
import ctypes, mmap, resource
memory = mmap.mmap(-1, {LITTLE} + 4096)
try:
    resource.setrlimit(resource.RLIMIT_MEMLOCK, (resource.RLIM_INFINITY,) * 2)
except ValueError:
    resource.setrlimit(resource.RLIMIT_MEMLOCK, (4096, resource.getrlimit(resource.RLIMIT_MEMLOCK)[1]))
start = ctypes.addressof(ctypes.c_char.from_buffer(memory))
print(ctypes.CDLL(None).mlock(ctypes.c_void_p(start), ctypes.c_size_t(len(memory))) == 0)
"""


def may_lock() -> bool:
    """Whether whoever runs these tests may lock more memory than a limit allows, or lift the limit."""
    done = subprocess.run([sys.executable, "-c", LOCKS], capture_output=True, text=True, check=True)
    return done.stdout.strip() == "True"


@pytest.fixture
def dumps_on() -> Iterator[None]:
    """Whatever is started meanwhile begins with as many core dumps as the system allows."""
    before = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (before[1], before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_CORE, before)


def expect_hardened(process: int) -> None:
    """No core dump, and as much locked as is allowed: all that it has, and no limit on what will come."""
    assert told(process, "limits", "Max core file size")[:2] == ["0", "0"]
    assert Path(f"/proc/{process}/mem").stat().st_uid == 0
    locked, whole = (int(told(process, "status", name)[0]) for name in ("VmLck:", "VmSize:"))
    assert (locked > whole / 2) is may_lock()
    limits = told(process, "limits", "Max locked memory")[:2]
    assert limits in (["unlimited", "unlimited"], [str(most) for most in LOCKABLE])


def test_the_worker_of_a_server_is_hardened_and_no_larger(tmp_path, dumps_on):
    with serving(tmp_path) as server:
        (worker,) = server.workers()
        expect_hardened(worker)
        assert (tmp_path / "data/serve.pid").read_text() == str(worker)
        # Each page is locked when it is first used: what was only set aside for threads stays aside.
        resident, whole = (int(told(worker, "status", name)[0]) for name in ("VmRSS:", "VmSize:"))
        assert resident < 150 * 1024 < whole
        assert server.stop() == 0
        assert ("hardening.memory_not_locked serve" in server.said()) is not may_lock()


def test_whoever_keeps_the_clock_alone_is_hardened(tmp_path, dumps_on):
    prepared = command(tmp_path, free_port(), "prepare")
    prepared.communicate()
    keeper = command(tmp_path, free_port(), "sweep", "--forever")
    assert until((tmp_path / "data/sweep.heartbeat").exists)
    expect_hardened(keeper.pid)
    keeper.terminate()
    keeper.communicate()


# ------------------------------------------------------------------------------------- a user without rights


@contextmanager
def holder(folder: Path, how: str) -> Iterator[subprocess.Popen[str]]:
    """A process of a user who may lock nothing, once it is ready."""
    (folder / "data").mkdir(mode=0o777)
    (folder / "data").chmod(0o777)
    kept = environ(folder, 8000)
    pipe = subprocess.PIPE
    started = [sys.executable, "-c", HOLDER, how]
    with subprocess.Popen(started, env=kept, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        yield process


def seen_by_another(process: int) -> str:
    """Whether another process of the same user could look into it."""
    done = subprocess.run(
        [sys.executable, "-c", SNOOP, str(process)], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_another_process_of_the_same_user_cannot_read_its_memory(tmp_path):
    with holder(tmp_path, "hardened") as process:
        assert seen_by_another(process.pid) == "forbidden"
        assert Path(f"/proc/{process.pid}/mem").stat().st_uid == 0


def test_it_could_if_nothing_forbade_it(tmp_path):
    """Or else the test before would show nothing."""
    with holder(tmp_path, "as it is") as process:
        assert seen_by_another(process.pid) == "True"


def test_without_the_right_to_lock_it_starts_says_so_and_has_all_the_room_it_needs(tmp_path):
    with holder(tmp_path, "hardened") as process:
        assert told(process.pid, "status", "VmLck:") == ["0", "kB"]
        _, said = process.communicate()
    assert process.returncode == 0
    assert "WARNING touchbase.ops.hardening hardening.memory_not_locked serve" in said
    assert "undumped=True, unseen=True, locked=False" in said


# ----------------------------------------------------------------------------------------- where it can't be


def test_where_the_system_has_none_of_it_it_is_said_and_nothing_fails(
    monkeypatch, caplog, settings, tmp_path
):
    def refused(_which: int, _limits: tuple[int, int]) -> None:
        raise ValueError("not allowed")

    settings.DATA_DIR = tmp_path / "nowhere"
    monkeypatch.setattr(resource, "setrlimit", refused)
    monkeypatch.setattr(hardening, "_PR_SET_DUMPABLE", 999_999)
    assert hardening.harden(Keeper.SWEEP) == Hardened(undumped=False, unseen=False, locked=False)
    assert caplog.messages == [
        "hardening.memory_can_be_read sweep",
        "hardening.memory_not_locked sweep",
        "hardening.not_noted sweep FileNotFoundError",
    ]


def test_no_lock_is_asked_for_under_a_limit_that_a_later_allocation_could_come_up_against(monkeypatch):
    """A limit that is large enough for now: the system would say yes, and no an hour later."""
    limits = []

    def asked(*_request: object) -> bool:
        limits.append(resource.getrlimit(resource.RLIMIT_MEMLOCK)[0])
        return False

    monkeypatch.setattr(hardening, "_asked", asked)
    assert not hardening._locked()
    assert limits in ([0], [resource.RLIM_INFINITY])
    assert resource.getrlimit(resource.RLIMIT_MEMLOCK) in (LOCKABLE, (resource.RLIM_INFINITY,) * 2)


def test_a_system_without_such_a_function_did_not_do_it():
    assert not hardening._asked("no_system_has_this", 1)


# -------------------------------------------------------------------------------------- what the doctor says


@pytest.fixture
def swaps(monkeypatch, tmp_path, settings) -> Path:
    """A machine that swaps to a disk, and an installation nobody has started on it."""
    settings.DATA_DIR = tmp_path
    table: Path = tmp_path / "swaps"
    table.write_text("Filename Type Size Used Priority\n/dev/sda2 partition 2097148 0 -2\n")
    monkeypatch.setattr(hardening, "SWAPS", table)
    return table


def started(folder: Path, keeper: Keeper, process: int) -> None:
    (folder / f"{keeper.value}.pid").write_text(str(process))


def test_a_machine_without_swap_is_well(swaps):
    swaps.write_text("Filename Type Size Used Priority\n")
    assert hardening.swap_finding() == (True, "This machine swaps no memory to a disk.")


def test_a_table_that_cannot_be_read_is_taken_for_swap(swaps):
    swaps.unlink()
    assert hardening.swap_finding()[0] is False


@pytest.mark.parametrize("noted", ["", "not a number", str(2**22 + 1)], ids=["nothing", "nonsense", "gone"])
def test_with_swap_and_nothing_running_nothing_is_known(swaps, tmp_path, noted):
    (tmp_path / "serve.pid").write_text(noted)
    assert hardening.swap_finding() == (
        False,
        "Swap is on, and no process runs that would lock its memory.",
    )


def test_a_process_whose_memory_may_be_swapped_is_named_by_its_command(swaps, tmp_path):
    for keeper in Keeper:
        started(tmp_path, keeper, os.getpid())
    said = (
        "Swap is on, and the memory of serve and sweep isn't locked: keys may lie on a disk. "
        "Let the unit set LimitMEMLOCK=infinity or MemorySwapMax=0."
    )
    assert hardening.swap_finding() == (False, said)


def test_a_process_that_locked_its_memory_is_well(swaps, tmp_path):
    locks = (
        "import ctypes, mmap; whole = mmap.mmap(-1, 4096); found = ctypes.c_char.from_buffer(whole); "
        "assert ctypes.CDLL(None).mlock(ctypes.byref(found), ctypes.c_size_t(4096)) == 0; "
        "print('ready', flush=True); input()"
    )
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", locks], stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        started(tmp_path, Keeper.SERVER, process.pid)
        assert hardening.swap_finding() == (
            True,
            "Swap is on; the memory of whatever holds keys is kept out of it.",
        )
        process.communicate("\n")


@pytest.mark.parametrize(
    ("limits", "kept"),
    [({"a/b": "0"}, True), ({"a": "0", "a/b": "max"}, True), ({"a/b": "max"}, False), ({}, False)],
)
def test_so_is_one_in_a_group_that_may_not_swap(tmp_path, limits, kept):
    process, groups = tmp_path / "process", tmp_path / "groups"
    process.mkdir()
    (process / "cgroup").write_text("4:memory:/x\n0::/a/b\n")
    for group, limit in limits.items():
        (groups / group).mkdir(parents=True, exist_ok=True)
        (groups / group / "memory.swap.max").write_text(f"{limit}\n")
    assert hardening._may_not_swap(process, groups) is kept


def test_a_machine_that_knows_no_such_groups_keeps_nothing_out(tmp_path):
    assert not hardening._may_not_swap(tmp_path)
    (tmp_path / "cgroup").write_text("4:memory:/x\n")
    assert not hardening._may_not_swap(tmp_path)


def test_without_a_limit_all_memory_is_asked_to_be_kept_out_of_swap(monkeypatch):
    """Only asked here: the test's own process is not to be locked."""
    asked: list[int] = []

    class System:
        def mlockall(self, flags: ctypes.c_ulong) -> int:
            asked.append(flags.value)
            return 0

    monkeypatch.setattr("ctypes.CDLL", lambda _name: System())
    monkeypatch.setattr("resource.setrlimit", lambda *_: None)
    assert hardening._locked()
    assert asked == [1 | 2 | 4]
