"""What Pyodide's core looks up by name: without the help texts, and with one class for all that is of JavaScript."""

from json import encoder

# Which feature of a JavaScript value each bit stands for; filled when the core is there.
_js_flags = {}
_instantiate_token = object()


class _JsProxyMetaClass(type):
    def __instancecheck__(cls, instance):
        return cls.__subclasscheck__(type(instance))

    def __subclasscheck__(cls, kind):
        return type.__subclasscheck__(cls, kind) or hasattr(kind, "_js_type_flags")


class JsProxy(metaclass=_JsProxyMetaClass):
    """Something of JavaScript. The core makes one of these to read the help on each method, of which there is none."""

    _js_type_flags = 0

    def __new__(cls, token=None):
        if token is not _instantiate_token:
            raise TypeError("it comes from JavaScript")
        return super().__new__(cls)

    def __getattr__(self, name):
        return None


JsArray = JsBuffer = JsDoubleProxy = JsGenerator = JsMutableMap = JsPromise = JsProxy
# The core puts its own in the place of these.
create_once_callable = create_proxy = destroy_proxies = to_js = run_sync = can_run_sync = None


class InternalError(Exception):
    """A fault of Pyodide itself."""


class ConversionError(Exception):
    """A value that cannot go from one language to the other."""


class JsNull:
    """The type of JavaScript's null."""

    def __new__(cls):
        return jsnull

    def __repr__(self):
        return "jsnull"

    def __bool__(self):
        return False

    typeof = "object"


jsnull = object.__new__(JsNull)
encoder._JSNULL = jsnull
