"""What a certificate says, and that it is made of what typst carries alone."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories.programs import make_program, policy_text
from touchbase.supporters import certificate
from touchbase.supporters.standing import Needs
from touchbase.supporters.trainings import Learner

pytestmark = pytest.mark.django_db


def learner(hours: str = "4", name: str = "Noor Hale") -> Learner:
    return Learner("m", name, Decimal(hours), Needs.NOTHING, date(2026, 5, 1), None)


def words(hours: str = "4", text: str | None = None) -> certificate.Certificate:
    return certificate.certificate_of(learner(hours), make_program(text).policy, month="May 2026")


@pytest.mark.parametrize(
    ("hours", "sentence"),
    [
        ("4.0", "finished the training of Harbor Peer Support in May 2026, with 4 hours of practice."),
        ("1.5", "finished the training of Harbor Peer Support in May 2026, with 1.5 hours of practice."),
        ("0", "finished the training of Harbor Peer Support in May 2026."),
    ],
)
def test_it_says_which_training_when_and_how_long_where_that_is_known(hours, sentence):
    assert words(hours).sentence == sentence


def test_it_is_signed_by_a_role_and_printed_on_the_paper_of_the_place():
    here = words()
    abroad = words(text=policy_text("inland", program='country = "GB"'))
    assert (here.signature, here.paper, abroad.paper) == ("Program coordinator", "us-letter", "a4")


@pytest.mark.parametrize("name", ["Noor Hale", "#panic() *x* $y$ \\ [z]", "Zoë Łukasiewicz-Ñandú", '"; drop'])
def test_any_name_is_text_and_never_a_formula(name):
    policy = make_program().policy
    file = certificate.pdf(certificate.certificate_of(learner(name=name), policy, month="May 2026"))
    assert (file[:5], b"%%EOF" in file[-16:]) == (b"%PDF-", True)


def test_the_same_words_make_the_same_file_so_that_it_holds_no_moment():
    assert certificate.pdf(words()) == certificate.pdf(words())
