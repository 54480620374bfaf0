"""The list of readers: addresses and domains, and nothing that only looks like one."""

import pytest

from components.web.served import login

LIST = "Ann@Example.com, @example.org"


@pytest.mark.parametrize(
    ("user", "enters"),
    [
        ({"email": "ann@example.com"}, True),
        ({"email": "ANN@EXAMPLE.COM", "email_verified": True}, True),
        ({"email": "anyone@example.org"}, True),
        ({"email": "bob@example.com"}, False),
        ({"email": "ann@example.com", "email_verified": False}, False),
        ({"email": "x@sub.example.org"}, False),
        ({"email": "x@notexample.org"}, False),
        ({"email": "evil@example.org@elsewhere.com"}, False),
        ({"email": "evil@elsewhere.com@example.org"}, False),
        ({"email": "@example.org"}, False),
        ({"email": ""}, False),
        ({"email": None}, False),
        ({}, False),
    ],
)
def test_who_is_on_the_list(user: dict[str, object], enters: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THESIS_READERS", LIST)
    assert login.may_read(user) is enters


@pytest.mark.parametrize("named", ["", " ", ",", "@"])
def test_where_nobody_is_named_nobody_enters(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THESIS_READERS", named)
    assert not login.may_read({"email": "ann@example.com"})


def test_without_configuration_there_is_no_door() -> None:
    assert not login.is_on()
