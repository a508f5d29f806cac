"""What lasts as long as the installation: sealed under its root key, and nothing else opens it."""

import pytest

from touchbase.vault import lasting
from touchbase.vault.errors import Refused, Unavailable
from touchbase.vault.lasting import Use

SEED = "JBSWY3DPEHPK3PXP"


def test_it_opens_again_and_never_looks_the_same_twice():
    first, second = (
        lasting.seal(use=Use.AUTHENTICATOR, text=SEED),
        lasting.seal(use=Use.AUTHENTICATOR, text=SEED),
    )
    assert lasting.open_(use=Use.AUTHENTICATOR, sealed=first) == SEED
    assert lasting.open_(use=Use.AUTHENTICATOR, sealed=second) == SEED
    assert first != second
    assert SEED not in first


@pytest.mark.parametrize("text", ["", "é", "A", "====", "AAAA", "A" * 80])
def test_what_was_never_sealed_is_refused(text):
    with pytest.raises(Refused):
        lasting.open_(use=Use.AUTHENTICATOR, sealed=text)


def test_one_changed_sign_is_refused():
    sealed = lasting.seal(use=Use.AUTHENTICATOR, text=SEED)
    for place in range(0, len(sealed), 5):
        changed = sealed[:place] + ("A" if sealed[place] != "A" else "B") + sealed[place + 1 :]
        with pytest.raises(Refused):
            lasting.open_(use=Use.AUTHENTICATOR, sealed=changed)


def test_another_installation_cannot_open_it(settings, tmp_path):
    sealed = lasting.seal(use=Use.AUTHENTICATOR, text=SEED)
    settings.ROOT_KEY_FILE = tmp_path / "root.key"
    settings.ROOT_KEY_FILE.write_text("ab" * 32)
    with pytest.raises(Refused):
        lasting.open_(use=Use.AUTHENTICATOR, sealed=sealed)


@pytest.mark.parametrize("content", [None, "", "not a key", "ab" * 31])
def test_without_the_root_key_nothing_is_sealed_or_opened(settings, tmp_path, content):
    sealed = lasting.seal(use=Use.AUTHENTICATOR, text=SEED)
    settings.ROOT_KEY_FILE = tmp_path / "root.key"
    if content is not None:
        settings.ROOT_KEY_FILE.write_text(content)
    with pytest.raises(Unavailable):
        lasting.seal(use=Use.AUTHENTICATOR, text=SEED)
    with pytest.raises(Unavailable):
        lasting.open_(use=Use.AUTHENTICATOR, sealed=sealed)
