"""A collaborative's pages, for its faculty."""

from django.urls import path

from touchbase.web.faculty import inviting, model, people, views

app_name = "faculty"
urlpatterns = [
    path("", views.home, name="home"),
    path("members/<slug:member>/", views.member, name="member"),
    path("members/<slug:member>/end/", views.end, name="member_end"),
    path("invite/", inviting.invite, name="invite"),
    path("invite/new/", inviting.invite_new, name="invite_new"),
    path("faculty/", people.faculty, name="faculty"),
    path("faculty/invitations/<slug:invitation>/withdraw/", people.withdraw, name="faculty_withdraw"),
    path("faculty/<slug:person>/end/", people.end, name="faculty_end"),
    path("model/", model.model, name="model"),
    path("model/<slug:version>/", model.file, name="model_file"),
]
