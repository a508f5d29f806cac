"""Shredding is judged in numbers, and somebody who shares none of our code comes to the same (C19, F1).

The other judge is tests/vault/attacker.py. Before the window is over both open everybody, so that what they
can't open afterwards isn't for want of trying.
"""

import random
from collections import Counter
from dataclasses import replace
from datetime import datetime

import pytest
from django.conf import settings as here

from tests.vault.processes import empty
from tests.vault.scene import AT, DAY, HARBOR, HOUR, VALLEY, Kept, arrivals, arrive, erase
from tests.vault.test_disclosure import Disclosed, handles, hours, root
from touchbase.kernel.ids import new_id
from touchbase.vault import shredding, status, store
from touchbase.vault.errors import Unavailable
from touchbase.vault.models import Key
from touchbase.vault.sealing import Purpose, Sealed
from touchbase.vault.shredding import Copy, EpochRow, Found, KeyRow, Verdict

pytestmark = pytest.mark.django_db(databases=["default", "vault"], transaction=True)
WINDOW_HOURS = status.WINDOW // HOUR


@pytest.fixture
def disclosed(settings, tmp_path) -> Disclosed:
    empty(settings, tmp_path / "installation")
    return Disclosed(tmp_path / "copies")


def found_in(disclosed: Disclosed) -> list[Found]:
    return [
        Found(one.handle, Purpose(one.purpose), Sealed(1, 1, one.nonce, one.blob), frozenset({one.version}))
        for one in disclosed.blobs
    ]


def copies_in(disclosed: Disclosed) -> list[Copy]:
    return [
        Copy(
            f"{at:%d-%H}",
            frozenset(EpochRow(*row) for row in copy.epochs),
            frozenset(KeyRow(handle, program, wrapped, n) for handle, program, n, wrapped in copy.keys),
            frozenset(files.values()),
        )
        for at, copy, files in disclosed.vaults
    ]


def judged(disclosed: Disclosed, *, every_key: bool = False) -> Verdict:
    return shredding.judge(found=found_in(disclosed), copies=copies_in(disclosed), every_key=every_key)


def numbers(verdict: Verdict) -> tuple[int, int, int, int]:
    return verdict.open, verdict.damaged, verdict.brought_back, verdict.dead


def attacked(disclosed: Disclosed, now: datetime) -> int:
    """How many the other one reads, who has the vault as it is now as well."""
    everything = Disclosed(disclosed.folder, disclosed.blobs, list(disclosed.vaults))
    everything.back_up_vault(now)
    return len(everything.names(root=root()))


def both_say(disclosed: Disclosed, now: datetime) -> Verdict:
    """The verdict, once the attacker has come to the same."""
    verdict = judged(disclosed)
    assert attacked(disclosed, now) == verdict.open + verdict.brought_back
    return verdict


def test_with_lawful_copies_all_open_before_the_window_is_over_and_only_the_open_ones_after_it(disclosed):
    people = arrivals(20)
    disclosed.back_up_database(people)
    now = hours(disclosed, AT, 5)
    for one in people[:15]:
        erase(one, at=now)
    assert numbers(both_say(disclosed.lawful(now), now)) == (5, 0, 15, 0)

    after = hours(disclosed, now + HOUR, WINDOW_HOURS)
    assert numbers(both_say(disclosed.lawful(after), after)) == (5, 0, 0, 15)


def test_a_copy_kept_against_the_rule_is_named_with_how_many_it_opens(disclosed):
    people = arrivals(4)
    disclosed.back_up_database(people)
    now = hours(disclosed, AT, 1)
    (hoarded,) = disclosed.vaults
    for one in people[:3]:
        erase(one, at=now)
    after = hours(disclosed, now + HOUR, WINDOW_HOURS)
    disclosed.vaults = [hoarded, *disclosed.lawful(after).vaults]
    verdict = both_say(disclosed, after + 2 * HOUR)
    assert numbers(verdict) == (1, 0, 3, 0)
    assert dict(verdict.copies) == {"02-09": 3}


