"""A collaborative's pages, for its faculty."""

from django.urls import path, re_path

from touchbase.web.faculty import inviting, model, numbers, people, views

app_name = "faculty"
_HALF = r"^numbers/(?P<half_year>\d{4}-H[12])/"
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
    path("numbers/", numbers.numbers, name="numbers"),
    path("numbers/csv/", numbers.file, name="numbers_file"),
    re_path(f"{_HALF}$", numbers.release, name="numbers_release"),
    re_path(f"{_HALF}csv/$", numbers.release_file, name="numbers_release_file"),
]
