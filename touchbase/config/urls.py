"""Every address, by audience. A test walks them all for every role (tests/architecture)."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("t/", include("touchbase.web.private.urls")),
    path("n/news/", include("touchbase.web.private.news_urls")),
    path("n/", include("touchbase.web.private.nominee_urls")),
    path("c/<slug:collaborative>/", include("touchbase.web.faculty.urls")),
    path("account/", include("touchbase.web.account.sign_in_urls")),
    path("account/", include("touchbase.web.account.urls")),
    path("", include("touchbase.web.site.urls")),
    path("<slug:program>/mine/", include("touchbase.web.supporter.urls")),
    path("<slug:program>/desk/", include("touchbase.web.coordinator.urls")),
    path("<slug:program>/numbers/", include("touchbase.web.leadership.urls")),
    path("<slug:program>/", include("touchbase.web.public.urls")),
]

handler400 = "touchbase.web.shared.refusals.bad_request"
handler403 = "touchbase.web.shared.refusals.permission_denied"
handler404 = "touchbase.web.shared.refusals.not_found"
handler429 = "touchbase.web.shared.refusals.too_often"
handler500 = "touchbase.web.shared.refusals.failed"
