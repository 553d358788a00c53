"""What the reader sees: the form, the answer, the chart, the worksheet. Python renders; a page only puts it
in place.
"""
