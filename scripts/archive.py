"""Build the archive that a release carries and that HACS and Marketplace install.

python -m scripts.archive PATH     the archive, the same bytes on every machine
python -m scripts.archive --notes  what CHANGELOG.md says of this version
"""

import hashlib
import json
from pathlib import Path
import subprocess
import sys
import zipfile

ROOT = Path(__file__).parent.parent
INTEGRATION = ROOT / "custom_components" / "xbox_console"
CHANGELOG = ROOT / "CHANGELOG.md"
_NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The first moment that an archive can name: when a file was checked out says nothing."""
_ORDINARY_FILE = 0o100644 << 16


def version() -> str:
    """Return the version in manifest.json, the only place that has one."""
    manifest = json.loads((INTEGRATION / "manifest.json").read_text())
    return str(manifest["version"])


def notes() -> str:
    """Return what is new in this version. Raises ValueError if CHANGELOG.md has nothing of it."""
    _, found, rest = CHANGELOG.read_text().partition(f"\n## {version()}")
    if not found:
        raise ValueError(f"CHANGELOG.md says nothing of {version()}")
    _, _, text = rest.partition("\n")
    return text.partition("\n## ")[0].strip()


def files() -> list[Path]:
    """Return what is shipped, sorted: nothing that git does not know."""
    listed = subprocess.run(
        ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "."),
        cwd=INTEGRATION,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    paths = (INTEGRATION / name for name in listed.split("\0") if name)
    return sorted(path for path in paths if path.is_file())


def build(path: Path) -> str:
    """Write the archive and return its SHA-256.

    Nothing is compressed: compressors differ in the bytes that they make of the same content.
    """
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for file in files():
            info = zipfile.ZipInfo(file.relative_to(INTEGRATION).as_posix(), _NO_TIME)
            info.create_system = 3
            info.external_attr = _ORDINARY_FILE
            archive.writestr(info, file.read_bytes())
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    (argument,) = sys.argv[1:]
    print(notes() if argument == "--notes" else build(Path(argument)))
