"""What freezegun does slowly, quickly: it looks through the stack at each question, and copies copies."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from threading import get_ident, main_thread
from typing import Any
from unittest.mock import patch

from freezegun import api
import pytest
from pytest_homeassistant_custom_component import patch_time

_EPOCH = datetime(1970, 1, 1)
_copy: Callable[[datetime], api.FakeDatetime] = patch_time.ha_datetime_to_fakedatetime


def _quick(slow: Callable[[], float]) -> Callable[[], float]:
    """The same: what freezegun lets see the real time asks in threads of its own."""
    main = main_thread().ident
    asked, seconds = _EPOCH, 0.0

    @wraps(slow)
    def quick() -> float:
        nonlocal asked, seconds
        if get_ident() != main or not api.freeze_factories:
            return slow()
        if (moment := api.freeze_factories[-1]()) is not asked:
            asked, seconds = moment, (moment - _EPOCH).total_seconds()
        return seconds

    return quick


def _copy_others(moment: datetime) -> api.FakeDatetime:
    """The same: what comes of reckoning with fake moments is fake already."""
    if type(moment) is api.FakeDatetime:
        return moment
    return _copy(moment)


def freeze_quickly(config: pytest.Config) -> None:
    """Let time that stands still take little of the tests' time."""
    quick: dict[str, Any] = {
        name: _quick(getattr(api, name))
        for name in ("fake_time", "fake_monotonic", "fake_perf_counter")
    }
    for patcher in (
        patch.multiple(api, **quick),
        # The test kit hands its own on to freezegun at each test.
        patch.object(patch_time, _copy.__name__, _copy_others),
    ):
        patcher.start()
        config.add_cleanup(patcher.stop)
