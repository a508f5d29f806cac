"""A collaborative's pages, for its faculty."""

from django.urls import path

from touchbase.web.faculty import consults, events, inviting, library, people, sessions, views

app_name = "faculty"
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
]
