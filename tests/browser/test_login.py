"""Who gets in, with a provider of OpenID Connect of the test's own: nothing is seen without a login."""

from collections.abc import Iterator
from typing import Any

import httpx2
import oidc_provider_mock
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit
from tests.browser.server import free_port, running

pytestmark = pytest.mark.browser

FIGURES = ("111.37", "190 to 205", "Alibaba")
PEOPLE = {"ann@example.com": True, "bob@example.com": True, "eve@elsewhere.org": True, "joe@example.com": False}
SECRET = "not-so-secret-but-long-enough-for-a-test-of-cookies"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """A provider that knows four people."""
    with oidc_provider_mock.run_server_in_thread() as server:
        address = f"http://127.0.0.1:{server.server_port}"
        for name, verified in PEOPLE.items():
            claims: dict[str, Any] = {"email": name, "email_verified": verified, "name": name.split("@")[0]}
            httpx2.put(f"{address}/users/{name}", json=claims).raise_for_status()
        yield address


@pytest.fixture(scope="module")
def address(provider: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The dashboard with login switched on, by configuration alone."""
    folder = tmp_path_factory.mktemp("login")
    port = free_port()
    secrets = folder / "secrets.toml"
    secrets.write_text(
        f'[auth]\nredirect_uri = "http://127.0.0.1:{port}/oauth2callback"\ncookie_secret = "{SECRET}"\n'
        f'client_id = "dashboard"\nclient_secret = "of the test"\n'
        f'server_metadata_url = "{provider}/.well-known/openid-configuration"\n',
        encoding="utf-8",
    )
    environment = {
        "STREAMLIT_SECRETS_FILES": str(secrets),
        "STREAMLIT_SERVER_PORT": str(port),
        "THESIS_READERS": "@example.com",
    }
    with running(folder, environment) as server:
        yield server.address
    log = (folder / "server.log").read_text(encoding="utf-8")
    assert SECRET not in log
    assert "of the test" not in log


def log_in(page: Page, address: str, name: str, path: str = "") -> None:
    page.goto(f"{address}/{path}")
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/oauth2/authorize**")
    page.get_by_role("textbox").fill(name)
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(f"{address}/**")


@pytest.mark.parametrize("path", ["", "upside", "claims", "scenarios", "articles", "thesis", "methods"])
def test_without_a_login_a_page_shows_a_button_and_no_figure(page: Page, address: str, path: str) -> None:
    document = httpx2.get(f"{address}/{path}").text
    assert not [figure for figure in FIGURES if figure in document]
    page.goto(f"{address}/{path}")
    expect(page.get_by_role("button", name="Log in")).to_be_visible()
    assert not [figure for figure in FIGURES if figure in page.content()]


@pytest.mark.parametrize(
    "path", ["sweeps/upside/bull_target", "charts/all", "charts/upside", "metrics", "media/x.html", "anything"]
)
def test_nothing_that_is_served_has_figures_without_a_login(address: str, path: str) -> None:
    for cookies in ({}, {"_streamlit_user": "forged"}, {"_streamlit_user": '{"is_logged_in": true}'}):
        answer = httpx2.get(f"{address}/{path}", cookies=cookies)
        assert answer.status_code == 401, path
        assert answer.text == "Log in first."
        assert "default-src 'self'" in answer.headers["content-security-policy"]


def test_whoever_is_on_the_list_gets_in_has_scenarios_of_his_own_and_can_leave(browser: Browser, address: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        log_in(page, address, "ann@example.com")
        page.wait_for_selector(".live-head")
        expect(page.get_by_text("USD 111.37").first).to_be_visible()
        page.goto(f"{address}/scenarios?v=3&base_target=231")
        page.wait_for_selector(".live-compare")
        page.get_by_role("button", name="Save the present settings").click()
        page.get_by_label("Save these settings as").fill("Ann's")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_text("“Ann's” is saved.")).to_be_visible()
        state = page.evaluate("fetch('/charts/upside').then(answer => answer.status)")
        assert state == 200
        assert page.locator(".live-compare thead th").count() == 2
        page.get_by_role("button", name="Export").click()
        page.get_by_role("button", name="Log out").click()
        page.get_by_role("button", name="End session").click()  # at the provider
        page.goto(address)
        expect(page.get_by_role("button", name="Log in")).to_be_visible()
        assert page.evaluate("fetch('/charts/upside').then(answer => answer.status)") == 401


def test_a_login_leads_to_what_one_came_for(browser: Browser, address: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        log_in(page, address, "ann@example.com", "upside?v=3&base_target=231&thesis=alibaba-ai")
        page.wait_for_selector(".live-head")
        assert page.url.startswith(f"{address}/upside?")
        assert "base_target=231" in page.url
        page.goto(f"{address}/claims")  # and nowhere else afterwards
        page.goto(address)
        page.wait_for_selector(".live-head")
        assert page.url.rstrip("/") == address


def test_two_readers_have_scenarios_and_notes_of_their_own(browser: Browser, address: str) -> None:
    with browser.new_context() as hers, browser.new_context() as his:
        people = {"ann": hers.new_page(), "bob": his.new_page()}
        for name, page in people.items():
            log_in(page, address, f"{name}@example.com")
            page.wait_for_selector(".live-head")
            page.goto(f"{address}/scenarios?v=3&base_target=231")
            page.wait_for_selector(".live-compare")
            page.get_by_role("button", name="Save the present settings").click()
            page.get_by_label("Save these settings as").fill(f"Case of {name}")
            page.get_by_role("button", name="Save", exact=True).click()
            expect(page.get_by_text(f"“Case of {name}” is saved.")).to_be_visible()
            Visit(page, address).open("valuation")
            chart = page.locator(".live-chart[data-drawn]").first
            chart.locator(".live-menu summary").click()
            chart.get_by_role("button", name="Write a note").click()
            chart.get_by_role("textbox").fill(f"Note of {name}")
            chart.get_by_role("button", name="Save the note").click()
            expect(chart.locator(".live-own-note p")).to_have_text(f"Note of {name}")
        for name, page in people.items():
            page.goto(f"{address}/scenarios")
            (other,) = {*people} - {name}
            expect(page.locator(".live-compare thead")).to_contain_text(f"Case of {name}")
            expect(page.get_by_text(f"Note of {name}").first).to_be_visible()
            assert f"of {other}" not in page.content()


@pytest.mark.parametrize("name", ["eve@elsewhere.org", "joe@example.com"])
def test_whoever_is_not_on_it_or_not_verified_is_told_so(browser: Browser, address: str, name: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        log_in(page, address, name)
        expect(page.get_by_text("this dashboard is not open to you")).to_be_visible()
        assert page.evaluate("fetch('/charts/upside').then(answer => answer.status)") == 401
        assert not [figure for figure in FIGURES if figure in page.content()]
