"""`{% icon "arrow-right" %}` draws an icon; `{% icon "x" "extra-class" %}` adds classes."""

from django import template
from django.template.base import FilterExpression, Node, Parser, TextNode, Token

from shared.icons import icon_svg

register = template.Library()


class IconNode(Node):
    """An icon whose name or classes are known only when the page is rendered."""

    def __init__(self, name: FilterExpression, classes: FilterExpression | None):
        self.name, self.classes = name, classes

    def render(self, context) -> str:
        classes = self.classes.resolve(context) if self.classes else ""
        return icon_svg(str(self.name.resolve(context)), str(classes or ""))


@register.tag
def icon(parser: Parser, token: Token) -> Node:
    """A name written in the template is looked up when the template is compiled, so a slip shows at once."""
    words = token.split_contents()[1:]
    if not 1 <= len(words) <= 2:
        raise template.TemplateSyntaxError('Write {% icon "name" %} or {% icon "name" "classes" %}.')
    if all(word[0] in "\"'" and word[-1] == word[0] and "|" not in word for word in words):
        return TextNode(icon_svg(*(word[1:-1] for word in words)))
    expressions = [parser.compile_filter(word) for word in words]
    return IconNode(expressions[0], expressions[1] if len(words) == 2 else None)