def test_every_store_ever_copied_brings_nobody_back_until_a_key_file_does(disclosed):
    """The mechanism switched off: the provider's file of the first epoch is there again."""
    people = arrivals(4)
    disclosed.back_up_database(people)
    file = here.VAULT_DIR / "provider/epoch-1.key"
    raw = file.read_bytes()
    now = hours(disclosed, AT, 2)
    erase(people[0], at=now)
    after = hours(disclosed, now + HOUR, WINDOW_HOURS + 24)
    disclosed.vaults = [(at, copy, {}) for at, copy, _ in disclosed.vaults]
    assert not file.exists()
    assert numbers(both_say(disclosed, after)) == (3, 0, 0, 1)

    file.write_bytes(raw)
    verdict = both_say(disclosed, after + HOUR)
    assert numbers(verdict) == (3, 0, 1, 0)
    # Erased at eleven: the copies of nine and ten have the row, and those of later aren't to blame.
    assert dict(verdict.copies) == {"02-09": 1, "02-10": 1}


def test_the_keys_of_now_alone_open_who_is_open(disclosed):
    people = arrivals(6)
    disclosed.back_up_database(people)
    erase(people[0], at=AT)
    assert numbers(both_say(disclosed, AT)) == (5, 0, 0, 1)
    assert judged(disclosed).keys == 5


def test_another_installation_is_dead_to_this_one_unless_its_root_key_lies_there(disclosed, settings):
    """Somebody else's backup has handles without a key here: all that counts is whether it opens."""
    people = arrivals(2)
    disclosed.back_up_database(people)
    disclosed.back_up_vault(AT)
    theirs = root()
    empty(settings, disclosed.folder / "other")
    store.tally(program=HARBOR, counts=[])
    assert numbers(judged(disclosed)) == (0, 0, 0, 2)
    (copy,) = copies_in(disclosed)
    with_root = replace(copy, roots=frozenset({theirs}))
    assert numbers(shredding.judge(found=found_in(disclosed), copies=[with_root])) == (0, 0, 2, 0)


def test_a_course_opens_at_whichever_step_it_was_copied(disclosed):
    one = arrive()
    for version in (0, 7, 99, 1234):
        sealed = store.seal(
            handle=one.handle, program=HARBOR, purpose=Purpose.COURSE, data=b"{}", version=version
        )
        without, told = (Found(one.handle, Purpose.COURSE, sealed, rows) for rows in _versions(version))
        expected = (1, 0) if version < 100 else (0, 1)
        assert numbers(shredding.judge(found=[without], copies=[]))[:2] == expected
        assert numbers(shredding.judge(found=[told], copies=[]))[:2] == (1, 0)


def _versions(version: int) -> tuple[frozenset[int], frozenset[int]]:
    return frozenset(), frozenset({version, version + 1})


def test_a_value_that_was_cut_or_flipped_is_damaged_and_not_said_to_be_dead(disclosed):
    one = arrive()
    whole = Found(one.handle, Purpose.IDENTITY, one.sealed[Purpose.IDENTITY])
    blob = whole.sealed.blob
    broken = [b"", blob[:-1], blob[:-1] + bytes([blob[-1] ^ 1])]
    cut = [replace(whole, sealed=Sealed(1, 1, whole.sealed.nonce, bad)) for bad in broken]
    for bad in [*cut, replace(whole, sealed=Sealed(1, 2, whole.sealed.nonce, blob))]:
        assert numbers(shredding.judge(found=[bad], copies=[])) == (0, 1, 0, 0)
    assert numbers(shredding.judge(found=[*cut, whole], copies=[])) == (1, 0, 0, 0)


def test_every_key_is_tried_on_everything_when_asked(disclosed):
    """Planted: sealed for a handle that has no key, under somebody else's."""
    one, stray = arrive(), new_id()
    borrowed = Key.objects.get(handle=one.handle)
    planted = _sealed_for(stray, by=one)
    assert Key.objects.get(handle=one.handle).wrapped == borrowed.wrapped
    assert numbers(shredding.judge(found=[planted], copies=[])) == (0, 0, 0, 1)
    assert numbers(shredding.judge(found=[planted], copies=[], every_key=True)) == (0, 0, 1, 0)


