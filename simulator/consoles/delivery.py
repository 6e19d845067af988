"""A command's way to its console: refused, swallowed or carried out, in its own time, and followed by opStatus."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol
import uuid

from simulator.consoles.commands import (
    COMMANDS,
    Command,
    CommandWorld,
    Effect,
    Order,
    carry_out,
    check,
)
from simulator.consoles.console import Console
from simulator.consoles.history import Told
from simulator.consoles.knobs import UNREACHABLE_WORDS, CommandKnobs
from simulator.consoles.operations import Operation, Operations
from simulator.consoles.ranges import NEVER


class DeliveryWorld(CommandWorld, Protocol):
    """What delivering needs of the world besides the console."""

    operations: Operations


class Undelivered(Exception):
    """The command is answered with an error word."""

    def __init__(self, word: str) -> None:
        """Keep the word."""
        super().__init__(word)
        self.word = word


def deliver(
    world: DeliveryWorld,
    console: Console,
    name: tuple[str, str],
    session_id: str,
    parameters: Mapping[str, str],
) -> Operation:
    """Tell a console something. Raises BadParameter, or Undelivered with the error word."""
    command = COMMANDS[name]
    knobs = console.behaviour.command(command.kind)
    order = Order(world, console, parameters, knobs.effect_seconds)
    check(command, order)
    told = Told(
        at=world.clock.elapsed(),
        type=name[0],
        command=name[1],
        parameters=parameters,
        answer="OK",
        op_id=None,
    )
    if word := _refusal(world, console, command):
        console.history.commands.append(replace(told, answer=word))
        raise Undelivered(word)
    operation = world.operations.add(
        Operation(
            console_id=console.id,
            command=name[1],
            session_id=str(uuid.UUID(session_id)),
            started_at=told.at,
            xccs_error_code=knobs.op_code or None,
            answer=knobs.op_answer,
        )
    )
    effect = _effect(command, order, operation)
    _time(world, operation, effect, knobs)
    console.history.commands.append(replace(told, op_id=operation.id))
    return operation


def _refusal(world: DeliveryWorld, console: Console, command: Command) -> str:
    """Return the error word of the answer; empty when the command is taken."""
    wake = command.kind == "wake"
    if word := console.conduct.refusal(wake=wake):
        return word
    off = world.knobs.off_error_word
    if not console.reachable:
        return off
    if not console.is_on and not command.asleep:
        return off if world.knobs.standby_commands == "refused" else ""
    way = console.behaviour.launch_deaf_way
    return way if _deaf(console, command) and way in UNREACHABLE_WORDS else ""


def _deaf(console: Console, command: Command) -> bool:
    """Tell whether the console has come on too lately for what it is told."""
    seconds = console.behaviour.launch_deaf_seconds
    early = seconds == NEVER or console.on_for < seconds
    return command.kind == "launch" and console.is_on and early


def _effect(command: Command, order: Order, operation: Operation) -> Effect:
    """Carry the command out, now or later; return what is known of that by now."""
    console = order.console
    if _deaf(console, command) and console.behaviour.launch_deaf_way == "Error":
        return Effect(outcome="Error", message="The console is not ready")
    if order.seconds == NEVER or _deaf(console, command):
        return Effect(seconds=NEVER)
    if command.paced or not order.seconds:
        return carry_out(command, order)

    def later() -> None:
        effect = carry_out(command, order)
        operation.report(effect.outcome, effect.message)

    console.agenda.after(order.seconds, f"command:{operation.id}", later)
    return Effect(seconds=order.seconds)


def _time(
    world: DeliveryWorld, operation: Operation, effect: Effect, knobs: CommandKnobs
) -> None:
    seconds = knobs.op_seconds
    if seconds is None:
        seconds = max(effect.seconds, world.knobs.op_pending_seconds)
    operation.done_at = operation.started_at + seconds
    operation.report(effect.outcome, effect.message)
    if knobs.op_word:
        operation.decide(knobs.op_word)
