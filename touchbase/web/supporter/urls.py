"""A supporter's own pages."""

from django.urls import path

from touchbase.web.supporter import beginning, views

app_name = "supporter"
urlpatterns = [
    path("", views.today, name="today"),
    path("words/", views.words, name="words"),
    path("new/", beginning.new, name="new"),
    path("rest/", views.rest, name="rest"),
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
    path("asks/<slug:handle>/wrong-contact/", views.wrong_contact, name="wrong_contact"),
    path("asks/<slug:handle>/erase/", views.erase, name="erase"),
]
