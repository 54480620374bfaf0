"""The command for a nightly job: it writes the files, and says what is wrong with an exit code."""

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from components.answers import saving
from components.export import __main__ as command
from components.export import browser, files
from data.scenarios import own_scenarios
from tests.components.export.conftest import asked


def test_it_writes_report_workbook_and_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["alibaba-ai", "--out", str(tmp_path / "new"), "--wait", "0"]) == 0
    names = sorted(path.name for path in (tmp_path / "new").iterdir())
    base = "baba-turn-ai-infrastructure-2026-11-22"
    assert names == [
        f"{base}-claims.csv", f"{base}-closes.csv", f"{base}-quarters.csv", f"{base}-report.html",
        f"{base}-segments.csv", f"{base}-workbook.xlsx",
    ]  # fmt: skip
    assert capsys.readouterr().out.splitlines()[0].endswith("report.html")
    quarters = (tmp_path / "new" / f"{base}-quarters.csv").read_bytes().decode("utf-8-sig").splitlines()
    assert quarters[0] == "Period to,Figure,Value,Unit,Known since,Origin,Confidence,Source,Link"
    assert len(quarters) > 100


def test_it_takes_a_saved_scenario_or_a_link(tmp_path: Path) -> None:
    own_scenarios().save(saving.saved(asked(base_target="231"), "Base at 231", "upside"))
    for number, choice in enumerate((["--scenario", "Base at 231"], ["--link", "http://x/upside?v=3&base_target=231"])):
        out = tmp_path / str(number)
        assert command.main(["alibaba-ai", "--out", str(out), "--wait", "0", *choice]) == 0
        book = load_workbook(io.BytesIO(next(out.glob("*.xlsx")).read_bytes()), data_only=True)
        assert (
            next(row[1].value for row in book["Inputs"].iter_rows() if row[0].value == "Base target, USD per ADS")
            == 231
        )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing"], "there is no thesis “nothing”; there are alibaba-ai"),
        (["alibaba-ai", "--scenario", "None such"], "no scenario “None such” is saved on alibaba-ai; there are none"),
        (["alibaba-ai", "--link", "http://["], "is no link of the dashboard"),
        (["alibaba-ai", "--link", "nonsense"], "is no link of the dashboard"),
        (["alibaba-ai", "--link", "?v=3&thesis=alphabet-2026&base_target=300"], "the link is of “alphabet-2026”"),
    ],
)
def test_what_is_not_there_is_a_sentence_and_an_exit_code(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main([*arguments, "--out", str(tmp_path), "--wait", "0"]) == 1
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_one_file_that_fails_leaves_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> bytes:
        raise ValueError("nothing adds up")

    monkeypatch.setattr(files, "as_workbook", fails)
    assert command.main(["alibaba-ai", "--out", str(tmp_path), "--wait", "0"]) == 1
    assert "workbook.xlsx: nothing adds up" in capsys.readouterr().err
    assert len(list(tmp_path.iterdir())) == 5


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert command.main(["alibaba-ai", "--out", str(tmp_path / "file"), "--wait", "0"]) == 1
    assert "file" in capsys.readouterr().err


def test_the_report_is_printed_by_the_browser_or_it_is_said_that_there_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = tmp_path / "browser"
    fake.write_text(
        '#!/bin/sh\nfor each; do case "$each" in --print-to-pdf=*) echo x > "${each#*=}";; esac; done\n',
        encoding="utf-8",
    )
    fake.chmod(0o755)
    monkeypatch.setenv("CHROME_PATH", str(fake))
    assert command.main(["alibaba-ai", "--out", str(tmp_path / "a"), "--wait", "0", "--pdf"]) == 0
    assert any(line.endswith("report.pdf") for line in capsys.readouterr().out.splitlines())
    fake.write_text("#!/bin/sh\necho no paper >&2; exit 3\n", encoding="utf-8")
    assert command.main(["alibaba-ai", "--out", str(tmp_path / "b"), "--wait", "0", "--pdf"]) == 1
    assert "did not print the report: no paper" in capsys.readouterr().err
    monkeypatch.setattr(browser, "find", lambda: None)
    assert command.main(["alibaba-ai", "--out", str(tmp_path / "c"), "--wait", "0", "--pdf"]) == 1
    assert "There is no Chromium or Chrome to print with" in capsys.readouterr().err
    assert len(list((tmp_path / "c").iterdir())) == 6


def test_a_wrong_command_is_code_2() -> None:
    with pytest.raises(SystemExit) as ended:
        command.main(["alibaba-ai", "--link", "x", "--scenario", "y"])
    assert ended.value.code == 2
