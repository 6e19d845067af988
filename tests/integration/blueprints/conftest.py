"""What the tests of blueprints share."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.integration.blueprints.scene import Scene
from tests.integration.following import Following


@asynccontextmanager
async def _at_home(following: Following, folder: Path) -> AsyncIterator[Scene]:
    """The parent's account, and two whom it follows: Mika, who lives elsewhere, and the child."""
    await following.follow("mika", "child")
    scene = Scene(following, folder)
    yield scene
    await scene.end()


@pytest.fixture
async def scene(
    living_room_only: None, following: Following, tmp_path: Path
) -> AsyncIterator[Scene]:
    """A home in which one console is played on."""
    async with _at_home(following, tmp_path) as scene:
        yield scene


@pytest.fixture
async def scene_of_two(
    living_room_and_bedroom: None, following: Following, tmp_path: Path
) -> AsyncIterator[Scene]:
    """The same with a console that sleeps beside it; they are looked for much more often."""
    async with _at_home(following, tmp_path) as scene:
        yield scene
