"""What the tests of blueprints share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.integration.blueprints.scene import Scene
from tests.integration.following import Following


@pytest.fixture
async def scene(following: Following, tmp_path: Path) -> AsyncIterator[Scene]:
    """The parent's account, and two whom it follows: Mika, who lives elsewhere, and the child."""
    await following.follow("mika", "child")
    scene = Scene(following, tmp_path)
    yield scene
    await scene.end()
