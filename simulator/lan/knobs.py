"""How one console behaves on the local network, as far as no fact settles it."""

from dataclasses import dataclass
from typing import Literal, get_args, override

from simulator.knobs import Adjustable

type Shape = Literal[
    "right", "wrong length", "truncated", "trailing", "wrong version", "garbage"
]
type Presented = Literal[
    "good",
    "expired",
    "short name",
    "lower case",
    "no name",
    "p384",
    "garbage",
    "none",
]
_CHOICES: dict[str, tuple[str, ...]] = {
    "shape": get_args(Shape.__value__),
    "certificate": get_args(Presented.__value__),
}


@dataclass
class LanKnobs(Adjustable):
    """What a console sends and hears."""

    answers: bool = True
    """It answers discovery while it runs: nothing in between drops the packets."""
    answers_asleep: bool = False
    """It answers although it sleeps, as in a maintenance that the network does not know of."""
    answer_seconds: float = 0.0
    loss: float = 0.0
    """The part of its answers that gets lost."""
    copies: int = 1
    other_port: bool = False
    """It answers from a port that is not the protocol's."""
    impostor: bool = False
    """Another host answers in its name, too."""
    host: int = 0
    """Which of the segment's addresses it has, 1 the first; 0: by its turn."""
    flags: int = 6
    device_type: int = 1
    name: str = ""
    """How it is called in answers; empty: by its own name."""
    uuid: str = "7C2E4A10-9D3B-0F68-B1A5-52E0C7D49A36"
    last_error: int = 0
    shape: Shape = "right"
    certificate: Presented = "good"
    wake_packets: int = 3
    """So many packets within ten seconds wake it; 0: it sleeps through all of them."""
    wake_only_seconds: float = 0.0
    """It hears them only so long after it fell asleep; 0: always."""

    @override
    def update(self, values: dict[str, object]) -> None:
        """Set knobs by name. Raises ValueError for what is no knob or not one of its values, and then sets none."""
        for name, choices in _CHOICES.items():
            if name in values and values[name] not in choices:
                raise ValueError(f"{name}: one of {', '.join(choices)}")
        super().update(values)

    def differences(self) -> dict[str, object]:
        """Return the knobs that are not as usual."""
        usual = LanKnobs().as_dict()
        return {
            name: value
            for name, value in self.as_dict().items()
            if value != usual[name]
        }
