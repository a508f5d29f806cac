"""The recipient's own pages. The address names no program, and no link stays in it (ruling C3)."""

from django.urls import path

from touchbase.web.private import views

app_name = "private"
urlpatterns = [
    path("", views.note, name="note"),
    path("answer/", views.answer, name="answer"),
    path("another/", views.another, name="another"),
    path("list/", views.send_list, name="list"),
    path("check-in/", views.check_in, name="check_in"),
    path("onward/", views.onward, name="onward"),
    path("erase/", views.erase, name="erase"),
    path("not-me/", views.not_me, name="not_me"),
    path("<str:token>/", views.enter, name="enter"),
]
