"""What holds for a title whoever has it: whether it is a game, and how many achievements it has."""

from collections.abc import Callable, Iterable
from typing import TypedDict

from homeassistant.core import HomeAssistant

from ..account.notebook import Notebook
from ..xboxlive.services.catalog import AlternateId, Product
from ..xboxlive.services.consoles import ContentType, InstalledApp
from ..xboxlive.services.titlehub import Title, TitleType

_SAVE_DELAY = 20.0
_TYPES = {TitleType.GAME: True, TitleType.APPLICATION: False}
_PRODUCTS = {"Game": True, "Application": False, "App": False}


class KeptFacts(TypedDict):
    """Whether titles are games; how many achievements they have, and for how much Gamerscore."""

    games: dict[str, bool]
    totals: dict[str, tuple[int, int]]


class TitleFacts:
    """Learned once, from whatever tells it first, and kept: by title id, for a whole account.

    What nothing has told yet is not a game.
    """

    def __init__(self, changed: Callable[[], None] = lambda: None) -> None:
        """Start without any; `changed` is called when something was learned."""
        self._changed = changed
        self.kept = KeptFacts(games={}, totals={})
        """What is to be kept."""

    def restore(self, kept: KeptFacts) -> None:
        """Take what earlier runs learned."""
        self.kept = {**self.kept, **kept}

    def is_game(self, title_id: str) -> bool | None:
        """Whether a title is a game; None if nothing has told."""
        return self.kept["games"].get(title_id)

    def learn(self, title_id: str | None, game: bool | None) -> None:
        """Take a word that a title is a game, or that it is none; the first one stays."""
        if title_id and game is not None and title_id not in self.kept["games"]:
            self.kept["games"][title_id] = game
            self._changed()

    def learn_title(self, title_id: str, title: Title) -> None:
        """Take what the title hub says."""
        self.learn(title_id, _TYPES.get(title.type) if title.type else None)

    def learn_installed(self, apps: Iterable[InstalledApp]) -> None:
        """Take what is said of what is on a console; add-ons are neither."""
        for app in apps:
            other = app.content_type == ContentType.APP or app.is_game is False
            if not app.add_on and (app.game or other):
                self.learn(app.title_id, app.game)

    def learn_products(self, products: Iterable[Product]) -> None:
        """Take what the Store says."""
        for product in products:
            for other in product.alternate_ids:
                if other.id_type == AlternateId.XBOX_TITLE_ID:
                    game = _PRODUCTS.get(product.product_kind or "")
                    self.learn(other.value, game)

    def total(self, title_id: str, gamerscore: int) -> int | None:
        """How many achievements a title has, as long as they bring that much Gamerscore in all."""
        total, of = self.kept["totals"].get(title_id, (None, None))
        return total if of == gamerscore else None

    def learn_total(self, title_id: str, gamerscore: int, total: int) -> None:
        """Take the number of achievements; an add-on brings more of both."""
        self.kept["totals"][title_id] = (total, gamerscore)
        self._changed()


class FactsMemory:
    """The facts of an account on disk."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Prepare the file of an entry."""
        self._file = Notebook(
            hass, entry_id, "titles", lambda: self.facts.kept, _SAVE_DELAY
        )
        self.facts = TitleFacts(self._file.changed)

    async def load(self) -> None:
        """Read what earlier runs learned."""
        if kept := await self._file.load():
            self.facts.restore(kept)

    async def close(self) -> None:
        """Write what is not written yet, and nothing after that."""
        await self._file.close()

    async def remove(self) -> None:
        """Forget everything."""
        await self._file.remove()
