"""The coordinator's desk."""

from django.urls import path

from touchbase.web.coordinator import entering, mending, roster, views

app_name = "coordinator"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("board/", views.board, name="board"),
    path("acts/", views.acts, name="acts"),
    path("roster/", roster.roster, name="roster"),
    path("roster/publish/", roster.publish, name="roster_publish"),
    path("roster/<slug:day>/", roster.day, name="roster_day"),
    path("board/new/", entering.new, name="new"),
    path("board/<slug:handle>/", views.referral, name="referral"),
    path("board/<slug:handle>/everyone/", views.everyone, name="everyone"),
    path("board/<slug:handle>/match/", views.match, name="match"),
    path("board/<slug:handle>/name/", views.show_name, name="name"),
    path("board/<slug:handle>/another/", views.another, name="another"),
    path("board/<slug:handle>/reassign/", views.reassign, name="reassign"),
    path("board/<slug:handle>/link/", views.new_link, name="link"),
    path("board/<slug:handle>/contact/", mending.contact, name="contact"),
    path("board/<slug:handle>/referrer/", views.ask_referrer, name="referrer"),
    path("board/<slug:handle>/join/", mending.join, name="join"),
    path("board/<slug:handle>/keep-apart/", mending.keep_apart, name="keep_apart"),
    path("board/<slug:handle>/elsewhere/", mending.redirect_elsewhere, name="elsewhere"),
    path("board/<slug:handle>/release/", views.release, name="release"),
    path("board/<slug:handle>/close/", views.close, name="close"),
    path("board/<slug:handle>/undo/", views.undo, name="undo"),
    path("board/<slug:handle>/erase/", views.erase, name="erase"),
]
