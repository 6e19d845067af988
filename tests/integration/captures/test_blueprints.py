"""The blueprints of captures, each filled in as a user does and run on the simulated network."""

from datetime import timedelta
from pathlib import Path
import shutil
from typing import Any

from homeassistant.core import ServiceCall
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import async_mock_service

from simulator.captures import gallery
from tests.integration.captures.recorder import ACCOUNT, Recorder

_BLUEPRINTS = Path(__file__).parents[3] / "blueprints/automation/xbox_console"


@pytest.fixture
def told(recorder: Recorder) -> list[ServiceCall]:
    """What reaches the phone."""
    return async_mock_service(recorder.hass, "notify", "phone")


async def _use(recorder: Recorder, blueprint: str, **inputs: Any) -> None:
    """Make an automation of a blueprint."""
    folder = recorder.media.parent
    recorder.hass.config.config_dir = str(folder)
    shutil.copytree(_BLUEPRINTS, folder / "blueprints/automation/xbox_console")
    automation = {
        "alias": "Ours",
        "use_blueprint": {"path": f"xbox_console/{blueprint}.yaml", "input": inputs},
    }
    assert await async_setup_component(
        recorder.hass, "automation", {"automation": automation}
    )
    await recorder.house.clock.settle()
    assert recorder.house.shows("automation.ours") == "on"


async def _night(recorder: Recorder, limit: float) -> None:
    soon = dt_util.now() + timedelta(seconds=60)
    await _use(
        recorder,
        "nightly_backup",
        account=recorder.entry.entry_id,
        space=f"sensor.{ACCOUNT}_captures_space_used",
        limit=limit,
        time=f"{soon:%H:%M:%S}",
        folder="xbox",
    )
    await recorder.pass_by(120)
    await recorder.house.act("automation.turn_off", "automation.ours")


@pytest.mark.parametrize(("limit", "left"), [(0, 0), (0.5, 6), (10, 6)])
async def test_nightly_backup(recorder: Recorder, limit: float, left: int) -> None:
    """Everything comes; the network is freed above the limit, of what is safe."""
    await _night(recorder, limit)
    assert len(list(recorder.folder.glob("*.json"))) == 6
    assert len(recorder.own()) == left


async def test_nightly_backup_keeps_what_did_not_come(recorder: Recorder) -> None:
    """Whatever the limit."""
    lost = recorder.own("gameclip")[0]
    lost.forged = "https://192.168.1.1/"
    await _night(recorder, 0)
    assert [one.id for one in recorder.own()] == [lost.id]


async def test_screenshot_to_phone(recorder: Recorder, told: list[ServiceCall]) -> None:
    """With a picture of our own; a clip is none."""
    await _use(
        recorder,
        "screenshot_to_phone",
        account={"entity_id": f"event.{ACCOUNT}_capture"},
        notify="notify.phone",
    )
    recorder.take("gameclip")
    shot = recorder.take("screenshot")
    await recorder.look()
    (call,) = told
    assert call.data["title"] == "Starfall Odyssey"
    assert call.data["message"] == "New screenshot"
    status, _, body = await recorder.get(call.data["data"]["image"])
    assert (status, body) == (200, recorder.content(shot, "Thumbnail"))


@pytest.mark.parametrize("backed_up", [True, False])
async def test_capture_expiry_warning(
    recorder: Recorder, told: list[ServiceCall], backed_up: bool
) -> None:
    """Only of what would be lost."""
    if backed_up:
        await recorder.act("download_captures")
    oldest = recorder.own()[-1]
    left = gallery.expires(recorder.world, oldest) - recorder.world.clock.now()
    await _use(
        recorder,
        "capture_expiry_warning",
        account={"entity_id": f"sensor.{ACCOUNT}_next_capture_expiry"},
        before={"seconds": int(left) - 300},
        notify="notify.phone",
    )
    await recorder.pass_by(400)
    assert len(told) == (not backed_up)
    assert all("A clip is deleted" in call.data["message"] for call in told)
