"""Kept pieces know only what their tag names, and every value, with its type, has a piece of its own."""

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation
from django.utils.safestring import mark_safe


def shown(source: str, **values) -> str:
    return Template("{% load kept i18n %}" + source).render(Context(values))


def test_a_piece_cannot_see_who_is_looking():
    page = Template(
        '{% load kept %}{% kept "hello" title=title %}{{ title }} {{ name }}{{ request.user }}{% endkept %}'
    )
    assert page.render(Context({"title": "Chào", "name": "Lan"})) == "Chào "
    assert page.render(Context({"title": "Chào", "name": "Minh"})) == "Chào "


def test_it_is_rendered_once_for_each_value():
    asked = []
    page = Template('{% load kept %}{% kept "n" n=n ask=1 %}{{ n }}{% endkept %}')
    [node] = page.nodelist.get_nodes_by_type(type(page.nodelist[-1]))[-1:]
    whole = node.nodelist.render
    node.nodelist.render = lambda context: (asked.append(context["n"]), whole(context))[1]
    assert [page.render(Context({"n": n})) for n in (1, 2, 1, 2)] == ["1", "2", "1", "2"]
    assert asked == [1, 2]


@pytest.mark.parametrize(
    ("first", "second"),
    [(1, True), ("<b>", mark_safe("<b>")), (0, False), (["a", "b"], ["a,b"]), (None, "None"), ("", None)],
)
def test_values_that_are_equal_but_look_different_are_kept_apart(first, second):
    page = Template('{% load kept %}{% kept "n" n=n %}{{ n }}{% endkept %}')
    plain = Template("{{ n }}")
    for value in (first, second, first):
        assert page.render(Context({"n": value})) == plain.render(Context({"n": value}))


def test_each_language_has_its_own_piece():
    page = Template('{% load kept i18n %}{% kept "word" %}{% translate "Courses" %}{% endkept %}')
    with translation.override("vi"):
        vi = page.render(Context())
    with translation.override("en"):
        en = page.render(Context())
    assert (vi, en) == ("Khóa học", "Courses")


def test_two_places_with_the_same_name_and_values_are_two_pieces():
    assert shown('{% kept "a" n=1 %}x{% endkept %}{% kept "a" n=1 %}y{% endkept %}') == "xy"


@pytest.mark.parametrize("value", [object(), {"a": 1}, {1, 2}])
def test_what_may_change_unseen_cannot_be_in_a_key(value):
    with pytest.raises(TypeError, match="cannot depend"):
        shown('{% kept "a" n=n %}{{ n }}{% endkept %}', n=value)


@pytest.mark.parametrize("source", ["{% kept name %}{% endkept %}", '{% kept "a" title %}{% endkept %}'])
def test_a_slip_in_the_tag_shows_when_the_template_is_compiled(source):
    with pytest.raises(TemplateSyntaxError):
        shown(source)


def test_a_kept_frame_shows_each_person_their_own(site, cast, client):
    """The same page for several people, first with empty memories, then with full ones: nobody sees another's."""
    from django.urls import reverse

    from notices.models import Notice
    from shared.kept import forget_everything

    Notice.objects.create(person=cast["minh"], kind="certificate_ready", subject="Minh họa", path="/", key="a")

    def pages(names):
        for name in names:
            client.force_login(cast[name], backend="people.sign_in.backend.OneFieldBackend")
            body = client.get(reverse("account_page")).content.decode()
            yield name, body[body.index("<header") : body.index("</header>")]

    names = ["lan", "hung", "minh", "tam", "an"]
    alone = {}
    for name in names:
        forget_everything()
        alone |= pages([name])
    assert len(set(alone.values())) >= 4, "desks, initials and notices differ"
    assert dict(pages(names)) == alone
    assert dict(pages(reversed(names))) == alone


def test_holes_are_filled_each_time_in_one_piece():
    from shared.templatetags import kept

    page = Template(
        '{% load kept %}{% kept "n" a="x" with name=name %}<b title="{{ name }}">{{ a }}{{ name }}</b>{% endkept %}'
    )
    kept.forget_pieces()
    assert page.render(Context({"name": "Lan"})) == '<b title="Lan">xLan</b>'
    assert page.render(Context({"name": "<i>"})) == '<b title="&lt;i&gt;">x&lt;i&gt;</b>'
    assert page.render(Context({"name": mark_safe("<i>")})) == '<b title="<i>">x<i></b>'
    assert page.render(Context({"name": 7})) == '<b title="7">x7</b>'
    assert len(kept._pieces) == 1


def test_addresses_and_sentences_can_have_holes():
    source = (
        '{% kept "n" with number=number %}{% url "quizzes:attempt" number %} '
        "{% blocktranslate trimmed %}Question {{ number }}.{% endblocktranslate %}{% endkept %}"
    )
    with translation.override("vi"):
        assert shown(source, number=31) == "/bai-kiem-tra/31/ Câu hỏi 31."
        assert shown(source, number=32) == "/bai-kiem-tra/32/ Câu hỏi 32."


def test_a_hole_of_an_outer_piece_can_be_one_of_an_inner():
    page = Template(
        '{% load kept %}{% kept "outer" with n=n m=m %}{{ m }}'
        '{% kept "inner" with k=n %}[{{ k }}]{% endkept %}{% endkept %}'
    )
    assert [page.render(Context({"n": n, "m": "-"})) for n in (1, 2)] == ["-[1]", "-[2]"]


@pytest.mark.parametrize(
    "inside",
    [
        "{% if n %}x{% endif %}",
        "{% if n == 1 %}x{% endif %}",
        "{{ n|date }}",
        '{{ n|default:"x" }}',
        "{{ n|length }}",
        "{{ n.pk }}",
        "{% for x in n %}x{% endfor %}",
    ],
)
def test_who_looks_at_a_hole_is_told(inside):
    with pytest.raises((TemplateSyntaxError, TypeError), match="written out"):
        shown('{% kept "n" with n=n %}' + inside + "{% endkept %}", n=1)


def test_a_piece_for_each_of_a_list():
    source = '{% kept "o" a="x" each options with p=p %}<{{ p }}{{ a }}{{ id }}{% if on %}!{% endif %}>{% endkept %}'
    one, other = {"id": "1", "on": True}, {"id": "1", "on": False}
    assert shown(source, options=[one, other], p="q") == "<qx1!><qx1>"
    assert shown(source, options=[other, one], p="r") == "<rx1><rx1!>"
    assert shown(source, options=[], p="r") == ""


def test_memory_is_bounded(monkeypatch):
    from shared.templatetags import kept

    monkeypatch.setattr(kept, "CHARACTERS", 1000)
    for number in range(100):
        shown('{% kept "long" text=text %}{{ text }}{% endkept %}', text=f"{number}" + "a" * 300)
    assert len(kept._pieces) <= 5
