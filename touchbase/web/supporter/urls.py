"""A supporter's own pages."""

from django.urls import path

from touchbase.web.supporter import around, beginning, days, duty, profile, tallying, views

app_name = "supporter"
urlpatterns = [
    path("", views.today, name="today"),
    path("words/", views.words, name="words"),
    path("leave/", around.leave, name="leave"),
    path("duty/", duty.duty, name="duty"),
    path("duty/swaps/<slug:swap>/", duty.answer, name="duty_answer"),
    path("duty/<slug:day>/", duty.day, name="duty_day"),
    path("duty/<slug:day>/ask/", duty.ask, name="duty_ask"),
    path("duty/<slug:day>/back/", duty.back, name="duty_back"),
    path("duty/<slug:day>/keep/", duty.keep, name="duty_keep"),
    path("rest/", days.rest, name="rest"),
    path("availability/", days.availability, name="availability"),
    path("availability/away/", days.away, name="away"),
    path("profile/", profile.edit, name="profile"),
    path("profile/apart/", profile.apart, name="apart"),
    path("tally/", tallying.tallying, name="tally"),
    path("new/", beginning.new, name="new"),
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
    path("asks/<slug:handle>/safety/", around.safety_steps, name="safety"),
    path("asks/<slug:handle>/onward/", around.onward, name="onward"),
    path("asks/<slug:handle>/legal/", around.legal, name="legal"),
    path("asks/<slug:handle>/wrong-contact/", views.wrong_contact, name="wrong_contact"),
    path("asks/<slug:handle>/erase/", views.erase, name="erase"),
]
