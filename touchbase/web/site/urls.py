"""The addresses of this audience."""

from django.urls import URLPattern

app_name = "site"
urlpatterns: list[URLPattern] = []
