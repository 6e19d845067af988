"""What can be chosen for somebody who is followed already: a budget, or none."""

from collections.abc import Mapping
from typing import Any

from homeassistant.config_entries import ConfigFlowResult, SubentryFlowResult
from homeassistant.const import WEEKDAYS
from homeassistant.helpers.selector import (
    BooleanSelector,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)
from probatio import Required, Schema

from ..account.options import CONF_BUDGET
from ..consoles.options_flow import XboxConsoleOptionsFlow
from ..people.flow import PersonSubentryFlow
from .limits import WEEKEND, Limits

_WEEKEND_DAYS = "weekend_days"
_DAYS = SelectSelector(
    SelectSelectorConfig(
        options=WEEKDAYS,
        multiple=True,
        mode=SelectSelectorMode.DROPDOWN,
        translation_key="weekday",
    )
)


def _schema(kept: Mapping[str, Any]) -> Schema:
    limits = kept.get(CONF_BUDGET)
    days = limits[_WEEKEND_DAYS] if limits else list(WEEKEND)
    return Schema(
        {
            Required(CONF_BUDGET, default=limits is not None): BooleanSelector(),
            Required(_WEEKEND_DAYS, default=days): _DAYS,
        }
    )


def _chosen(kept: Mapping[str, Any], entered: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept from now on: limits that were there stay as they are."""
    chosen = {key: value for key, value in kept.items() if key != CONF_BUDGET}
    if entered[CONF_BUDGET]:
        chosen[CONF_BUDGET] = {
            **(kept.get(CONF_BUDGET) or Limits().kept()),
            _WEEKEND_DAYS: entered[_WEEKEND_DAYS],
        }
    return chosen


class FamilySubentryFlow(PersonSubentryFlow):
    """Follow people, and choose for each whether they have a budget."""

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Let the user switch the budget on or off."""
        entry, subentry = self._get_entry(), self._get_reconfigure_subentry()
        if user_input is not None:
            chosen = _chosen(subentry.data, user_input)
            return self.async_update_reload_and_abort(entry, subentry, data=chosen)
        return self.async_show_form(
            step_id="reconfigure",
            data_schema=_schema(subentry.data),
            description_placeholders={"gamertag": subentry.title},
        )


class FamilyOptionsFlow(XboxConsoleOptionsFlow):
    """The options of an entry, and the budget of the account itself."""

    MENU = (*XboxConsoleOptionsFlow.MENU, "budget")

    async def async_step_budget(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Let the user switch the budget on or off."""
        kept = self.config_entry.options
        if user_input is not None:
            return self.async_create_entry(data=_chosen(kept, user_input))
        return self.async_show_form(
            step_id="budget",
            data_schema=_schema(kept),
            description_placeholders={"gamertag": self.config_entry.title},
        )
