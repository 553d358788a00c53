"""Exact arithmetic with weights."""

from __future__ import annotations

from decimal import Context, Inexact, InvalidOperation

__all__ = ["add", "divide", "multiply", "subtract"]

# Far more digits than any amount that can be typed, so that nothing is ever rounded; what had to be would
# raise.
_EXACT = Context(prec=400, traps=[Inexact, InvalidOperation])
add, subtract, multiply, divide = _EXACT.add, _EXACT.subtract, _EXACT.multiply, _EXACT.divide
