"""The pages of a program that are open to everybody."""

from django.urls import path

from touchbase.web.public import asking, directory, event, feedback, language, naming, news, views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("talk/", asking.talk, name="talk"),
    path("talk/cancel/", asking.cancel, name="cancel"),
    path("resources/", views.resources, name="resources"),
    path("peers/", directory.peers, name="peers"),
    path("peers/<slug:listing>/", directory.peer, name="peer"),
    path("refer/", asking.refer, name="refer"),
    path("nominate/", naming.nominate, name="nominate"),
    path("join/", naming.join, name="join"),
    path("event/", event.event, name="event"),
    path("news/", news.news, name="news"),
    path("feedback/", feedback.feedback, name="feedback"),
    path("urgent/", views.urgent, name="urgent"),
    path("promise/", views.promise, name="promise"),
    path("questions/", views.questions, name="questions"),
    path("language/", language.choose, name="language"),
    path("brand.css", views.brand, name="brand"),
]
