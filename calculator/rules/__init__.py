"""The rules, one module for each part of the law, as small functions in the order of the text.

A rule gets facts and law as arguments and reads nothing else. Neighbours here do not import each other:
`calculator.sentence` introduces them.
"""
