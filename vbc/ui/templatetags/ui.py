"""Tags and filters of every page. The components themselves are in templates/components."""

from datetime import date
from typing import Any

from django import template
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from vbc.ui.components import PREPARE
from vbc.ui.dates import day_in_words, moment_in_words, time_in_words
from vbc.ui.pillars import PILLAR_BY_KEY, PILLARS

register = template.Library()

# What a component may know of the page around it. Nothing else leaks in, so that a page that
# happens to have a `url` or a `text` of its own does not turn a button into a link.
SHARED = ("request", "csrf_token", "csp_nonce")


@register.filter
def when(value: date | None) -> str:
    """{{ round.closes_at|when }}: Friday 4 December 2026, 5pm."""
    return moment_in_words(value) if value else ""


@register.filter
def day(value: date | None) -> str:
    """{{ meeting.day|day }}: Friday 4 December 2026."""
    return day_in_words(value) if value else ""


@register.filter
def clock_time(value: Any) -> str:
    """{{ meeting.starts_at|clock_time }}: 5:30pm."""
    return time_in_words(value) if value else ""


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file. Never an error: an error page needs its style sheet too."""
    try:
        return staticfiles_storage.url(path)
    except ValueError:
        return f"{settings.STATIC_URL}{path}"


def rendered(name: str, values: dict[str, Any], context: Context) -> SafeString:
    """The component `name` with `values` alone."""
    prepare = PREPARE.get(name)
    data = prepare(values) if prepare else values
    inner = {key: context[key] for key in SHARED if key in context} | data
    # What is marked safe is a template's output, escaped there.
    return mark_safe(  # noqa: S308  # nosec B308 B703
        get_template(f"components/{name}.html").template.render(  # type: ignore[attr-defined]
            context.new(inner)
        )
    )


@register.simple_tag(takes_context=True)
def ui(context: Context, component_name: str, **values: Any) -> SafeString:
    """{% ui "button" text="Save" %}: a component from templates/components."""
    return rendered(component_name, values, context)


class ComponentNode(Node):
    """A component around a piece of page."""

    def __init__(
        self, name: FilterExpression, values: dict[str, FilterExpression], nodelist: NodeList
    ) -> None:
        self.name = name
        self.values = values
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        """The component, with what stands between the tags as its `content`."""
        values = {key: value.resolve(context) for key, value in self.values.items()}
        values["content"] = self.nodelist.render(context)
        return rendered(self.name.resolve(context), values, context)


@register.tag
def component(parser: Parser, token: Token) -> ComponentNode:
    """{% component "card" heading="Next" %} ... {% endcomponent %}."""
    tag, *bits = token.split_contents()
    if not bits:
        raise template.TemplateSyntaxError(f"{tag} needs the name of a component")
    name = parser.compile_filter(bits.pop(0))
    values = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError(f"{tag} does not understand {' '.join(bits)}")
    nodelist = parser.parse(("endcomponent",))
    parser.delete_first_token()
    return ComponentNode(name, values, nodelist)


class PillarNode(Node):
    """What one pillar says."""

    def __init__(self, key: str, nodelist: NodeList) -> None:
        self.key = key
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        """The words of this pillar; the column around them belongs to PillarsNode."""
        words = self.nodelist.render(context)
        return words if words.strip() else SafeString("")


class PillarsNode(Node):
    """Three columns of equal width, in the one order, whatever order the page wrote them in."""

    def __init__(self, columns: dict[str, PillarNode], values: dict[str, FilterExpression]) -> None:
        self.columns = columns
        self.values = values

    def render(self, context: Context) -> SafeString:
        """All three, always: a pillar that said nothing is seen to have said nothing."""
        values = {key: value.resolve(context) for key, value in self.values.items()}
        columns = [(each, self.columns[each.key].render(context)) for each in PILLARS]
        return rendered("pillars", values | {"columns": columns}, context)


@register.tag
def pillar(parser: Parser, token: Token) -> PillarNode:
    """{% pillar evidence %} ... {% endpillar %}, inside {% pillars %}."""
    bits = token.split_contents()
    if len(bits) != 2 or bits[1].strip("\"'") not in PILLAR_BY_KEY:
        known = ", ".join(PILLAR_BY_KEY)
        raise template.TemplateSyntaxError(f"{bits[0]} needs one of: {known}")
    nodelist = parser.parse(("endpillar",))
    parser.delete_first_token()
    return PillarNode(bits[1].strip("\"'"), nodelist)


@register.tag
def pillars(parser: Parser, token: Token) -> PillarsNode:
    """{% pillars level=3 %} three {% pillar %} tags {% endpillars %}; none may be missing."""
    tag, *bits = token.split_contents()
    values = token_kwargs(bits, parser)
    nodelist = parser.parse(("endpillars",))
    parser.delete_first_token()
    columns = {node.key: node for node in nodelist if isinstance(node, PillarNode)}
    if missing := [each.label for each in PILLARS if each.key not in columns]:
        raise template.TemplateSyntaxError(f"{tag} shows all three; missing: {', '.join(missing)}")
    return PillarsNode(columns, values)


@register.simple_tag
def pillar_label(key: str) -> str:
    """{% pillar_label "evidence" %}: Evidence."""
    return PILLAR_BY_KEY[key].label


@register.simple_tag
def service_name() -> str:
    """The service's name from the settings, for emails and pages that have no frame."""
    return str(getattr(settings, "SERVICE_NAME", "Commissioning together"))
