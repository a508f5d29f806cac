"""A collaborative's pages, for its faculty."""

from django.urls import path

from touchbase.web.faculty import views

app_name = "faculty"
urlpatterns = [
    path("", views.home, name="home"),
]
