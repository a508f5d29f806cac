"""Every address, by audience. A test walks them all for every role (tests/architecture)."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