def _sealed_for(handle: str, *, by: Kept) -> Found:
    from touchbase.vault import opening, sealing

    key = opening.keys_of(by.program, [by.handle])[by.handle]
    place = sealing.Place(by.program, handle, Purpose.IDENTITY)
    return Found(handle, Purpose.IDENTITY, sealing.seal(key, place, b"planted"))


def test_a_key_without_its_epoch_is_tried_under_each(disclosed):
    people = arrivals(2)
    disclosed.back_up_database(people)
    disclosed.back_up_vault(AT)
    erase(people[0], at=AT)
    (copy,) = copies_in(disclosed)
    carved = replace(copy, keys=frozenset(replace(row, epoch=None) for row in copy.keys))
    assert numbers(shredding.judge(found=found_in(disclosed), copies=[carved])) == (1, 0, 1, 0)


def test_what_can_only_be_opened_by_parts_of_two_copies_names_both(disclosed):
    people = arrivals(1)
    disclosed.back_up_database(people)
    disclosed.back_up_vault(AT)
    erase(people[0], at=AT)
    now = hours(disclosed, AT + HOUR, WINDOW_HOURS + 1)
    copy = copies_in(disclosed)[0]
    rows, files = replace(copy, name="rows", files=frozenset()), Copy("files", files=copy.files)
    assert numbers(shredding.judge(found=found_in(disclosed), copies=[rows])) == (0, 0, 0, 1)
    verdict = shredding.judge(found=found_in(disclosed), copies=[rows, files])
    assert (numbers(verdict), dict(verdict.copies)) == ((0, 0, 1, 0), {"rows": 1, "files": 1})
    assert now > AT + status.WINDOW


def test_without_the_keys_of_now_nothing_is_said(disclosed):
    disclosed.back_up_database(arrivals(1))
    here.ROOT_KEY_FILE.unlink()
    with pytest.raises(Unavailable):
        judged(disclosed)


def test_the_verdict_is_made_of_numbers_and_of_names_of_copies(disclosed):
    people = arrivals(2)
    disclosed.back_up_database(people)
    disclosed.back_up_vault(AT)
    erase(people[0], at=AT)
    said = repr(judged(disclosed))
    assert [word for word in (*handles(people), HARBOR, people[0].who.name) if word in said] == []


@pytest.mark.parametrize("seed", range(2))
def test_over_three_weeks_of_coming_and_going_both_judges_agree_every_day(disclosed, seed):
    """Copies are kept or lost at random, lawful or not."""
    dice, now, there, erased = random.Random(seed), AT, list[Kept](), list[Kept]()
    for _ in range(21):
        came = [arrive(program=dice.choice([HARBOR, VALLEY]), at=now) for _ in range(dice.randrange(3))]
        disclosed.back_up_database(came)
        there += came
        now = hours(disclosed, now, 1) + dice.choice([5, 11, 23]) * HOUR
        for one in dice.sample(there, dice.randrange(len(there) + 1) // 2):
            erase(one, at=now)
            there.remove(one)
            erased.append(one)
        disclosed.vaults = [entry for entry in disclosed.vaults if dice.random() < 0.8]
        verdict = judged(disclosed)
        innocent = [copy for copy in copies_in(disclosed) if copy.name not in verdict.copies]
        without = shredding.judge(found=found_in(disclosed), copies=innocent)
        assert without.brought_back == 0  # deleting those that are named is enough
        ages = Counter(at for at, _, _ in disclosed.vaults)
        everything = Disclosed(disclosed.folder / new_id(), disclosed.blobs, list(disclosed.vaults))
        everything.back_up_vault(now)
        named = everything.names(root=root())
        assert numbers(verdict) == (
            len(there), 0, len(named & handles(erased)), len(handles(erased) - named)
        ), ages  # fmt: skip
    assert now > AT + 4 * DAY
