"""What the consoles in the world say about the people who sit before them."""

from simulator.console import Console
from simulator.titles import HOME_TITLE_ID, SCREENSAVER_TITLE_ID, Title
from simulator.world import Account, World

HOME_NAME = "Home"


def consoles_of(world: World, account: Account) -> list[Console]:
    """Return the consoles on which somebody is signed in and that are on."""
    return [
        console
        for console in world.consoles.values()
        if console.is_on and account.key in console.signed_in
    ]


def presence_titles(console: Console) -> list[tuple[int, str, str]]:
    """Return what a console runs, as (title id, name, placement); home is always there."""
    shell = console.shell
    running: Title | None = shell.running
    if running is not None and running.title_id:
        return [
            (HOME_TITLE_ID, HOME_NAME, "Background"),
            (running.title_id, running.name or "", "Full"),
        ]
    if shell.screensaver():
        return [
            (HOME_TITLE_ID, HOME_NAME, "Background"),
            (SCREENSAVER_TITLE_ID, "Screensaver", "Full"),
        ]
    return [(HOME_TITLE_ID, HOME_NAME, "Full")]
