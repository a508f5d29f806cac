"""The coordinator's desk."""

from django.urls import path

from touchbase.web.coordinator import care, entering, meetings, mending, nominations, roster, training, views

app_name = "coordinator"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("board/", views.board, name="board"),
    path("acts/", views.acts, name="acts"),
    path("roster/", roster.roster, name="roster"),
    path("roster/publish/", roster.publish, name="roster_publish"),
    path("roster/<slug:day>/", roster.day, name="roster_day"),
    path("board/new/", entering.new, name="new"),
    path("care/", care.care, name="care"),
    path("care/settle/", care.settle, name="care_settle"),
    path("care/lead/", care.lead, name="care_lead"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/<slug:meeting>/", meetings.meeting, name="meeting"),
    path("meetings/<slug:meeting>/held/", meetings.held, name="meeting_held"),
    path("meetings/<slug:meeting>/cancel/", meetings.cancel, name="meeting_cancel"),
    path("meetings/<slug:meeting>/calendar/", meetings.calendar, name="meeting_calendar"),
    path("nominations/", nominations.nominations, name="nominations"),
    path("nominations/<slug:nomination>/invite/", nominations.invite, name="nomination_invite"),
    path("nominations/<slug:nomination>/aside/", nominations.aside, name="nomination_aside"),
    path("training/", training.trainings, name="trainings"),
    path("training/<slug:training>/", training.training, name="training"),
    path("training/<slug:training>/invite/", training.invite, name="training_invite"),
    path("training/<slug:training>/came/", training.came, name="training_came"),
    path("training/<slug:training>/cancel/", training.cancel, name="training_cancel"),
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
