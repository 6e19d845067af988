"""The three ways in, and the way out."""

from argparse import Namespace
from collections.abc import Awaitable, Callable

from ..auth.apps import own_app
from ..auth.redirect import BadAddress
from ..auth.signin import AddressSignIn, DeviceCodeSignIn, OwnAppAddressSignIn
from ..auth.tokens import Credentials
from ..errors import SignInDeclined
from ..transport import Transport
from .store import Store
from .terminal import Terminal

REDIRECT = "http://localhost:8080/auth/callback"


async def sign_in(
    transport: Transport, store: Store, arguments: Namespace, terminal: Terminal
) -> None:
    """Sign in, by a code unless another way is wanted, and keep it."""
    await store.save(await _way(arguments)(transport, arguments, terminal))
    terminal.say("Signed in", signed_in=True)


async def sign_out(
    transport: Transport, store: Store, arguments: Namespace, terminal: Terminal
) -> None:
    """Forget the sign-in."""
    was = await store.forget()
    terminal.say("Signed out" if was else "Nobody was signed in", signed_in=False)


type _Way = Callable[[Transport, Namespace, Terminal], Awaitable[Credentials]]


def _way(arguments: Namespace) -> _Way:
    if arguments.own_app:
        return _by_own_app
    return _by_address if arguments.browser else _by_code


async def _by_code(
    transport: Transport, arguments: Namespace, terminal: Terminal
) -> Credentials:
    code_sign_in = DeviceCodeSignIn(transport)
    code = await code_sign_in.start()
    terminal.say(
        f"Open {code.verification_uri} and enter {code.user_code}",
        open=code.verification_uri,
        user_code=code.user_code,
    )
    return await code_sign_in.wait()


async def _by_address(
    transport: Transport, arguments: Namespace, terminal: Terminal
) -> Credentials:
    address_sign_in = AddressSignIn(transport)
    address = await address_sign_in.start()
    return await _pasted(address, address_sign_in.finish, terminal)


async def _by_own_app(
    transport: Transport, arguments: Namespace, terminal: Terminal
) -> Credentials:
    secret = terminal.ask_secret("Client secret: ") if arguments.secret else None
    app = own_app(arguments.own_app, secret, redirect_uri=arguments.redirect)
    address_sign_in = OwnAppAddressSignIn(transport, app)
    return await _pasted(address_sign_in.start(), address_sign_in.finish, terminal)


async def _pasted(
    address: str, finish: Callable[[str], Awaitable[Credentials]], terminal: Terminal
) -> Credentials:
    """Ask for the address until it is the right one. Raises SignInDeclined if there is none."""
    terminal.say(
        f"Open {address}\nand sign in. Then paste the address that the browser ended at.",
        open=address,
    )
    while pasted := terminal.ask("Address: "):
        try:
            return await finish(pasted)
        except BadAddress as problem:
            terminal.say(str(problem), problem=problem.problem)
    raise SignInDeclined("Nothing was pasted")
