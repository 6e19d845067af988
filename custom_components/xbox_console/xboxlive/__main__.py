"""A small command line: what an account has, without Home Assistant.

python -m xboxlive sign-in                      by a code, on any device
python -m xboxlive sign-in --browser            by pasting the address that a browser ends at
python -m xboxlive sign-in --own-app CLIENT_ID  the same with an app registration of your own
python -m xboxlive sign-out
python -m xboxlive consoles | friends | captures
python -m xboxlive status CONSOLE               by id or name
python -m xboxlive send CONSOLE COMMAND [VALUE] such as: WakeUp, TurnOff, GoHome, Play, key A, text Hello
python -m xboxlive search TEXT                  people by the beginning of their gamertag
python -m xboxlive player [GAMERTAG]
python -m xboxlive achievements [GAMERTAG] [--title TITLE_ID]
python -m xboxlive captures download FOLDER     those that are not there yet
python -m xboxlive gamertag NEW [--preview]     asks before it changes anything
"""

import argparse
import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
import sys

from aiohttp import ClientSession

from .auth.chain import Chain
from .client import XboxLive
from .command_line.signing_in import REDIRECT, sign_in, sign_out
from .command_line.store import Store
from .command_line.terminal import Terminal
from .command_line.verbs import VERBS, Job
from .errors import XboxError
from .hosts import PRODUCTION, Hosts
from .session import Session
from .transport import Transport

_WITHOUT_SIGN_IN = {"sign-in": sign_in, "sign-out": sign_out}


@asynccontextmanager
async def _signed_in(transport: Transport, store: Store) -> AsyncIterator[XboxLive]:
    chain = Chain(transport, await store.load(), store.save)
    try:
        yield XboxLive(Session(transport, chain, retry_for=20))
    finally:
        await chain.close()


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    as_json = argparse.ArgumentParser(add_help=False)
    as_json.add_argument(
        "--json",
        action="store_true",
        default=argparse.SUPPRESS,
        help="as the services sent it",
    )
    parser = argparse.ArgumentParser(
        "xboxlive",
        description=__doc__,
        formatter_class=argparse.RawTextHelpFormatter,
        parents=[as_json],
    )
    default = Path.home() / ".config" / "xboxlive" / "credentials.json"
    parser.add_argument("--credentials", type=Path, default=default)
    parser.add_argument("--behind", help="all services at a loopback address")
    what = parser.add_subparsers(dest="what", required=True)
    way = what.add_parser("sign-in", parents=[as_json])
    way.add_argument("--browser", action="store_true", help="paste an address")
    way.add_argument("--own-app", metavar="CLIENT_ID", help="an app of your own")
    way.add_argument("--redirect", default=REDIRECT, help="as it is registered")
    way.add_argument("--secret", action="store_true", help="ask for the app's secret")
    what.add_parser("sign-out", parents=[as_json])
    for name, verb in VERBS.items():
        words_of = what.add_parser(name, parents=[as_json])
        for argument in verb.arguments:
            words_of.add_argument(argument.name, **argument.options)
    return parser.parse_args(words)


async def run(words: Sequence[str] | None = None) -> None:
    """Do what the command line says. Raises XboxError and ValueError."""
    arguments = _arguments(words)
    terminal = Terminal(as_json="json" in arguments)
    hosts = Hosts.behind(arguments.behind) if arguments.behind else PRODUCTION
    store = Store(arguments.credentials)
    async with ClientSession() as http:
        transport = Transport(http, hosts)
        if act := _WITHOUT_SIGN_IN.get(arguments.what):
            await act(transport, store, arguments, terminal)
            return
        verb = VERBS[arguments.what]
        verb.check(arguments)
        async with _signed_in(transport, store) as xbox:
            own_app = not (await store.load()).app.title_id
            await verb.act(Job(xbox, arguments, terminal, own_app))


def main() -> int:
    """Run; 1 with the reason on standard error if that fails."""
    try:
        asyncio.run(run())
    except (XboxError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
