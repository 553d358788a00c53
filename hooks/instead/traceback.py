"""An error as text, without the lines of sources that are not there."""

import sys


def format_exception_only(error, *_, **__):
    """What went wrong, in one line."""
    return [f"{type(error).__name__}: {error}\n"]


def format_exception(error, *_, **__):
    """Where it went wrong, frame by frame, and what did."""
    lines, frame = ["Traceback (most recent call last):\n"], error.__traceback__
    while frame is not None:
        code = frame.tb_frame.f_code
        lines.append(f'  File "{code.co_filename}", line {frame.tb_lineno}, in {code.co_name}\n')
        frame = frame.tb_next
    return lines + format_exception_only(error)


def print_exception(kind, error=None, *_, **__):
    """Print it where errors go."""
    sys.stderr.writelines(format_exception(kind if error is None else error))
