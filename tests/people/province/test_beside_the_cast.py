"""The small province around the demo's cast. (The cast stays for all tests of a module, so it has one of its own.)"""

from django.apps import apps

from people import demo
from people.models import Person, Posting, Unit
from people.province import loading
from people.province.facts import sizes
from people.province.loading import load_province
from people.province.units import HEAD, plan_units


def rows() -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in apps.get_models() if model._meta.managed}


def test_the_cast_keeps_its_units_and_heads(cast):
    demo.load_people()
    assert Unit.objects.get(code="LG-TS").head == cast["hoa"]
    assert Unit.objects.get(code="LG-NV").head == cast["quang"]
    assert Posting.objects.filter(unit__code="LG-TS", position_title="Chủ tịch UBND xã").count() == 1
    assert Person.objects.count() == len(cast) + sizes()["small"]["people"]
    before = rows()
    demo.load_people()
    assert rows() == before


def test_the_demo_leaves_a_province_of_another_seed_alone(cast):
    load_province("small", demo.SEED + 1)
    before = rows()
    demo.load_people()
    assert rows() == before


def chairs(code: str) -> int:
    return Posting.objects.filter(unit__code=code, position_title="Chủ tịch UBND xã").count()


def test_a_unit_that_has_a_head_gets_no_second_one(cast):
    """By whatever way the province is made: the command knows nothing of the demo."""
    headed = dict(Unit.objects.filter(head__isnull=False).values_list("code", "head"))
    assert headed
    load_province("small", demo.SEED)
    assert chairs("LG-TS") == 1
    assert headed.items() <= dict(Unit.objects.values_list("code", "head")).items()


def test_a_larger_province_beside_the_demos_leaves_all_its_chairs_alone(cast):
    """Heads of units, and posts that leaders hold beside their first; planned only, as writing all takes minutes."""
    demo.load_people()
    taken = set(Unit.objects.filter(head__isnull=False).values_list("code", flat=True))
    assert {"LG-TS", "LG-KL"} <= taken
    assert len(taken) > 40
    assert not planned_heads(loading._headed_by_others("full")) & taken
    assert taken <= planned_heads(frozenset()) | {"LG-NV"}, "control: otherwise each would get a second head"


def planned_heads(headed: frozenset[str]) -> set[str]:
    units = plan_units("full", headed)
    first = {unit.code for unit in units for post in unit.leaders if post.rank == HEAD}
    return first | {post.also[0] for unit in units for post in unit.leaders if post.also}


def test_control_without_asking_who_heads_there_would_be_two(cast, monkeypatch):
    monkeypatch.setattr(loading, "_headed_by_others", lambda size: frozenset())
    load_province("small", demo.SEED)
    assert chairs("LG-TS") == 2


def test_a_loading_that_was_interrupted_while_naming_heads_plans_the_same_again(cast, monkeypatch):
    real = loading._set_heads

    def interrupted(heads, done):
        first = dict(list(heads.items())[:2])
        real(first, done)
        raise KeyboardInterrupt

    monkeypatch.setattr(loading, "_set_heads", interrupted)
    try:
        load_province("small", demo.SEED)
    except KeyboardInterrupt:
        monkeypatch.setattr(loading, "_set_heads", real)
    people, named = Person.objects.count(), Unit.objects.filter(head__isnull=False).count()
    load_province("small", demo.SEED)
    assert Person.objects.count() == people
    assert Unit.objects.filter(head__isnull=False).count() > named
    assert chairs("LG-TS") == 1
