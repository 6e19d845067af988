"""Write the tables of docs/sign-in.md: whatever can be refused at sign-in, and what is said then.

python -m scripts.refusals
"""

from collections.abc import Mapping
import json
from pathlib import Path

from custom_components.xbox_console.account.errors import error_key
from custom_components.xbox_console.xboxlive import errors
from custom_components.xbox_console.xboxlive.auth.redirect import AddressProblem
from custom_components.xbox_console.xboxlive.auth.xerr import REFUSALS, UNKNOWN
from scripts.tables import filled, table

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "sign-in.md"
_TEXTS: Mapping[str, str] = json.loads(
    (ROOT / "custom_components/xbox_console/translations/en.json").read_text()
)["config"]["error"]
_AT_MICROSOFT = (
    errors.SignInDeclined(),
    errors.CodeExpired(),
    errors.SignInRequired(),
)


def _cure(refusal: errors.Refusal) -> str:
    if refusal.treatment is errors.Treatment.REMINT:
        return "*(Another token is fetched at once; nobody notices.)*"
    if refusal.treatment is errors.Treatment.TRANSIENT:
        return _TEXTS[error_key(errors.ServiceUnavailable("", ""))].replace(
            "{host}", "The Xbox network"
        )
    return _TEXTS[refusal.name].replace("{link}", f"<{refusal.link}>")


def tables() -> Mapping[str, str]:
    """Return each table by the name that it has in the page."""
    network = [
        (str(refusal.xerr), refusal.name.replace("_", " "), _cure(refusal))
        for refusal in REFUSALS.values()
    ]
    any_other = _TEXTS[UNKNOWN].replace("{xerr}", "*number*")
    keys = [
        *map(error_key, _AT_MICROSOFT),
        *errors.AppProblem,
        *AddressProblem,
    ]
    return {
        "network": table(
            "number | name | what is said",
            [*network, ("any other", "", any_other)],
        ),
        "microsoft": table(
            "what | what is said",
            [
                (key.replace("_", " "), _TEXTS[key].replace("{error}", "*word*"))
                for key in keys
            ],
        ),
    }


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(), tables()))
