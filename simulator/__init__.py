"""The Xbox network in a box: every host that the project talks to, answered on 127.0.0.1.

Written from public facts about the services alone, so that a misreading in a client shows.
"""
