"""One command on its way: what is shown meanwhile, and how it ended."""

import asyncio

from ..const import LOGGER
from ..xboxlive.errors import CommandFailed, ConsoleError, ConsoleOff
from ..xboxlive.services.consoles import Operation, OperationStatus
from ..xboxlive.services.smartglass import console_error
from .commands import ConsoleCommand
from .state import ConsoleState


class Following:
    """Judges a command by what the service says of it and by what the console then does."""

    def __init__(
        self,
        command: ConsoleCommand,
        op_id: str | None,
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        """Follow a command that the service took just now."""
        self.command = command
        self.op_id = op_id
        self._loop = loop
        self._shown_until = loop.time() + command.shown_for
        self._outcome: asyncio.Future[bool] = loop.create_future()

    @property
    def answered(self) -> bool:
        """Whether nothing more is to be learned."""
        return self._outcome.done()

    def shown(self, observed: ConsoleState) -> ConsoleState:
        """The expected state until the console shows or denies it, then the observed one."""
        effect = self.command.effect
        if effect is None or self._loop.time() >= self._shown_until:
            return observed
        return effect(observed)

    def judge(self, observed: ConsoleState, operation: Operation | None) -> None:
        """Take note of what was read."""
        effect = self.command.effect
        if effect is not None and effect(observed) == observed:
            self._shown_until = 0.0
            self._settle()
        elif operation is not None and not operation.pending:
            self._settle(_denial(operation))

    def _settle(self, denial: ConsoleError | None = None) -> None:
        if denial is not None:
            self._shown_until = 0.0
        if self._outcome.done():
            return
        if denial is None:
            self._outcome.set_result(True)
        elif self.command.awaited:
            self._outcome.set_exception(denial)
            # Nobody may be waiting any more.
            self._outcome.exception()
        else:
            LOGGER.warning(
                "The console did not do %s: %s", self.command.name, denial.code
            )
            self._outcome.set_result(False)

    def superseded(self) -> None:
        """A later command took over."""
        if not self._outcome.done():
            self._outcome.set_result(True)

    async def confirmed(self, patience: float) -> bool:
        """Wait for the outcome; False if there is none in time. Raises ConsoleError for a denial."""
        try:
            async with asyncio.timeout(patience):
                return await asyncio.shield(self._outcome)
        except TimeoutError:
            return False


def _denial(operation: Operation) -> ConsoleError | None:
    """What a finished operation means; None is success."""
    if operation.operation_status == OperationStatus.SUCCEEDED or operation.succeeded:
        return None
    if operation.operation_status == OperationStatus.OFF_CONSOLE_ERROR:
        return ConsoleOff()
    if operation.xccs_error_code and operation.xccs_error_code != "OK":
        return console_error(operation.xccs_error_code)
    return CommandFailed(operation.operation_status)
