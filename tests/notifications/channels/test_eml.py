"""Mail of the demo: files in its own folder, and in no other mode."""

import email
from email import policy

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import get_connection

from tests.canary import FINCH
from touchbase.notifications.channels import mail
from touchbase.notifications.channels.eml import DemoFolder, folder
from touchbase.notifications.channels.mail import BODY_STEP, Letter
from touchbase.notifications.errors import MailFailed
from touchbase.notifications.queries import can_send

LETTER = Letter(FINCH.email, "Touching base", f"Hi {FINCH.name},\n", from_name="Harbor")


@pytest.fixture
def demo(settings, tmp_path):
    settings.DEMO = True
    settings.DATA_DIR = tmp_path
    settings.EMAIL_BACKEND = "touchbase.notifications.channels.eml.DemoFolder"


def test_a_mail_of_the_demo_is_a_file_that_only_this_user_reads(demo):
    mail.send(LETTER)
    mail.send(LETTER)

    files = sorted(folder().iterdir())
    assert folder().stat().st_mode & 0o777 == 0o700
    assert [file.suffix for file in files] == [".eml", ".eml"]
    assert all(len(file.stem) == 26 for file in files)
    read = email.message_from_bytes(files[0].read_bytes(), policy=policy.default)
    assert (read["To"], read["Subject"]) == (FINCH.email, "Touching base")
    assert len(read.get_content().removesuffix("\n").replace("\n", "\r\n")) == BODY_STEP
    assert can_send()


def test_files_are_refused_outside_the_demo(settings, tmp_path):
    settings.DATA_DIR = tmp_path

    with pytest.raises(ImproperlyConfigured):
        DemoFolder()
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_takes_nothing_is_told_without_the_letter(demo, tmp_path):
    (tmp_path / "demo-outbox").write_text("in the way")

    with pytest.raises(MailFailed) as failed:
        mail.send(LETTER)

    assert failed.value.reason == "FileExistsError"
    assert (failed.value.__cause__, failed.value.__context__) == (None, None)


def test_nothing_to_send_writes_nothing(demo):
    assert get_connection().send_messages([]) == 0
    assert not folder().exists()
