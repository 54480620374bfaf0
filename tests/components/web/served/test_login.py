"""The list of readers: addresses and domains, and nothing that only looks like one."""

import pytest
from starlette.requests import HTTPConnection

from components.web.served import login

LIST = "Ann@Example.com, @example.org"


@pytest.mark.parametrize(
    ("user", "enters"),
    [
        ({"email": "ann@example.com", "email_verified": True}, True),
        ({"email": "ann@example.com", "email_verified": "true"}, True),
        ({"email": "ann@example.com", "email_verified": "false"}, False),
        ({"email": "ann@example.com"}, False),
        ({"email": "ANN@EXAMPLE.COM", "email_verified": True}, True),
        ({"email": "anyone@example.org", "email_verified": True}, True),
        ({"email": "bob@example.com", "email_verified": True}, False),
        ({"email": "ann@example.com", "email_verified": False}, False),
        ({"email": "x@sub.example.org", "email_verified": True}, False),
        ({"email": "x@notexample.org", "email_verified": True}, False),
        ({"email": "evil@example.org@elsewhere.com", "email_verified": True}, False),
        ({"email": "evil@elsewhere.com@example.org", "email_verified": True}, False),
        ({"email": "@example.org", "email_verified": True}, False),
        ({"email": ""}, False),
        ({"email": None}, False),
        ({}, False),
    ],
)
def test_who_is_on_the_list(user: dict[str, object], enters: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THESIS_READERS", LIST)
    assert login.may_read(user) is enters


def test_a_provider_that_never_says_verified_can_be_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THESIS_READERS", LIST)
    monkeypatch.setenv("THESIS_TRUST_PROVIDER", "on")
    assert login.may_read({"email": "ann@example.com"})
    assert not login.may_read({"email": "ann@example.com", "email_verified": False})
    assert not login.may_read({"email": "bob@example.com"})


@pytest.mark.parametrize("named", ["", " ", ",", "@"])
def test_where_nobody_is_named_nobody_enters(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THESIS_READERS", named)
    assert not login.may_read({"email": "ann@example.com", "email_verified": True})


def test_without_configuration_there_is_no_door() -> None:
    assert not login.is_on()


def test_a_list_of_readers_without_a_login_lets_nobody_in(monkeypatch: pytest.MonkeyPatch) -> None:
    # As where the secrets file is missing, misspelt or cannot be read.
    monkeypatch.setenv("THESIS_READERS", LIST)
    assert login.is_on()
    assert "nobody is let in" in login.problem()
    forged = {"type": "http", "headers": [(b"cookie", b'_streamlit_user={"is_logged_in": true}')]}
    assert not login.lets_in(HTTPConnection(forged))
    monkeypatch.setenv("THESIS_READERS", "")
    assert login.problem() == ""
    assert login.lets_in(HTTPConnection(forged))
