"""The coordinator's desk."""

from django.urls import path

from touchbase.web.coordinator import events, views

app_name = "coordinator"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("board/", views.board, name="board"),
    path("acts/", views.acts, name="acts"),
    path("events/<slug:batch>/", events.event, name="event"),
    path("events/<slug:batch>/release/", events.release, name="event-release"),
    path("events/<slug:batch>/ask/", events.ask, name="event-ask"),
    path("board/<slug:handle>/", views.referral, name="referral"),
    path("board/<slug:handle>/everyone/", views.everyone, name="everyone"),
    path("board/<slug:handle>/match/", views.match, name="match"),
    path("board/<slug:handle>/name/", views.show_name, name="name"),
    path("board/<slug:handle>/reassign/", views.reassign, name="reassign"),
    path("board/<slug:handle>/link/", views.new_link, name="link"),
    path("board/<slug:handle>/release/", views.release, name="release"),
    path("board/<slug:handle>/close/", views.close, name="close"),
    path("board/<slug:handle>/undo/", views.undo, name="undo"),
    path("board/<slug:handle>/erase/", views.erase, name="erase"),
]
