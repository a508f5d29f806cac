"""A supporter's own pages."""

from django.urls import path

from touchbase.web.supporter import days, profile, tallying, views

app_name = "supporter"
urlpatterns = [
    path("", views.today, name="today"),
    path("words/", views.words, name="words"),
    path("rest/", days.rest, name="rest"),
    path("availability/", days.availability, name="availability"),
    path("availability/away/", days.away, name="away"),
    path("profile/", profile.edit, name="profile"),
    path("profile/apart/", profile.apart, name="apart"),
    path("tally/", tallying.tallying, name="tally"),
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
