"""The client as a program: what `python -m xboxlive` does, word by word."""
