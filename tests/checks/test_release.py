"""What a release is made of."""

from pathlib import Path
import re
import subprocess
import zipfile

from scripts import archive
from tests.checks.files import INTEGRATION, ROOT

_HEADING = re.compile(r"^## (\S+)(?: \((\d{4}-\d\d-\d\d)\))?$", re.MULTILINE)
_USES = re.compile(r"uses: (actions/[\w-]+)@v(\d+)")
_FIRST_ON_NODE_24 = {
    "actions/checkout": 5,
    "actions/cache": 5,
    "actions/upload-artifact": 6,
}


def test_the_archive_is_the_same_each_time(tmp_path: Path) -> None:
    """Time, place and rights of the files that it is made of do not matter."""
    first = archive.build(tmp_path / "first.zip")
    (INTEGRATION / "manifest.json").touch()
    assert archive.build(tmp_path / "second.zip") == first
    assert (tmp_path / "first.zip").read_bytes() == (
        tmp_path / "second.zip"
    ).read_bytes()


def test_the_archive_has_everything_and_nothing_else(tmp_path: Path) -> None:
    """It is the folder of the integration as git has it, with manifest.json at its top."""
    archive.build(tmp_path / "archive.zip")
    with zipfile.ZipFile(tmp_path / "archive.zip") as content:
        names = content.namelist()
        assert content.testzip() is None
        for name in names:
            assert content.read(name) == (INTEGRATION / name).read_bytes()
    tracked = subprocess.run(
        ("git", "ls-files", str(INTEGRATION)),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert set(names) >= {
        str((ROOT / path).relative_to(INTEGRATION))
        for path in tracked
        if (ROOT / path).is_file()
    }
    assert "manifest.json" in names
    assert not [name for name in names if "__pycache__" in name]


def test_the_changelog_begins_with_this_version() -> None:
    """What is released is described first, with the day of the release once it has one."""
    versions = [
        version for version, _ in _HEADING.findall(archive.CHANGELOG.read_text())
    ]
    assert versions[0] == archive.version()
    assert archive.notes()


def test_workflows_run_on_todays_runners() -> None:
    """Actions that are made for an older Node no longer run."""
    used = {
        (action, int(major))
        for path in (ROOT / ".github" / "workflows").glob("*.yml")
        for action, major in _USES.findall(path.read_text())
    }
    assert used
    assert not [
        (action, major) for action, major in used if major < _FIRST_ON_NODE_24[action]
    ]
