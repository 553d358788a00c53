"""The rules, one module or package for each part of the law, as small functions in the order of the text.

A rule gets facts and law as arguments and reads nothing else. Neighbours here do not import each other:
`calculator.sentence` introduces them. Inside a package each module holds one subject, and what others may use is named
in its `__init__`.
"""
