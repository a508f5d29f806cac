"""The addresses of this audience, under `<program>/numbers/`."""

from django.urls import URLPattern, path, re_path

from touchbase.web.leadership import value, views

app_name = "leadership"
_HALF = r"^(?P<half_year>\d{4}-H[12])/"
urlpatterns: list[URLPattern] = [
    path("", views.numbers, name="numbers"),
    path("csv/", views.file, name="file"),
    path("pdf/", views.sheet, name="sheet"),
    path("definitions/", views.definitions, name="definitions"),
    path("value/", value.value, name="value"),
    re_path(f"{_HALF}$", views.release, name="release"),
    re_path(f"{_HALF}csv/$", views.release_file, name="release_file"),
    re_path(f"{_HALF}pdf/$", views.release_sheet, name="release_sheet"),
]
