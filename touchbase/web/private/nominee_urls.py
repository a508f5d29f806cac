"""The pages of somebody who was named as a supporter. The address names no program."""

from django.urls import path

from touchbase.web.private import nominee

app_name = "nominee"
urlpatterns = [
    path("", nominee.note, name="note"),
    path("more/", nominee.more, name="more"),
    path("not-for-me/", nominee.not_for_me, name="not_for_me"),
    path("<str:token>/", nominee.enter, name="enter"),
]
