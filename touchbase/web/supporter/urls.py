"""A supporter's own pages."""

from django.urls import path

from touchbase.web.supporter import care, meetings, training, views

app_name = "supporter"
urlpatterns = [
    path("", views.today, name="today"),
    path("words/", views.words, name="words"),
    path("rest/", views.rest, name="rest"),
    path("care/", care.care, name="care"),
    path("care/ask/", care.ask, name="care_ask"),
    path("care/rest/", care.rest, name="care_rest"),
    path("care/settle/", care.settle, name="care_settle"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/<slug:meeting>/calendar/", meetings.calendar, name="meeting_calendar"),
    path("training/", training.training, name="training"),
    path("training/certificate/", training.certificate, name="certificate"),
    path("training/<slug:training>/answer/", training.answer, name="training_answer"),
    path("training/<slug:training>/calendar/", training.calendar, name="training_calendar"),
    path("asks/<slug:handle>/", views.ask, name="ask"),
    path("asks/<slug:handle>/accept/", views.accept, name="accept"),
    path("asks/<slug:handle>/pass/", views.pass_on, name="pass"),
    path("asks/<slug:handle>/touch/", views.touch, name="touch"),
    path("asks/<slug:handle>/answer/", views.answer, name="answer"),
    path("asks/<slug:handle>/talked/", views.talked, name="talked"),
    path("asks/<slug:handle>/check-in/", views.check_in, name="check_in"),
    path("asks/<slug:handle>/close/", views.close, name="close"),
    path("asks/<slug:handle>/undo/", views.undo, name="undo"),
    path("asks/<slug:handle>/give-back/", views.give_back, name="give_back"),
    path("asks/<slug:handle>/erase/", views.erase, name="erase"),
]
