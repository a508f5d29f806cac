"""Reading one typed line: a name, a phone number, an email address. Pure.

A sentence says what to do next and never repeats what was typed. It is marked for translation here and
translated by the page that shows it.
"""

import re
import unicodedata

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

from touchbase.kernel.errors import DomainError

NAME_LENGTH = 60
MOST_WORDS = 6  # "Dr. Maria del Carmen Vale Ortega" is a name; seven words begin to be a story
_EMAIL_LENGTH = 254  # RFC 5321, section 4.5.3.1.3
_LOCAL_LENGTH = 64

_BREAKS = re.compile(r"[\n\r\v\f\x85\u2028\u2029]")
# What may stand before the point of an abbreviation, besides whatever is as short as "Dr" or "Jr".
_LONG_TITLES = frozenset({"prof"})
_SHORT = 3
_ENDS_A_SENTENCE = re.compile(r"[!?;\u2026\u3002\uff01\uff1f]|\.\.")
_PHONE = re.compile(r"[\d\s().+/\u2010-\u2015-]*\d[\d\s().+/\u2010-\u2015-]*")
_EXTENSION = re.compile(r"(?:x|ext)[\s.]*\d+$", re.IGNORECASE)
_LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]*[a-z][a-z0-9-]*[a-z0-9]")


def marked(sentence: str) -> str:
    """The sentence itself; translators find it by this mark."""
    return sentence


_ = marked


class Unclear(DomainError):
    """Something typed can't be used as it is.

    `field` is the form's own name for it; `sentence` is to be translated, and then takes `values` in braces.
    """

    code = "unclear"

    def __init__(self, field: str, sentence: str, **values: str) -> None:
        super().__init__(sentence.format(**values))
        self.field = field
        self.sentence = sentence
        self.values = values


def name_from(text: str, *, field: str = "name") -> str:
    """What to call somebody: 1 to 60 signs on one line, and no story. Raises `Unclear`."""
    name = _one_line(text, field)
    if not name:
        raise Unclear(field, _("Tell us what to call you. A first name is enough."))
    return _only_a_name(name, field, _("Just what we should call you. Please leave out what happened."))


def their_name_from(text: str, *, field: str = "name") -> str:
    """What somebody else goes by, held to the same. Raises `Unclear`."""
    name = _one_line(text, field)
    if not name:
        raise Unclear(field, _("Tell us what they go by. A first name is enough."))
    return _only_a_name(name, field, _("Just what they go by. Please leave out what happened."))


def contact_from(text: str, *, country: str, field: str) -> str:
    """Any way to reach somebody, a number or an address, or nothing. Raises `Unclear`."""
    if not text.strip():
        return ""
    return (
        email_from(text, field=field)
        if "@" in text
        else phone_from(text, country=country, texts=False, field=field)
    )


def optional_name_from(text: str, *, field: str) -> str:
    """Somebody else's name, or nothing (ruling C13). Raises `Unclear` for anything longer."""
    name = _one_line(text, field)
    return _only_a_name(name, field, _("Just the person's name. Please leave out why.")) if name else ""


def phone_from(text: str, *, country: str, texts: bool, field: str = "contact") -> str:
    """A phone number as E.164, read as people write it in `country`. `texts`: it must take them.

    Raises `Unclear`.
    """
    typed = _one_line(text, field)
    if _EXTENSION.search(typed):
        raise Unclear(field, _("Enter a number that reaches you without an extension."))
    try:
        number = phonenumbers.parse(typed, country) if _PHONE.fullmatch(typed) else None
    except NumberParseException:
        number = None
    usable = number is not None and phonenumbers.is_valid_number(number)
    if number is None or not usable or (texts and _takes_no_texts(number)):
        raise _another_number(field, country, texts=texts)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def email_from(text: str, *, field: str = "contact") -> str:
    """An email address in small letters. Raises `Unclear`."""
    address = _one_line(text, field).lower()
    local, _at, domain = address.rpartition("@")
    fits = len(local) <= _LOCAL_LENGTH and len(address) <= _EMAIL_LENGTH
    if not (fits and _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain)):
        raise Unclear(field, _("Enter one email address, like name@example.org."))
    return address


def example_number(country: str) -> str:
    """A number nobody has, as it is written in a country; empty where none is known."""
    example = phonenumbers.example_number_for_type(country, PhoneNumberType.MOBILE)
    return phonenumbers.format_number(example, PhoneNumberFormat.NATIONAL) if example else ""


def _another_number(field: str, country: str, *, texts: bool) -> Unclear:
    number = example_number(country)
    if not number:
        return Unclear(field, _("Enter a phone number with its country code, beginning with +."))
    if texts:
        return Unclear(field, _("Enter a mobile number, like {number}."), number=number)
    return Unclear(field, _("Enter a phone number, like {number}."), number=number)


def _takes_no_texts(number: PhoneNumber) -> bool:
    """Where a country tells the two apart. In the US every number may be either."""
    return phonenumbers.number_type(number) == PhoneNumberType.FIXED_LINE


def _one_line(text: str, field: str) -> str:
    """Typed text in its usual form, without what nobody sees. A second line is never dropped silently."""
    stripped = text.strip()
    if _BREAKS.search(stripped):
        raise Unclear(field, _("Write this on one line."))
    seen = "".join(" " if sign == "\t" else sign for sign in stripped if sign == "\t" or not _unseen(sign))
    return " ".join(unicodedata.normalize("NFC", seen).split())


def _unseen(sign: str) -> bool:
    """Control, bidi and other hidden signs. The joiners stay: names and emoji are written with them."""
    return sign not in "\u200c\u200d" and unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co"}


def _only_a_name(name: str, field: str, story: str) -> str:
    if not any(unicodedata.category(sign)[0] in "LNS" for sign in name):
        raise Unclear(field, _("Write this with letters."))
    if len(name) > NAME_LENGTH or len(name.split()) > MOST_WORDS or _reads_like_a_story(name):
        raise Unclear(field, story)
    return name


def _reads_like_a_story(name: str) -> bool:
    """A digit, an address, or the end of a sentence. "Dr. J.R. Vale, Jr." has points and none of these."""
    if "@" in name or "://" in name or _ENDS_A_SENTENCE.search(name):
        return True
    if any(unicodedata.category(sign) == "Nd" for sign in name):
        return True
    return any(_ends_sentence(word) for word in name.replace(",", " ").split())


def _ends_sentence(word: str) -> bool:
    before = word.removesuffix(".").rpartition(".")[2]
    return word.endswith(".") and len(before) > _SHORT and before.lower() not in _LONG_TITLES
