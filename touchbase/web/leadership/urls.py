"""The addresses of this audience."""

from django.urls import URLPattern

app_name = "leadership"
urlpatterns: list[URLPattern] = []
