"""A collaborative's pages, for its faculty."""

from django.urls import path, re_path

from touchbase.web.faculty import (
    consults,
    events,
    inviting,
    library,
    model,
    numbers,
    people,
    sessions,
    views,
)

app_name = "faculty"
_HALF = r"^numbers/(?P<half_year>\d{4}-H[12])/"
urlpatterns = [
    path("", views.home, name="home"),
    path("members/<slug:member>/", views.member, name="member"),
    path("members/<slug:member>/end/", views.end, name="member_end"),
    path("invite/", inviting.invite, name="invite"),
    path("invite/new/", inviting.invite_new, name="invite_new"),
    path("faculty/", people.faculty, name="faculty"),
    path("faculty/invitations/<slug:invitation>/withdraw/", people.withdraw, name="faculty_withdraw"),
    path("faculty/<slug:person>/end/", people.end, name="faculty_end"),
    path("consults/", consults.consults, name="consults"),
    path("consults/<slug:consult>/take/", consults.take, name="consult_take"),
    path("consults/<slug:consult>/back/", consults.put_back, name="consult_back"),
    path("consults/<slug:consult>/done/", consults.done, name="consult_done"),
    path("events/", events.events, name="events"),
    path("events/<slug:event>/", events.event, name="event"),
    path("events/<slug:event>/cancel/", events.cancel, name="event_cancel"),
    path("events/<slug:event>/calendar/", events.calendar, name="event_calendar"),
    path("library/", library.library, name="library"),
    path("library/<slug:document_key>/", library.one, name="document"),
    path("library/<slug:document_key>/check/", library.check, name="document_check"),
    path("library/<slug:document_key>/remove/", library.remove, name="document_remove"),
    path("sessions/", sessions.sessions, name="sessions"),
    path("sessions/<slug:session>/", sessions.session, name="session"),
    path("sessions/<slug:session>/cancel/", sessions.cancel, name="session_cancel"),
    path("sessions/<slug:session>/calendar/", sessions.calendar, name="session_calendar"),
    path("model/", model.model, name="model"),
    path("model/<slug:version>/", model.file, name="model_file"),
    path("numbers/", numbers.numbers, name="numbers"),
    path("numbers/csv/", numbers.file, name="numbers_file"),
    re_path(f"{_HALF}$", numbers.release, name="numbers_release"),
    re_path(f"{_HALF}csv/$", numbers.release_file, name="numbers_release_file"),
]
