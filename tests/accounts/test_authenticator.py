"""An authenticator app: kept once it has shown its numbers, sealed, and without a time."""

import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from touchbase.accounts import authenticator, passkeys
from touchbase.accounts.passkeys import NO_TIME
from touchbase.kernel.errors import DomainError, NotFound
from touchbase.vault.errors import Ended

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 15, 4, tzinfo=UTC)


def numbers(begun, wrong=0):
    """What an app shows now that was given these letters."""
    value = hotp_value(begun.letters.replace(" ", ""), int(time.time()) // 30) + wrong
    return format_hotp_value(value % 10**6)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(AT, tick=False):
        yield


def added(person):
    """Somebody's app."""
    begun = authenticator.begin(person.account, at=AT)
    authenticator.keep(account=person.account, sealed=begun.sealed, code=numbers(begun), at=AT)
    return begun


def test_an_app_is_asked_for_once_it_has_shown_its_numbers(people):
    begun = authenticator.begin(people.coordinator.account, at=AT)
    assert not authenticator.has_authenticator(people.coordinator.account.pk)
    authenticator.keep(account=people.coordinator.account, sealed=begun.sealed, code=numbers(begun), at=AT)
    assert authenticator.has_authenticator(people.coordinator.account.pk)
    assert not authenticator.has_authenticator(people.supporter.account.pk)


def test_its_seed_is_sealed_and_no_time_is_kept(people):
    begun = added(people.coordinator)
    row = Authenticator.objects.get()
    assert (row.created_at, row.last_used_at) == (NO_TIME, None)
    seed = begun.letters.replace(" ", "")
    assert list(row.data) == ["secret"]
    assert seed not in row.data["secret"]
    assert seed not in begun.sealed


def test_the_picture_and_the_letters_say_the_same_as_an_image_without_words(people):
    begun = authenticator.begin(people.coordinator.account, at=AT)
    assert begun.drawing.startswith("<svg ")
    assert begun.drawing.endswith("</svg>")
    assert "style" not in begun.drawing
    assert [len(group) for group in begun.letters.split()] == [4] * 8


def test_wrong_numbers_keep_nothing_and_the_same_seed_can_be_tried_again(people):
    account = people.coordinator.account
    begun = authenticator.begin(account, at=AT)
    with pytest.raises(DomainError) as refused:
        authenticator.keep(account=account, sealed=begun.sealed, code=numbers(begun, wrong=1), at=AT)
    assert str(refused.value) == "Those numbers don't match. Enter the six that the app shows now."
    assert not authenticator.has_authenticator(account.pk)
    once_more = authenticator.again(account, sealed=begun.sealed, at=AT)
    assert once_more.letters == begun.letters


def test_a_seed_waits_a_quarter_of_an_hour_and_for_its_own_account(people):
    begun = authenticator.begin(people.coordinator.account, at=AT)
    late = AT + timedelta(minutes=16)
    for account, at in ((people.coordinator.account, late), (people.supporter.account, AT)):
        with pytest.raises(Ended):
            authenticator.keep(account=account, sealed=begun.sealed, code=numbers(begun), at=at)
        with pytest.raises(Ended):
            authenticator.again(account, sealed=begun.sealed, at=at)
    assert Authenticator.objects.count() == 0


def test_a_new_app_replaces_the_old_one_and_a_passkey_stays(people):
    passkeys.add(account=people.coordinator.account.id, name="my phone", credential={"id": "x"})
    added(people.coordinator)
    added(people.coordinator)
    kinds = sorted(Authenticator.objects.values_list("type", flat=True))
    assert kinds == ["totp", "webauthn"]


def test_one_removes_ones_own_and_only_that(people):
    passkeys.add(account=people.coordinator.account.id, name="my phone", credential={"id": "x"})
    added(people.coordinator)
    with pytest.raises(NotFound):
        authenticator.remove(account=people.supporter.account.pk)
    authenticator.remove(account=people.coordinator.account.pk)
    assert not authenticator.has_authenticator(people.coordinator.account.pk)
    assert [row.name for row in passkeys.passkeys_of(people.coordinator.account.id)] == ["my phone"]
