"""What Microsoft says of its own services (xnotify.xboxlive.com): the feed of the public status page."""

from contextlib import suppress
from string.templatelib import Template

from ..errors import NotFound, UnexpectedResponse
from ..model import Json, Model, OpenEnum, to_pascal
from ..service import ServiceClient
from ..session import Service

HOST = "xnotify.xboxlive.com"
_CATEGORY = "category"


class Health(OpenEnum):
    """How something is; every word but the first means trouble."""

    WELL = "None"
    IMPACTED = "Impacted"
    LIMITED = "Limited"
    WARNING = "Warning"


class CategoryStatus(Model, names=to_pascal):
    """How a category is."""

    name: Health | None = None


class Category(Model, names=to_pascal):
    """Services that belong together, by a name for users."""

    name: str
    status: CategoryStatus | None = None


class Overall(Model, names=to_pascal):
    """How everything is."""

    state: Health | None = None
    last_updated: str | None = None


class Summary(Model, names=to_pascal):
    """The sum of all."""

    overall: Overall | None = None


class StatusReport(Model, names=to_pascal):
    """What the feed says."""

    status: Summary | None = None
    core_services: list[Json] | dict[str, Json] | None = None
    """The categories, in a list or in one that is a member."""

    @property
    def categories(self) -> tuple[Category, ...]:
        """The categories, however they are packed."""
        packed: Json = self.core_services
        if isinstance(packed, dict):
            packed = next(
                (packed[name] for name in packed if name.lower() == _CATEGORY), None
            )
        listed = packed if isinstance(packed, list) else [packed]
        return Category.model_validate_list(
            [each for each in listed if isinstance(each, dict)]
        )

    @property
    def troubles(self) -> dict[str, Health]:
        """What is not well, by name; the Xbox network as a whole if no category is named."""
        named: dict[str, Health] = {
            category.name: category.status.name
            for category in self.categories
            if category.status and category.status.name not in (None, Health.WELL)
        }
        overall = self.status and self.status.overall and self.status.overall.state
        if not named and overall and overall != Health.WELL:
            return {"Xbox": overall}
        return named


class ServiceStatus(ServiceClient):
    """What Microsoft says of its own services; needs no sign-in."""

    _service = Service(HOST, signed_in=False)

    async def report(self) -> StatusReport:
        """What the status page says, in the session's language where there is such a page."""
        market, language = self._session.market, self._language
        with suppress(NotFound, UnexpectedResponse):
            return await self._of(t"{market}/{language}")
        return await self._of(t"US/en-US")

    async def _of(self, place: Template) -> StatusReport:
        return await self._get(t"/servicestatusv6/{place}", StatusReport)
