"""A clock that was set ages nothing; after a boot the clock is believed, and never behind the latest seen."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.vault.scene import AT, DAY, HOUR, arrive, open_name
from touchbase.kernel import clock
from touchbase.vault import clockguard, rotation, store
from touchbase.vault.clockguard import Machine, Time, judge
from touchbase.vault.models import Epoch, Mark

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

MS = timedelta(milliseconds=1)
UP = timedelta(days=3)
HERE = Machine("this boot", UP, timedelta(days=20000))


def mark(**changed) -> Mark:
    values = {"high_water": AT, "boot": "this boot", "uptime": UP // MS, "started": HERE.started // MS}
    return Mark(**(values | changed))


def later(passed: timedelta, *, set_by: timedelta = timedelta()) -> Machine:
    """The machine some time on, its clock having been set meanwhile."""
    return Machine("this boot", UP + passed, HERE.started + set_by)


def test_two_processes_of_one_boot_are_told_the_same():
    """Else a command run beside the server would be taken for a boot, after which any clock is believed."""
    asked = (
        "import django; django.setup();"
        "from touchbase.vault import clockguard; print(clockguard.machine().boot)"
    )
    environ = os.environ | {"DJANGO_SETTINGS_MODULE": "touchbase.config.settings"}
    other = subprocess.check_output([sys.executable, "-c", asked], env=environ, text=True)
    assert clockguard.machine().boot == other.strip()


def test_the_first_look_believes_the_clock():
    assert judge(AT, None, HERE) == Time(AT, frozen=False)


def test_time_that_goes_on_is_believed():
    assert judge(AT + HOUR, mark(), later(HOUR)) == Time(AT + HOUR, frozen=False)


@pytest.mark.parametrize("by", [timedelta(minutes=5, seconds=1), DAY, 365 * DAY])
def test_a_clock_set_forward_freezes_and_the_count_goes_on(by):
    assert judge(AT + HOUR + by, mark(), later(HOUR, set_by=by)) == Time(AT + HOUR, frozen=True)


@pytest.mark.parametrize("by", [timedelta(minutes=5), timedelta(seconds=-30), timedelta(minutes=-4)])
def test_a_clock_that_is_a_little_off_is_believed(by):
    now = AT + HOUR + by
    assert judge(now, mark(), later(HOUR, set_by=by)) == Time(now, frozen=False)


@pytest.mark.parametrize("by", [-DAY, -365 * DAY])
def test_a_clock_set_back_is_counted_on_from_the_latest_moment(by):
    assert judge(AT + HOUR + by, mark(), later(HOUR, set_by=by)) == Time(AT + HOUR, frozen=False)


def test_after_a_boot_the_clock_is_believed_however_long_it_was_off():
    booted = Machine("another boot", timedelta(minutes=1), HERE.started + 30 * DAY)
    assert judge(AT + 30 * DAY, mark(), booted) == Time(AT + 30 * DAY, frozen=False)


def test_but_never_behind_the_latest_moment_seen():
    booted = Machine("another boot", timedelta(minutes=1), timedelta())
    assert judge(AT - DAY, mark(), booted) == Time(AT, frozen=False)


def test_in_that_boot_time_goes_on_from_there():
    """The clock is years behind what was seen; days still pass, and epochs with them."""
    booted = mark(boot="another boot", uptime=0, started=0)
    now = Machine("another boot", 2 * DAY, timedelta())
    assert judge(AT - 900 * DAY, booted, now) == Time(AT + 2 * DAY, frozen=False)


def test_a_count_that_went_back_is_none():
    assert judge(AT - HOUR, mark(), Machine("this boot", UP - DAY, HERE.started)) == Time(AT, frozen=False)


def test_this_machine_can_be_asked():
    one, two = clockguard.machine(), clockguard.machine()
    assert one.boot == two.boot != ""
    assert one.uptime <= two.uptime
    assert abs((clockguard._EPOCH + one.started + one.uptime) - clock.now()) < timedelta(minutes=1)


def test_where_the_system_names_no_boot_the_process_stands_for_it(monkeypatch, tmp_path):
    monkeypatch.setattr(clockguard, "_BOOT_FILE", tmp_path / "none")
    assert clockguard.machine().boot == clockguard._PROCESS


# ------------------------------------------------------------------------------- what is kept of it


@pytest.fixture
def on(monkeypatch):
    """Put the vault on a machine of the test's making."""

    def put(machine: Machine) -> None:
        monkeypatch.setattr(clockguard, "machine", lambda: machine)

    put(HERE)
    return put


