"""The two letters to an address on a program's email list, each with the way off it in one press."""

from datetime import datetime

from django.conf import settings

from touchbase.awareness import news
from touchbase.awareness.news import Subscribed
from touchbase.notifications.catalogue import Template
from touchbase.notifications.messages import Rendered, render
from touchbase.notifications.outbox import Due, Letter
from touchbase.programs import statements
from touchbase.programs.hours import local_day
from touchbase.programs.languages import reading
from touchbase.programs.policy import Policy
from touchbase.programs.queries import program_by_id


def news_to(due: Due, at: datetime) -> Letter | None:
    """The letter, worked out at the moment it is sent; None for a question that is answered already."""
    policy = program_by_id(due.program).policy
    one = news.subscribed(due.handle, local_day(at, policy))
    asks = due.template is Template.NEWS_CONFIRM
    if asks is one.confirmed:
        return None
    text = "" if asks else news.last_text(due.program)
    return list_letter(due.template, policy, text=text, link=link_of(one), address=one.address)


def list_letter(template: Template, policy: Policy, *, text: str, link: str, address: str) -> Letter:
    """A letter to one address of the list, whose page `link` is."""
    asks = template is Template.NEWS_CONFIRM
    written = question(policy, link) if asks else written_news(policy, text, link)
    return Letter(
        address,
        written.subject,
        written.body,
        reply_to=policy.coordinator.email,
        from_name=policy.program.short_name,
        leave=f"{link}leave/",
    )


def link_of(one: Subscribed) -> str:
    """The page on which an address is confirmed, or leaves."""
    return f"{settings.SITE_ADDRESS}/n/news/{one.key}/"


def question(policy: Policy, link: str) -> Rendered:
    """The mail that asks whether it was them."""
    return _written(Template.NEWS_CONFIRM, policy, link)


def written_news(policy: Policy, text: str, link: str) -> Rendered:
    """The news as it goes out: the coordinator's sentences among ours."""
    return _written(Template.NEWS, policy, link, news=text)


def _written(template: Template, policy: Policy, link: str, **more: str) -> Rendered:
    """In the program's usual language: of an address on its list nothing else is known."""
    language = policy.program.languages[0]
    with reading(language):
        fields = _fields(policy, link)
    return render(template, language, {**fields, **more})


def _fields(policy: Policy, link: str) -> dict[str, str]:
    return {
        "program_name": policy.program.name,
        "org_name": policy.program.organization,
        "program_link": f"{settings.SITE_ADDRESS}/{policy.slug}/",
        "coordinator_title": policy.coordinator.title,
        "coordinator_phone": policy.coordinator.phone,
        "urgent_line": statements.urgent_line(policy),
        "link": link,
    }
