"""The web pages that people see while they sign in."""

from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

from aiohttp import web

from simulator.accounts.account import Account

STYLE = "/www.microsoft.com/sign-in.css"
STYLE_FILE = Path(__file__).with_name("sign_in.css")


def page(title: str, body: str, *, status: int = 200) -> web.Response:
    """Return a page with a heading."""
    return web.Response(
        status=status,
        content_type="text/html",
        text=f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{STYLE}">
</head>
<body>
<main>
<p class="network">Simulated Xbox network</p>
<h1>{escape(title)}</h1>
{body}
</main>
</body>
</html>
""",
    )


def enter_code(action: str, code: str = "", error: str = "") -> web.Response:
    """Ask for the code that the app shows."""
    shown = f'<p id="error" role="alert">{escape(error)}</p>' if error else ""
    return page(
        "Enter the code",
        f"""<p>Type the code that Home Assistant shows.</p>
<form method="post" action="{escape(action)}">
{shown}
<label for="code">Code</label>
<input id="code" name="code" value="{escape(code)}" autocomplete="off" autocapitalize="characters"
 spellcheck="false" maxlength="16" autofocus required>
<button id="next" class="primary">Next</button>
</form>""",
    )


def pick_account(
    action: str,
    method: str,
    accounts: Iterable[Account],
    fields: Mapping[str, str],
) -> web.Response:
    """Ask who signs in. `fields` go along unseen."""
    everyone = list(accounts)
    shown = "".join(_account(one) for one in everyone if not one.hidden)
    hidden = "".join(_account(one) for one in everyone if one.hidden)
    return page(
        "Pick an account",
        f"""<form method="{method}" action="{escape(action)}">
{_hidden(fields)}
<div class="accounts">{shown}</div>
<details><summary id="more">Accounts that the network refuses</summary><div class="accounts">{hidden}</div></details>
</form>""",
    )


def consent(
    action: str, account: Account, app_name: str, fields: Mapping[str, str]
) -> web.Response:
    """Ask whether the app may use the account. `fields` go along unseen."""
    return page(
        f"Let {app_name} in?",
        f"""<div class="accounts">{_face(account)}</div>
<p>{escape(app_name)} will be able to:</p>
<ul>
<li>Sign you in to the Xbox network</li>
<li>See and control your consoles, even when you are away</li>
</ul>
<form method="post" action="{escape(action)}" class="choice">
{_hidden(fields)}
<button id="deny" name="decision" value="deny">Decline</button>
<button id="allow" name="decision" value="allow" class="primary">Allow</button>
</form>""",
    )


def result(text: str) -> web.Response:
    """Say how it ended."""
    return page("Done", f'<p id="result">{escape(text)}</p>')


def problem(text: str) -> web.Response:
    """Say that the app asked for something impossible; nobody is sent back to it."""
    return page(
        "That does not work",
        f'<p id="error" role="alert">{escape(text)}</p>',
        status=400,
    )


def _account(account: Account) -> str:
    key = escape(account.key)
    return (
        f'<button class="account" name="account" value="{key}" data-account="{key}">'
        f"{_face(account)}</button>"
    )


def _face(account: Account) -> str:
    return (
        f'<span class="face" aria-hidden="true">{escape(account.display_name[:1])}</span>'
        f'<span class="who"><b>{escape(account.display_name)}</b><small>{escape(account.email)}</small></span>'
    )


def _hidden(fields: Mapping[str, str]) -> str:
    return "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in fields.items()
    )
