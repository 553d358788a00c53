"""JavaScript is called with what it is given: no function of it has types of its own here."""

from _pyodide_core import JsFuncSignature, js2py_default_call_result, py2js_default

no_default = object()
# The function; not for `new`; none needed by place, none named; any number of both; and what comes back.
default_signature = JsFuncSignature(
    lambda *args, **kwargs: None, False, 0, (), (), py2js_default, (), (), (), py2js_default, js2py_default_call_result
)
