"""The pages of an address on a program's email list. Proxies leave them out of their logs, as all of /n/."""

from django.urls import path

from touchbase.web.private import news

app_name = "news"
urlpatterns = [
    path("<slug:key>/", news.page, name="page"),
    path("<slug:key>/confirm/", news.confirm, name="confirm"),
    path("<slug:key>/leave/", news.leave, name="leave"),
]
