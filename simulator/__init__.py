"""The Xbox network in a box: every host that the project talks to, answered on 127.0.0.1.

Written from public facts about the services alone, so that a misreading in a client shows.

Imports point down: `app` > `routes`, `screen` > `serving` > `world` > `demo` > the rooms > `knobs`, `clock`. The rooms,
from the top: `network`, `accounts`, `people`, `consoles`, `captures`, `games`. None of them imports the world: what one
needs of it stands there as a protocol.
"""