def test_a_look_is_remembered_and_a_glance_is_not(on):
    assert clockguard.glance(AT) == Time(AT, frozen=False)
    assert Mark.objects.count() == 0
    clockguard.look(AT)
    kept = Mark.objects.get()
    assert (kept.high_water, kept.boot) == (AT, "this boot")
    assert len(kept.installation) == 26


def test_there_is_one_mark():
    from django.db import IntegrityError, transaction

    clockguard.look(AT)
    with pytest.raises(IntegrityError), transaction.atomic(using="vault"):
        Mark.objects.create(only=2, high_water=AT, boot="", uptime=0, started=0)


def test_a_look_every_half_minute_does_not_write_each_time(on, django_assert_num_queries):
    clockguard.look(AT)
    on(later(timedelta(seconds=30)))
    clockguard.look(AT + timedelta(seconds=30))
    assert Mark.objects.get().high_water == AT
    on(later(timedelta(minutes=6)))
    clockguard.look(AT + timedelta(minutes=6))
    assert Mark.objects.get().high_water == AT + timedelta(minutes=6)


def test_a_slow_drift_is_followed(on):
    """Minutes in a month are what clocks do; each look is near the one before."""
    for n in range(30):
        on(later(n * DAY, set_by=n * timedelta(minutes=1)))
        assert clockguard.look(AT + n * (DAY + timedelta(minutes=1))).frozen is False


def test_a_jump_is_not_followed(on, caplog):
    clockguard.look(AT)
    for hours in (1, 2, 3):
        on(later(hours * HOUR, set_by=DAY))
        assert clockguard.look(AT + DAY + hours * HOUR) == Time(AT + hours * HOUR, frozen=True)
    on(later(4 * HOUR))
    assert clockguard.look(AT + 4 * HOUR) == Time(AT + 4 * HOUR, frozen=False)
    assert {record.getMessage() for record in caplog.records} == {"vault.clock_was_set frozen=True"}


def test_a_boot_ends_it(on):
    clockguard.look(AT)
    on(later(HOUR, set_by=DAY))
    assert clockguard.look(AT + DAY + HOUR).frozen
    on(Machine("another boot", timedelta(minutes=1), HERE.started + UP + DAY + 2 * HOUR))
    assert clockguard.look(AT + DAY + 2 * HOUR) == Time(AT + DAY + 2 * HOUR, frozen=False)


def test_an_operator_can_say_that_the_clock_is_right(on):
    clockguard.look(AT)
    on(later(HOUR, set_by=DAY))
    assert rotation.status(at=AT + DAY + HOUR).frozen
    rotation.accept_clock(at=AT + DAY + HOUR)
    assert clockguard.look(AT + DAY + HOUR) == Time(AT + DAY + HOUR, frozen=False)


def test_accepting_never_goes_back_behind_what_was_seen(on):
    clockguard.look(AT)
    rotation.accept_clock(at=AT - DAY)
    assert Mark.objects.get().high_water == AT


# ------------------------------------------------------------------------------- what hangs on it


def test_a_jump_of_a_year_destroys_nothing_expires_nothing_and_the_way_back_is_free(on):
    kept, lost = arrive(), arrive()
    rotation.rotate(at=AT)
    store.mark_orphans(known={kept.handle}, at=AT)
    jumped = AT + 365 * DAY
    on(later(HOUR, set_by=365 * DAY))
    done = rotation.rotate(at=jumped)
    assert (done.frozen, done.began, done.destroyed) == (True, False, ())
    assert store.destroy_orphans(known={kept.handle}, at=jumped) == 0
    on(later(2 * HOUR))
    assert rotation.rotate(at=AT + 2 * HOUR).frozen is False
    assert (open_name(kept), open_name(lost)) == (kept.who.name, lost.who.name)
    assert Epoch.objects.get().ends_at == AT.replace(minute=0) + DAY


def test_while_frozen_epochs_go_on_by_the_count_and_nothing_is_destroyed(on):
    arrive()
    rotation.rotate(at=AT)
    for day in (1, 2, 3, 4):
        on(later(day * DAY, set_by=365 * DAY))
        done = rotation.rotate(at=AT + 365 * DAY + day * DAY)
        assert (done.began, done.destroyed, done.frozen) == (True, (), True)
    on(later(4 * DAY))
    assert rotation.rotate(at=AT + 4 * DAY).destroyed == (1, 2, 3)


def test_after_weeks_without_power_what_is_overdue_goes_at_once(on):
    kept = arrive()
    rotation.rotate(at=AT)
    on(replace(HERE, boot="another boot", uptime=timedelta(seconds=40)))
    done = rotation.rotate(at=AT + 21 * DAY)
    assert (done.began, done.carried, done.destroyed) == (True, 1, (1,))
    assert open_name(kept) == kept.who.name
