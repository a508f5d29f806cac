"""Pages of the installation as a whole."""

from django.conf import settings
from django.urls import path

from touchbase.web.site import views

app_name = "site"
urlpatterns = [
    path("", views.home, name="home"),
    path("trust/", views.trust, name="trust"),
    path("healthz", views.healthz, name="healthz"),
]

if settings.DEMO:
    from touchbase.web.site import doors

    urlpatterns += [
        path("demo/", doors.demo, name="demo"),
        path("demo/<slug:program>/", doors.enter, name="door"),
    ]
