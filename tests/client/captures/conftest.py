"""The scene."""

from pathlib import Path

import pytest

from custom_components.xbox_console.xboxlive.client import XboxLive
from custom_components.xbox_console.xboxlive.session import Session
from tests.client.captures.scene import Scene
from tests.client.network import OWN_APP, Network, Start


@pytest.fixture
def scene(network: Network, xbox: XboxLive, tmp_path: Path) -> Scene:
    """Signed in as the Xbox app does."""
    return Scene(network, xbox, tmp_path / "xbox")


@pytest.fixture
async def own_app_scene(network: Network, start: Start, tmp_path: Path) -> Scene:
    """Signed in with an app that the user registered."""
    chain = await start.signed_in(OWN_APP)
    session = Session(network.transport, chain)
    return Scene(network, XboxLive(session), tmp_path / "xbox", own_app=True)


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tries follow each other at once."""
    monkeypatch.setattr(
        "custom_components.xbox_console.xboxlive.captures.content._FIRST_PAUSE", 0.001
    )
