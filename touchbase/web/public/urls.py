"""The pages of a program that are open to everybody."""

from django.urls import path

from touchbase.web.public import asking, event, views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("talk/", asking.talk, name="talk"),
    path("talk/cancel/", asking.cancel, name="cancel"),
    path("event/", event.event, name="event"),
    path("urgent/", views.urgent, name="urgent"),
    path("promise/", views.promise, name="promise"),
    path("questions/", views.questions, name="questions"),
    path("brand.css", views.brand, name="brand"),
]
