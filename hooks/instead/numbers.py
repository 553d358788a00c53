"""`decimal` tells this that it has numbers; nobody here asks."""


class Number:
    """What is a number."""

    @classmethod
    def register(cls, kind):
        """Take note of a kind of numbers."""
        return kind


class Rational(Number):
    """A fraction, of which there are none."""
