"""Any server that speaks WSGI may serve the pages."""

import pytest
from django.test import RequestFactory

from touchbase.config.wsgi import application


# A server's requests open and close connections of their own, so what is read is committed.
@pytest.mark.django_db(transaction=True, databases=["default", "vault"])
def test_a_server_that_loads_the_application_gets_pages(here):
    answered: list[str] = []

    def start(status, headers, _failure=None):
        answered.append(status)
        return lambda _more: None

    environ = RequestFactory().get("/harbor/urgent/", headers={"host": "127.0.0.1"}).environ
    page = b"".join(application(environ, start))
    assert (answered, b"988" in page) == (["200 OK"], True)
