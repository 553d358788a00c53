"""No text is run as Python here, so there is nothing to run it with."""
