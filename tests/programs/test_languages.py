"""Which languages may be shown: English, and what somebody has read whole and put their name to (B40)."""

from pathlib import Path

import pytest
from polib import POEntry, POFile

from tests.factories.programs import policy_text
from touchbase.programs import languages
from touchbase.programs.files import parse

WHOLE = {"X-Reviewed-By": "Coordinator of Interpreter Services", "X-Reviewed-On": "2027-01-15"}


@pytest.fixture
def catalogue(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """A function that puts a Spanish catalogue with this head in place of ours."""

    def put(**head: str) -> None:
        place = tmp_path / "es/LC_MESSAGES"
        place.mkdir(parents=True)
        made = POFile()
        made.metadata = {"Content-Type": "text/plain; charset=UTF-8", **head}
        made.append(POEntry(msgid="Urgent help", msgstr="Ayuda urgente"))
        made.save_as_mofile(str(place / "django.mo"))
        monkeypatch.setattr(languages, "LOCALES", tmp_path)
        languages.catalogues.cache_clear()

    yield put
    languages.catalogues.cache_clear()


@pytest.mark.parametrize(
    ("head", "spoken"),
    [
        (WHOLE, ("en", "es")),
        ({"X-Reviewed-By": WHOLE["X-Reviewed-By"]}, ("en",)),
        ({"X-Reviewed-On": WHOLE["X-Reviewed-On"]}, ("en",)),
        ({"X-Reviewed-By": " ", "X-Reviewed-On": "2027-01-15"}, ("en",)),
        ({}, ("en",)),
    ],
)
def test_a_language_is_spoken_once_its_head_says_who_read_it_and_when(catalogue, head, spoken):
    catalogue(**head)
    assert languages.spoken() == spoken


def test_no_catalogue_is_no_language(monkeypatch, tmp_path):
    monkeypatch.setattr(languages, "LOCALES", tmp_path)
    languages.catalogues.cache_clear()
    assert languages.spoken() == ("en",)
    languages.catalogues.cache_clear()


def test_whoever_is_to_review_it_sees_it_in_a_demo_that_was_asked_to(catalogue, settings):
    catalogue()
    settings.SHOWS_UNREVIEWED = True
    assert languages.spoken() == ("en", "es")


@pytest.mark.parametrize(
    ("listed", "read"),
    [
        ('["en"]', ("en",)), ('["en", "es"]', ("en", "es")), ('["es", "en"]', ("es", "en")),
        ('["fr", "es"]', ("en", "es")), ('["en", "fr"]', ("en",)),
    ],
)  # fmt: skip
def test_a_program_is_read_in_those_of_its_languages_that_may_be_shown(reviewed, listed, read):
    policy = parse(policy_text(program=f"languages = {listed}"), file="harbor.toml")
    assert languages.languages_of(policy) == read


def test_a_language_is_called_what_its_speakers_call_it():
    assert [languages.name_of(one) for one in ("es", "en", "xx")] == ["Español", "English", "xx"]
