"""Finding out what people play: each title once for all of them, minutes for all at once."""

from collections.abc import Awaitable, Callable, Collection, Iterable
from datetime import datetime
from functools import partial
from itertools import groupby

from ..account import polling
from ..xboxlive.client import XboxLive
from ..xboxlive.services.catalog import AlternateId, Template
from ..xboxlive.services.people import Person as Profile
from ..xboxlive.services.titlehub import EVERYTHING, TitleField
from ..xboxlive.services.userstats import MINUTES_PLAYED, Statistics
from .aside import Aside
from .followed import Followed
from .state import Playing
from .titles import Titles

_MOST_PLAYED = 1000


class Learning:
    """Asks the services for what is not known yet of titles and of people's progress in them."""

    def __init__(self, xbox: XboxLive, own: str, aside: Aside, titles: Titles) -> None:
        """Ask for an account; `own` is its XUID."""
        self._xbox = xbox
        self._own = own
        self._aside = aside
        self._titles = titles
        self._teachers: tuple[Callable[[Collection[str]], Awaitable[None]], ...] = (
            self._from_batch,
            self._from_own_history,
            self._from_store,
        )

    async def titles_of(self, everyone: Iterable[Followed], now: datetime) -> None:
        """Learn what is in front of people, and how far each has come in it."""
        fronts = dict.fromkeys(
            (person.xuid, front.title_id)
            for person in everyone
            for front in person.fronts
        )
        for xuid, title_id in fronts:
            if not self._titles.has_progress(xuid, title_id):
                await self._from_person(xuid, title_id, now)
        await self.describe(dict.fromkeys(title_id for _, title_id in fronts))

    async def describe(self, title_ids: Collection[str]) -> None:
        """Learn what titles are, from whoever tells."""
        for teach in self._teachers:
            unknown = [
                title_id
                for title_id in title_ids
                if not self._titles.is_described(title_id)
            ]
            if unknown:
                await teach(unknown)

    async def _from_person(self, xuid: str, title_id: str, now: datetime) -> None:
        """How far a person has come; and what the title is, if that is not known."""
        described = self._titles.is_described(title_id)
        fields = (TitleField.ACHIEVEMENT,) if described else EVERYTHING
        about = f"{xuid} {title_id}"
        found = await self._aside.ask(
            "titlehub",
            lambda: self._xbox.titlehub.title(xuid, title_id, fields),
            about=about,
        )
        if not found:
            # An answer without a title is no news of it.
            if found is not None:
                self._aside.later("titlehub", about, polling.REFUSED_RETRY)
            return
        if not described:
            self._titles.describe(title_id, found[0])
        self._titles.achieve(xuid, title_id, found[0].achievement, now)

    async def _from_batch(self, title_ids: Collection[str]) -> None:
        """Whoever hides their history does not hide what a title is."""
        due = [
            title_id
            for title_id in title_ids
            if self._aside.due("titlehub", f"title {title_id}") == 0
        ]
        if not due:
            return
        found = await self._aside.ask(
            "titlehub", lambda: self._xbox.titlehub.batch_by_id(due)
        )
        if found is not None:
            for title in found:
                self._titles.describe(title.title_id, title)
            for title_id in due:
                self._aside.later("titlehub", f"title {title_id}", polling.HISTORY)

    async def _from_own_history(self, title_ids: Collection[str]) -> None:
        found = await self._unless_known(
            title_ids,
            "titlehub",
            lambda: self._xbox.titlehub.history(
                self._own, (TitleField.PRODUCT_ID,), _MOST_PLAYED
            ),
            about="history",
        )
        for title in found or ():
            self._titles.facts.learn_title(title.title_id, title)

    async def _from_store(self, title_ids: Collection[str]) -> None:
        for title_id in title_ids:
            found = await self._unless_known(
                [title_id],
                "catalog",
                partial(
                    self._xbox.catalog.lookup,
                    AlternateId.XBOX_TITLE_ID,
                    title_id,
                    Template.BROWSE,
                ),
                about=title_id,
            )
            self._titles.facts.learn_products(found or ())

    async def _unless_known[T](
        self,
        title_ids: Collection[str],
        service: str,
        question: Callable[[], Awaitable[T]],
        *,
        about: str,
    ) -> T | None:
        """Ask once a day, as long as nothing has told whether a title is a game."""
        facts = self._titles.facts
        if all(facts.is_game(title_id) is not None for title_id in title_ids):
            return None
        return await self._aside.ask(
            service, question, about=about, every=polling.HISTORY
        )

    def profile(self, profile: Profile) -> None:
        """Take what a profile says of the titles that its person has in front, or had."""
        for detail in profile.presence_details:
            self._titles.facts.learn(detail.title_id, detail.is_game)

    def unknown(self, everyone: Iterable[Followed]) -> set[str]:
        """Titles in front of people of which nothing has told whether they are games."""
        return {
            front.title_id
            for person in everyone
            for front in person.fronts
            if self._titles.facts.is_game(front.title_id) is None
        }

    async def totals(self, everyone: Iterable[Followed]) -> None:
        """Count the achievements of games that people play: the title hub says 0 of newer ones."""
        for person in everyone:
            game = person.game
            if game and game.total_gamerscore and game.total_achievements is None:
                await self._count(person.xuid, game)

    async def _count(self, xuid: str, game: Playing) -> None:
        total = await self._aside.ask(
            "achievements",
            lambda: self._xbox.achievements.total(xuid, game.title_id),
            about=f"total {game.title_id} {game.total_gamerscore}",
            every=polling.REFUSED_RETRY,
        )
        if total and game.total_gamerscore:
            self._titles.facts.learn_total(game.title_id, game.total_gamerscore, total)

    async def minutes(self, everyone: Iterable[Followed]) -> None:
        """Ask how long people have played their games, game by game."""
        due = [
            (person.game.title_id, person)
            for person in everyone
            if person.minutes_due and person.game
        ]
        due.sort(key=_title_id)
        for title_id, players in groupby(due, key=_title_id):
            await self._minutes_in(title_id, [person for _, person in players])

    async def _minutes_in(self, title_id: str, players: list[Followed]) -> None:
        xuids = [person.xuid for person in players]
        answer = await self._aside.ask(
            "userstats",
            lambda: self._xbox.userstats.batch(xuids, title_id),
            about=title_id,
            refused=Statistics(stat_lists_collection=()),
        )
        if answer is None:
            return
        told = {
            statistics.arrange_by_field_id: statistic.number
            for statistics in answer.stat_lists_collection
            for statistic in statistics.stats
            if statistic.name == MINUTES_PLAYED
        }
        for person in players:
            person.minutes_due = False
            person.minutes = told.get(person.xuid)


def _title_id(due: tuple[str, Followed]) -> str:
    return due[0]
