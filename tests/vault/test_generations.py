"""How far the vault has come, what an operator said of it, and a canary that tells whether an epoch opens."""

import pytest

from tests.vault.scene import AT, DAY, HOUR, arrive
from touchbase.vault import epochs, generations, rotation
from touchbase.vault.errors import Unavailable
from touchbase.vault.generations import PutBack, Stamp
from touchbase.vault.models import Mark

pytestmark = [
    pytest.mark.django_db(databases=["default", "vault"]),
    pytest.mark.usefixtures("own_vault"),
]


def test_a_new_vault_has_no_name_and_asking_gives_it_none():
    assert generations.stamp() == Stamp("", 0, pending=False, put_back="", attested=None)
    assert not Mark.objects.exists()


def test_it_goes_on_by_one_and_waits_until_the_database_has_the_number():
    assert [generations.advance(at=AT), generations.advance(at=AT + HOUR)] == [1, 2]
    name = generations.stamp().installation
    assert name
    assert generations.stamp() == Stamp(name, 2, pending=True, put_back="", attested=None)
    generations.settle(generation=1)
    assert generations.stamp().pending
    generations.settle(generation=2)
    assert generations.stamp() == Stamp(name, 2, pending=False, put_back="", attested=None)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ((PutBack.VAULT,), PutBack.VAULT),
        ((PutBack.VAULT, PutBack.VAULT), PutBack.VAULT),
        ((PutBack.DATABASE,), PutBack.DATABASE),
        ((PutBack.DATABASE, PutBack.VAULT), PutBack.BOTH),
        ((PutBack.BOTH, PutBack.DATABASE), PutBack.BOTH),
    ],
)
def test_what_was_put_back_is_kept_until_an_operator_confirms_the_number_to_go_on_from(said, kept):
    generations.advance(at=AT)
    name = generations.stamp().installation
    for what in said:
        generations.note_put_back(what=what, at=AT)
    assert generations.stamp() == Stamp(name, 1, pending=True, put_back=kept, attested=None)
    generations.confirm(generation=7, at=AT)
    assert generations.stamp() == Stamp(name, 7, pending=True, put_back="", attested=None)


def test_what_an_operator_attested_is_kept_as_a_day_and_can_be_said_again():
    for day in (AT, AT + DAY):
        generations.attest(on=day.date(), at=day)
        assert generations.stamp().attested == day.date()
    assert generations.stamp().generation == 0


def test_a_canary_sings_while_its_epoch_lives_and_never_after():
    arrive()
    epoch, sealed = generations.seal_canary(at=AT)
    assert epoch == 1
    assert generations.CANARY not in sealed
    assert generations.open_canary(epoch=1, sealed=sealed)
    rotation.rotate(at=AT + DAY)
    assert generations.open_canary(epoch=1, sealed=sealed)
    rotation.rotate(at=AT + 2 * DAY)
    assert not generations.open_canary(epoch=1, sealed=sealed)
    assert not generations.open_canary(epoch=99, sealed=sealed)


def test_no_canary_sings_whose_key_cannot_be_reached(settings):
    epoch, sealed = generations.seal_canary(at=AT)
    settings.ROOT_KEY_FILE.unlink()
    epochs._held.clear()
    with pytest.raises(Unavailable):
        generations.open_canary(epoch=epoch, sealed=sealed)
