"""What a browser may keep, tell and use of our pages."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from touchbase.web.shared.audience import Audience, access_of

_NOT_USED = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope",
    "idle-detection", "magnetometer", "microphone", "midi", "payment", "serial", "usb",
)  # fmt: skip
PERMISSIONS = ", ".join(f"{feature}=()" for feature in _NOT_USED)
YEAR = 365 * 24 * 60 * 60


class PrivacyHeaders:
    """Private and desk pages are kept nowhere and named to nobody; public ones may be named to ourselves.

    A public form needs to be named to ourselves: under `no-referrer` browsers say `Origin: null`, and
    `SameOriginWrites` could not tell an older one from another site.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Add what the view left out; a view may be stricter."""
        answer = self.get_response(request)
        for name, value in _headers(is_public=_is_public(request)).items():
            answer.headers.setdefault(name, value)
        return answer


def _is_public(request: HttpRequest) -> bool:
    match = request.resolver_match
    access = access_of(match.func) if match else None
    return access is not None and access.audience is Audience.PUBLIC


def _headers(*, is_public: bool) -> dict[str, str]:
    headers = {
        "Permissions-Policy": PERMISSIONS,
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin" if is_public else "no-referrer",
    }
    if not is_public:
        headers["Cache-Control"] = "no-store"
    if settings.DEMO or not is_public:  # invented pages under real names stay out of indexes (ruling C16)
        headers["X-Robots-Tag"] = "noindex, nofollow"
    if settings.SITE_ADDRESS.startswith("https://"):
        headers["Strict-Transport-Security"] = f"max-age={YEAR}"
    return headers
