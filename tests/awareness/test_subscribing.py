"""The email list: nobody is on it who didn't press, everybody leaves by one press, nobody learns who is."""

from datetime import timedelta

import pytest

from tests.factories.paths import NOON
from touchbase.awareness import news, subscribing
from touchbase.awareness.models import Bulletin, Subscriber
from touchbase.kernel.errors import DomainError, NotFound
from touchbase.notifications.models import Outgoing
from touchbase.programs.models import Program

pytestmark = pytest.mark.django_db

TODAY = NOON.date()
NOOR = "noor.hale@harbor.example.org"


def ask(here, address: str = NOOR, at=NOON) -> str:
    subscribing.ask(program_id=here.id, address=address, at=at)
    return Subscriber.objects.get(program_id=here.id, address=address).id


def on_the_list(here, address: str = NOOR) -> str:
    key = ask(here, address)
    subscribing.confirm(key=key, at=NOON)
    return key


def waiting() -> list[tuple[str, str]]:
    return sorted(Outgoing.objects.values_list("handle", "template"))


def send(here, text: str = "We are at grand rounds.", at=NOON) -> int:
    return subscribing.send(program_id=here.id, text=text, by="robin", at=at)


def test_asking_alone_puts_nobody_on_the_list(mailed):
    key = ask(mailed)
    assert (news.how_many(mailed.id), waiting()) == (0, [(key, "news-confirm")])


def test_a_press_does_and_a_second_one_changes_nothing(mailed):
    key = ask(mailed)
    for _time in range(2):
        subscribing.confirm(key=key, at=NOON)
    assert (news.how_many(mailed.id), news.subscribed(key, TODAY).confirmed) == (1, True)


def test_an_address_that_is_on_the_list_is_not_written_to_again(mailed):
    key = on_the_list(mailed)
    Outgoing.objects.all().delete()
    assert (ask(mailed), waiting()) == (key, [])


def test_an_address_is_asked_three_times_at_most(mailed):
    sent = 0
    for _time in range(5):
        ask(mailed)
        sent += len(waiting())
        Outgoing.objects.all().delete()
    assert sent == subscribing.MOST_MAILS


def test_what_nobody_confirms_is_forgotten_after_three_days_with_its_mail(mailed):
    key, stays = ask(mailed), on_the_list(mailed, "ida@harbor.example.org")
    last = TODAY + timedelta(days=subscribing.KEPT_DAYS)
    subscribing.clear_ended(today=last)
    assert Subscriber.objects.count() == 2
    subscribing.clear_ended(today=last + timedelta(days=1))
    assert (list(Subscriber.objects.values_list("id", flat=True)), key in dict(waiting())) == ([stays], False)


def test_a_press_that_comes_too_late_finds_nothing(mailed):
    key = ask(mailed)
    late = NOON + timedelta(days=subscribing.KEPT_DAYS + 1)
    for attempt in (lambda: subscribing.confirm(key=key, at=late), lambda: news.subscribed("x1", TODAY)):
        with pytest.raises(NotFound, match="Nothing of it is kept"):
            attempt()
    assert news.how_many(mailed.id) == 0


def test_leaving_takes_the_address_and_what_waits_for_it_and_may_be_repeated(mailed):
    key = on_the_list(mailed)
    send(mailed)
    for _time in range(2):
        subscribing.leave(key=key)
    assert (Subscriber.objects.count(), waiting()) == (0, [])


def test_news_goes_to_those_who_pressed_and_to_no_other_program(mailed, elsewhere):
    keys = [on_the_list(mailed, f"{name}@harbor.example.org") for name in ("ida", "noor")]
    ask(mailed, "silent@harbor.example.org")
    on_the_list(elsewhere, "lee@inland.example.org")
    Outgoing.objects.all().delete()
    assert send(mailed) == 2
    assert waiting() == sorted((key, "news") for key in keys)
    assert (news.last_sent(mailed.id), news.last_text(mailed.id)) == (TODAY, "We are at grand rounds.")


def test_news_is_spread_over_the_next_hours_by_day(mailed):
    for n in range(30):
        on_the_list(mailed, f"n{n}@harbor.example.org")
    Outgoing.objects.all().delete()
    send(mailed)
    moments = set(Outgoing.objects.values_list("not_before", flat=True))
    assert len(moments) > 1
    assert NOON <= min(moments) <= max(moments) <= NOON + subscribing.SPREAD


def test_news_goes_out_once_a_day_and_only_the_last_is_kept(mailed):
    on_the_list(mailed)
    send(mailed, "First.")
    with pytest.raises(DomainError, match="today already"):
        send(mailed, "Second.")
    send(mailed, "Third.", NOON + timedelta(days=1))
    assert list(Bulletin.objects.values_list("text", flat=True)) == ["Third."]


def test_there_must_be_a_list_a_mail_server_and_somebody_on_it(mailed, elsewhere, settings):
    with pytest.raises(DomainError, match="Nobody is on the list yet"):
        send(mailed)
    on_the_list(mailed)
    on_the_list(elsewhere)
    with pytest.raises(DomainError, match="has no email list"):
        send(elsewhere)
    settings.SMTP_ADDRESS = ""
    with pytest.raises(DomainError, match="no mail server"):
        send(mailed)
    assert not Bulletin.objects.exists()


def test_a_program_that_ends_keeps_no_address_and_no_news(mailed, elsewhere):
    on_the_list(mailed)
    send(mailed)
    on_the_list(elsewhere)
    assert subscribing.clear_all(program_id=mailed.id) == 1
    assert list(Subscriber.objects.values_list("program", flat=True)) == [elsewhere.id]
    assert (news.last_sent(mailed.id), Program.objects.count()) == (None, 2)
    with pytest.raises(NotFound):
        news.last_text(mailed.id)


@pytest.mark.parametrize("typed", [" Noor.Hale@Harbor.example.org ", NOOR])
def test_an_address_is_kept_in_small_letters(typed):
    assert news.address_from(typed) == NOOR


@pytest.mark.parametrize(
    "typed", ["", "noor at harbor", "nöör@harbor.example.org", f"{'a' * 250}@x.example.org"]
)
def test_what_is_no_address_gets_a_sentence(typed):
    with pytest.raises(DomainError, match="Enter an email address"):
        news.address_from(typed)


def test_the_text_is_capped_and_has_nothing_hidden():
    assert news.text_from("  Two   words \r\n and a line ") == "Two words\nand a line"
    for typed, sentence in (("  ", "Write what is new"), ("a" * 401, "400"), ("a\u202eb", "hidden")):
        with pytest.raises(DomainError, match=sentence):
            news.text_from(typed)
