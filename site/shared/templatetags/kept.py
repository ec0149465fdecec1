"""`{% kept "option" text=option.text checked=option.checked with number=number %} … {% endkept %}`: a piece rendered
once for each set of values, then kept in the memory of the process.

Inside, nothing is known but the values named in the tag and the interface's language: by construction a piece cannot
depend on anything that its key does not hold, such as who is looking. Values are texts, numbers, truth values, dates,
None, or lists of them.

`each question.options` (before `with`) writes the piece for each of a list of dictionaries with the same names, whose
values are known inside and belong to the key.

What stands after `with` is no part of the key: the piece is kept with holes there, which are filled each time. Such a
value can only be written out, also through `{% url %}`; a tag or filter that looks at it is refused.
"""

import re
import secrets
from datetime import date
from decimal import Decimal

from django import template
from django.template.base import render_value_in_context, token_kwargs
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

ENTRIES = 20_000  # pieces of some hundred bytes; when it is full, it begins anew
CHARACTERS = 24_000_000  # … or when all of them together are as long as this
_PLAIN = (str, int, float, Decimal, date, type(None))
_pieces: dict = {}
_length = 0

# Digits, so that addresses can be made with them; nobody can know them, so that no text can hold them.
_MARK = str(secrets.randbelow(9 * 10**23) + 10**23)
_HOLES = re.compile(_MARK + "([0-9]{2})")


class Hole:
    """Stands inside a piece for a value that is filled in later; it remembers whether anybody looked at it."""

    def __init__(self, place: int):
        self.mark = SafeString(f"{_MARK}{place:02}")
        self.was_looked_at = False

    def __str__(self):
        return self.mark

    def _look(self, *_anything):
        self.was_looked_at = True
        raise TypeError("A hole in a kept piece can only be written out.")

    __bool__ = __len__ = __iter__ = __int__ = __eq__ = __lt__ = __gt__ = __le__ = __ge__ = __getitem__ = _look
    __hash__ = None

    def __getattr__(self, name):
        self._look()


class KeptNode(template.Node):
    """The tag; each place in a template has pieces of its own."""

    def __init__(self, name, values, each, filled, nodelist):
        self.name, self.nodelist = name, nodelist
        self.names, self.values = list(values), [_reader(value) for value in values.values()]
        self.each = _reader(each) if each else None
        self.holes, self.filled = list(filled), [_reader(value) for value in filled.values()]

    def render(self, context) -> str:
        given = [read(context) for read in self.values]
        key = (self, get_language(), context.autoescape, *map(_part_of_key, given))
        if self.each is None:
            pieces = [_pieces.get(key) or self._make(context, key, dict(zip(self.names, given, strict=True)))]
        else:
            pieces = [self._of_item(context, key, given, item) for item in self.each(context)]
        if not self.holes:
            return SafeString("".join([piece[0] for piece in pieces]))
        filled = [_written(read(context), context) for read in self.filled]
        parts = []
        for piece in pieces:
            start = len(parts)
            parts += piece
            for place in range(start + 1, len(parts), 2):
                parts[place] = filled[parts[place]]
        return SafeString("".join(parts))

    def _of_item(self, context, key, given, item) -> list:
        key = (*key, *map(_part_of_key, item.values()))
        return _pieces.get(key) or self._make(context, key, dict(zip(self.names, given, strict=True)) | item)

    def _make(self, context, key, given: dict) -> list:
        """The piece, cut at its holes: texts and, between them, the numbers of the holes."""
        global _length
        holes = {name: Hole(place) for place, name in enumerate(self.holes)}
        with context.render_context.push_state(context.template, isolated_context=False):
            text = self.nodelist.render(context.new(given | holes))
        looked_at = [name for name, hole in holes.items() if hole.was_looked_at]
        if looked_at:
            raise template.TemplateSyntaxError(
                f"kept {self.name}: {', '.join(looked_at)} is filled in later and can only be written out."
            )
        piece = _HOLES.split(text) if holes else [text]
        for place in range(1, len(piece), 2):
            piece[place] = int(piece[place])
        if len(_pieces) >= ENTRIES or _length > CHARACTERS:
            forget_pieces()
        _pieces[key] = piece
        _length += len(text)
        return piece


def _reader(expression):
    """Reads an expression's value from a context; a short way for plain names such as `option.text`."""
    variable = expression.var
    if expression.filters or getattr(variable, "translate", False) or not getattr(variable, "lookups", None):
        return expression.resolve
    first, *rest = variable.lookups

    def read(context):
        for known in reversed(context.dicts):
            if first in known:
                value = known[first]
                break
        else:
            return expression.resolve(context)
        for name in rest:
            if value.__class__ is dict:
                if name not in value:
                    return expression.resolve(context)
                value = value[name]
            else:
                value = getattr(value, name, _MISSING)
        return expression.resolve(context) if value is _MISSING or callable(value) else value

    return read


_MISSING = object()


def _written(value, context) -> str:
    return escape(value) if value.__class__ is str and context.autoescape else render_value_in_context(value, context)


def forget_pieces() -> None:
    global _length
    _pieces.clear()
    _length = 0


@register.tag
def kept(parser, token):
    _tag, name, *words = token.split_contents()
    if name[0] not in "\"'":
        raise template.TemplateSyntaxError('Write {% kept "name" variable=value … %}.')
    values = token_kwargs(words, parser)
    each, filled = None, {}
    if len(words) > 1 and words[0] == "each":
        each = parser.compile_filter(words[1])
        del words[:2]
    if words and words[0] == "with":
        del words[0]
        filled = token_kwargs(words, parser)
    if words:
        raise template.TemplateSyntaxError(f"kept {name}: only variable=value is understood, not {words[0]}.")
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(name, values, each, filled, nodelist)


def _part_of_key(value):
    """A value with its type: 1 and True are equal but look different, and so do safe and other texts."""
    kind = value.__class__
    if kind is str:  # as most are; no tuple of a class and a value is equal to it
        return value
    if isinstance(value, list | tuple):
        return tuple(map(_part_of_key, value))
    if not isinstance(value, _PLAIN):
        raise TypeError(f"A kept piece cannot depend on {kind.__name__}: name the values it shows.")
    return kind, value
