"""LibreOffice without a screen: opens a workbook, calculates every formula anew, and gives what it found."""

import io
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""


def program() -> str:
    """LibreOffice. Skips the test where it is absent; a failure in CI, which installs it."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        missing = "LibreOffice is not here; apt install libreoffice-calc-nogui"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return found


def recalculated(content: bytes, folder: Path) -> Workbook:
    """The workbook with what LibreOffice makes of its formulas, values in place of them."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS, encoding="utf-8")
    source, out = folder / "book.xlsx", folder / "out"
    source.write_bytes(content)
    subprocess.run(
        [program(), f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to",
         "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), str(source)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return load_workbook(io.BytesIO((out / "book.xlsx").read_bytes()), data_only=True)
