"""The administrators' screens of units: the tree, the page of a unit, and every change in two steps."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from people.domain import roles, units
from people.enums import Role
from people.models import AuditEntry, Posting, Unit, UnitChange
from people.queries import people_in_subtree, subtree_of
from tests.courses.stage import BACKEND
from tests.people.units.stage import BASIS, add_person, province

DAY = "2026-03-01"


@pytest.fixture
def an(cast) -> Client:
    browser = Client()
    browser.cookies["language"] = "en"
    browser.force_login(cast["an"], backend=BACKEND)
    return browser


@pytest.fixture
def tree(an) -> dict[str, Unit]:
    return province()


def screen(name: str, unit: Unit) -> str:
    return reverse(f"units:{name}", args=[unit.pk])


def errors(response) -> dict:
    return response.context["form"].errors


def confirm(browser: Client, address: str, data: dict):
    """Both steps: sends the form, takes the button of the preview, sends what the preview holds."""
    preview = browser.post(address, data)
    page = preview.content.decode()
    assert preview.status_code == 200 and "outcome" in preview.context, errors(preview)
    sent = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    again: dict[str, list] = {}
    for name, value in sent:
        if name != "csrfmiddlewaretoken":
            again.setdefault(name, []).append(value)
    fingerprint = re.search(r'name="confirm" value="([0-9a-f]{32})"', page).group(1)
    return browser.post(address, again | {"confirm": fingerprint})


MERGE = {"into": "fresh", "code": "XM", "name": "Xã Hợp Nhất", "kind": "commune", "effective": DAY, "basis": BASIS}


def test_the_tree_shows_all_units_by_line_with_the_people_below(an, tree):
    page = an.get(reverse("units:index"))
    sections = {section.line: section for section in page.context["sections"]}
    names = [row.node.name for row in sections["state"].rows]
    assert {"Đơn vị XA", "Đơn vị XA-KT", "Tỉnh Lam Giang"} <= set(names)
    assert "Đơn vị DU" in {row.node.name for row in sections["party"].rows}
    people = {row.node.code: row.node.people_below for row in sections["state"].rows}
    assert (people["T"], people["XA"], people["XA-KT"]) == (13, 5, 2)


def test_the_tree_is_well_nested(an, tree):
    page = an.get(reverse("units:index")).content.decode()
    part = page[page.index('<ul class="unit-tree"') : page.index('<p class="unit-note">')]
    for tag in ("ul", "li"):
        assert len(re.findall(rf"<{tag}[ >]", part)) == part.count(f"</{tag}>")


def test_units_are_found_without_marks_with_what_stands_above_them(an, tree):
    page = an.get(reverse("units:index"), {"q": "don vi xa kt"})
    rows = [row for section in page.context["sections"] for row in section.rows]
    assert [(row.node.code, row.node.wanted) for row in rows] == [("T", False), ("XA", False), ("XA-KT", True)]
    assert "1 unit found" in page.content.decode()
    assert "No unit found" in an.get(reverse("units:index"), {"q": "không có đâu"}).content.decode()


def test_one_line_alone(an, tree):
    units.create_unit("DU-XA", "Đảng ủy xã A", parent=tree["XA"], active_from=date(2025, 7, 1), line="party")
    page = an.get(reverse("units:index"), {"line": "party"})
    wanted = {row.node.code for section in page.context["sections"] for row in section.rows if row.node.wanted}
    assert wanted == {"DU", "DU-XA", "LG-TU"}


def test_the_tree_of_another_day(an, tree):
    units.merge_units(
        [tree["XA"], tree["XB"]], units.UnitRow("XM", "Xã Hợp Nhất", "T", date(2026, 3, 1)), date(2026, 3, 1)
    )
    units.rename_unit(tree["XC"], "Xã Tên Mới", "", actor=None, effective=date(2026, 3, 1))

    def names(day):
        sections = an.get(reverse("units:index"), {"day": day}).context["sections"]
        return {row.node.name: row.node.people_below for section in sections for row in section.rows}

    before, after = names("2026-02-28"), names("2026-03-01")
    assert before["Đơn vị XA"] == before["Đơn vị XB"] == 5 and "Xã Hợp Nhất" not in before and "Đơn vị XC" in before
    assert after["Xã Hợp Nhất"] == 10 and "Đơn vị XA" not in after and "Xã Tên Mới" in after
    assert "Đơn vị XA" in an.get(reverse("units:index")).content.decode().split("closed units")[1]


@pytest.mark.parametrize("data", [{"day": "hôm qua"}, {"day": "31/02/2026"}, {"line": "không có"}])
def test_what_cannot_be_read_in_the_filter_shows_the_tree_of_today(an, tree, data):
    assert an.get(reverse("units:index"), data).status_code == 200


def queries(browser, address) -> int:
    browser.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["index", "edit", "split", "merge"])
def test_no_screen_asks_more_for_more_units_and_people(an, tree, name):
    unit = tree["XA"]
    address = reverse("units:index") if name == "index" else screen(name, unit)
    few = queries(an, address)
    for number in range(3):
        units.create_unit(f"T{number}", f"Phòng {number}", parent=unit, active_from=date(2025, 7, 1), kind="division")
        units.create_unit(f"X{number}", f"Xã {number}", parent=tree["T"], active_from=date(2025, 7, 1), kind="commune")
        roles.grant_role(add_person(unit, f"them{number}"), Role.HR_OFFICER, unit, actor=None)
    assert queries(an, address) == few


def test_a_preview_asks_no_more_for_more_people(an, tree):
    data = {"heir": tree["XC"].pk, "effective": DAY, "basis": BASIS}

    def asked():
        with CaptureQueriesContext(connection) as captured:
            assert "outcome" in an.post(screen("close", tree["XA"]), data).context
        return len(captured)

    asked()
    few = asked()
    for number in range(9):
        add_person(tree["XA"], f"them{number}")
    assert asked() == few


def test_the_page_of_a_unit_shows_its_whole_history(an, tree, cast):
    units.rename_unit(tree["XA"], "Xã A Mới", "Xã A", actor=cast["an"], effective=date(2026, 1, 1), basis="QĐ số 1")
    units.move_unit(tree["XA"], tree["XC"], date(2026, 2, 1), basis="QĐ số 2")
    units.merge_units([tree["XA"]], tree["XB"], date(2026, 3, 1), basis="QĐ số 3")
    page = an.get(screen("edit", tree["XA"])).content.decode()
    for text in ("The unit began", "Called “Xã A Mới (Xã A)”", "Placed under Đơn vị XC", "Merged into Đơn vị XB"):
        assert text in page
    for text in ("QĐ số 1", "QĐ số 2", "QĐ số 3", "01/07/2025 – 31/12/2025", "01/02/2026 – 28/02/2026"):
        assert text in page
    assert screen("merge", tree["XA"]) not in page
    heir = an.get(screen("edit", tree["XB"])).content.decode()
    assert "Xã A Mới was merged into this unit" in heir and screen("edit", tree["XA"]) in heir


def test_what_lies_ahead_is_marked_so(an, tree):
    day = timezone.localdate() + timedelta(days=9)
    units.close_unit(tree["DU"], day, heir=tree["T"])
    page = an.get(screen("edit", tree["DU"])).content.decode()
    assert f"This unit closes on {day:%d/%m/%Y}" in page and "to come" in page


def test_a_unit_is_created_below_another_and_opens(an, tree):
    data = {"code": "XD", "name": "Xã D", "kind": "commune", "line": "state", "parent": tree["T"].pk,
            "active_from": DAY, "basis": BASIS}  # fmt: skip
    response = an.post(reverse("units:add"), data)
    unit = Unit.objects.get(code="XD")
    assert response.url == screen("edit", unit)
    assert unit in subtree_of([tree["T"].pk])
    assert UnitChange.objects.get(unit=unit).basis == BASIS
    assert "Xã D" in an.get(response.url).content.decode()


def test_renaming(an, tree, cast):
    data = {"name": "Xã Tên Mới", "short_name": "Tên Mới", "effective": DAY, "basis": BASIS}
    assert confirm(an, screen("rename", tree["XA"]), data).url == screen("edit", tree["XA"])
    assert Unit.objects.get(code="XA").name == "Xã Tên Mới"
    entry = AuditEntry.objects.get(action="unit.renamed")
    assert (entry.actor, entry.details["basis"]) == (cast["an"], BASIS)


def test_moving_shows_who_gains_and_loses_sight_of_it(an, tree):
    loses = roles.grant_role(add_person(tree["XA"], "mat"), Role.HR_OFFICER, tree["XA"], actor=None).person
    gains = roles.grant_role(add_person(tree["XB"], "duoc"), Role.HR_OFFICER, tree["XB"], actor=None).person
    data = {"parent": tree["XB"].pk, "effective": DAY, "basis": BASIS}
    outcome = an.post(screen("move", tree["XA-KT"]), data).context["outcome"]
    assert {(step.subject, bool(step.to)) for step in outcome.reach} == {(str(loses), False), (str(gains), True)}
    figures = {row.unit: (row.people_before, row.people_after) for row in outcome.figures}
    assert figures == {"Đơn vị XA": (6, 4), "Đơn vị XB": (6, 8), "Đơn vị XA-KT": (2, 2)}
    assert outcome.people_before == outcome.people_after == 12
    confirm(an, screen("move", tree["XA-KT"]), data)
    assert tree["XA-KT"] in subtree_of([tree["XB"].pk])


def test_a_preview_changes_nothing(an, tree):
    before = list(Posting.objects.values()), list(Unit.objects.values()), AuditEntry.objects.count()
    page = an.post(screen("merge", tree["XA"]), MERGE | {"others": [tree["XB"].pk], "parent": tree["T"].pk})
    assert page.context["outcome"].people_after == 13
    assert (list(Posting.objects.values()), list(Unit.objects.values()), AuditEntry.objects.count()) == before


def test_merging_two_communes_from_form_to_history(an, tree, cast):
    roles.grant_role(cast["hung"], Role.HR_OFFICER, tree["XA"], actor=None)
    units.set_head(tree["XA"], cast["hoa"], actor=None)
    data = MERGE | {"others": [tree["XB"].pk], "parent": tree["T"].pk}
    outcome = an.post(screen("merge", tree["XA"]), data).context["outcome"]
    figures = {row.unit: (row.people_before, row.people_after) for row in outcome.figures}
    assert figures["Xã Hợp Nhất"] == (0, 10) and figures["Đơn vị XA"] == (5, 0) and figures["Đơn vị T"] == (13, 13)
    assert len(outcome.postings) == 7
    assert {(step.subject, step.to) for step in outcome.units} == {
        ("Đơn vị XA-KT", "Xã Hợp Nhất"),
        ("Đơn vị XB-KT", "Xã Hợp Nhất"),
    }
    assert [(step.subject, step.to) for step in outcome.roles] == [("Vũ Mạnh Hùng", "Xã Hợp Nhất")]
    assert [(step.subject, step.origin) for step in outcome.heads] == [("Ma Thị Hòa", "Đơn vị XA")]
    assert outcome.names == ["Đơn vị XA", "Đơn vị XB"]
    confirm(an, screen("merge", tree["XA"]), data)
    merged = Unit.objects.get(code="XM")
    assert people_in_subtree(merged, date(2026, 3, 1)).count() == 10
    assert "Đơn vị XA was merged into this unit" in an.get(screen("edit", merged)).content.decode()


def test_splitting_deals_out_people_and_sub_units(an, tree):
    chosen = Posting.objects.get(person__username="xa0")
    data = {
        "part1": "fresh", "part1-code": "XA1", "part1-name": "Xã A Một", "part1-kind": "commune",
        "part1-place": "beside", "part2": "existing", "part2-existing": tree["XC"].pk, "fate": "stays",
        f"posting-{chosen.pk}": "1", f"unit-{tree['XA-KT'].pk}": "2", "effective": DAY, "basis": BASIS,
    }  # fmt: skip
    confirm(an, screen("split", tree["XA"]), data)
    day = date(2026, 3, 1)
    assert [p.username for p in people_in_subtree(Unit.objects.get(code="XA1"), day)] == ["xa0"]
    assert people_in_subtree(tree["XA"], day).count() == 2
    assert tree["XA-KT"] in subtree_of([tree["XC"].pk])


def test_splitting_for_good_gives_the_rest_to_the_first_part(an, tree):
    data = {
        "part1": "existing", "part1-existing": tree["XB"].pk, "fate": "closes", "effective": DAY, "basis": BASIS,
        "part2": "existing", "part2-existing": tree["XC"].pk, f"unit-{tree['XA-KT'].pk}": "2",
    }  # fmt: skip
    confirm(an, screen("split", tree["XA"]), data)
    closed = Unit.objects.get(code="XA")
    assert (closed.active_to, closed.replaced_by) == (date(2026, 3, 1), tree["XB"])
    assert people_in_subtree(tree["XB"], date(2026, 3, 1)).count() == 8


def test_closing(an, tree):
    data = {"effective": DAY, "basis": BASIS}
    refused = an.post(screen("close", tree["XA"]), data)
    assert "3 postings" in errors(refused)["__all__"][0]
    confirm(an, screen("close", tree["XA"]), data | {"heir": tree["XB"].pk})
    assert Unit.objects.get(code="XA").replaced_by == tree["XB"]


MISTAKES = [
    ("rename", {}, "name", "called so already"),
    ("rename", {"name": "Khác", "effective": "2206-01-01"}, "effective", "Choose a day between"),
    ("rename", {"name": "Khác", "basis": ""}, "basis", "required"),
    ("move", {}, "parent", "Choose either"),
    ("move", {"parent": "XA-KT"}, "__all__", "under itself"),
    ("merge", MERGE, "others", "at least one further unit"),
    ("merge", MERGE | {"others": ["XB"], "code": ""}, "code", "Fill this in"),
    ("merge", MERGE | {"others": ["XB"], "code": "XC"}, "code", "never used twice"),
    ("merge", {"into": "existing", "others": ["XB"]}, "successor", "Choose the unit"),
    ("split", {"part1": "existing", "fate": "stays"}, "part1-existing", "Choose the unit"),
    ("split", {"part1": "existing", "part1-existing": "XB", "fate": "stays"}, "__all__", "dealt out yet"),
    ("close", {"heir": "XA"}, "__all__", "its own successor"),
]


@pytest.mark.parametrize(("verb", "data", "field", "words"), MISTAKES)
def test_mistakes_are_named_beside_the_field(an, tree, verb, data, field, words):
    def known(value):
        return [tree[one].pk for one in value] if isinstance(value, list) else tree[value].pk

    whole = {"name": "Đơn vị XA", "effective": DAY, "basis": BASIS} | data
    for name in ("parent", "others", "successor", "part1-existing", "heir"):
        if name in whole:
            whole[name] = known(whole[name])
    response = an.post(screen(verb, tree["XA"]), whole)
    assert words in errors(response)[field][0]
    assert not UnitChange.objects.exclude(event="created").exists()


def test_what_changed_since_the_preview_is_shown_before_anything_is_done(an, tree):
    address, data = screen("close", tree["XA"]), {"heir": tree["XB"].pk, "effective": DAY, "basis": BASIS}
    fingerprint = an.post(address, data).context["outcome"].fingerprint
    add_person(tree["XA"], "vua-den")
    page = an.post(address, data | {"confirm": fingerprint})
    assert page.context["changed_meanwhile"] and not UnitChange.objects.filter(event="closed").exists()
    assert an.post(address, data | {"confirm": page.context["outcome"].fingerprint}).status_code == 302


def test_back_from_the_preview_keeps_what_was_typed(an, tree):
    data = {"name": "Xã Viết Dở", "effective": DAY, "basis": BASIS, "back": "1"}
    assert "Xã Viết Dở" in an.post(screen("rename", tree["XA"]), data).content.decode()


def test_head_and_other_names(an, tree, cast):
    an.post(screen("head", tree["XA"]), {"head": cast["lan"].pk})
    an.post(screen("aliases", tree["XA"]), {"aliases": "UBND xã A\n\nXa A\nxã a"})
    unit = Unit.objects.get(code="XA")
    assert unit.head == cast["lan"]
    assert list(unit.aliases.values_list("key", flat=True)) == ["ubnd xa a", "xa a"]
    assert {"unit.head_set", "unit.aliases_changed"} <= set(AuditEntry.objects.values_list("action", flat=True))


NAMES = ("edit", "rename", "move", "merge", "split", "close", "head", "aliases", "history", "delete")


@pytest.mark.parametrize("name", NAMES)
def test_only_administrators_reach_a_screen(an, tree, cast, name):
    address = screen(name, tree["XA"])
    assert an.get(address).status_code == 200
    for username in ("tam", "hung", "lan"):
        browser = Client()
        browser.force_login(cast[username], backend=BACKEND)
        for answer in (browser.get(address), browser.post(address, {})):
            assert answer.status_code in {302, 403, 404}
            assert "Đơn vị XA" not in answer.content.decode()
    assert an.get(reverse(f"units:{name}", args=[999999])).status_code == 404


def test_a_closed_unit_is_changed_no_more(an, tree):
    units.close_unit(tree["XA"], date(2026, 3, 1), heir=tree["XB"])
    response = an.post(screen("rename", tree["XA"]), {"name": "Khác", "effective": "2026-04-01", "basis": BASIS})
    assert "is closed from 01/03/2026" in errors(response)["__all__"][0]


def test_a_unit_made_by_mistake_can_be_deleted_and_one_that_inherits_cannot(an, tree):
    mistake = units.create_unit("SAI", "Đơn vị nhập sai", parent=tree["T"], active_from=date(2026, 1, 1))
    an.post(screen("delete", mistake))
    assert not Unit.objects.filter(code="SAI").exists()
    units.close_unit(tree["XA"], date(2026, 3, 1), heir=tree["XC"])
    assert an.post(screen("delete", tree["XC"])).status_code == 409


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"code": "LG-NV"}, "code", "Another unit has this code. Codes are never used twice."),
        ({"active_from": "2020-01-01"}, "active_from", "Đơn vị T exists only from 01/07/2025 on."),
        ({"parent": "XA"}, "parent", "Đơn vị XA is closed from 01/03/2026 on; choose another unit."),
    ],
)
def test_mistakes_in_a_unit_to_create_are_named(an, tree, changes, field, message):
    units.close_unit(tree["XA"], date(2026, 3, 1), heir=tree["XB"])
    data = {"code": "M", "name": "Mới", "kind": "other", "line": "state", "parent": "T", "active_from": DAY} | changes
    response = an.post(reverse("units:add"), data | {"parent": tree[data["parent"]].pk})
    assert errors(response)[field] == [message]


def test_the_log_of_a_unit_names_both_names(an, tree, cast):
    units.rename_unit(tree["XA"], "Xã Tên Mới", "", actor=cast["an"], effective=date(2026, 3, 1))
    page = an.get(screen("history", tree["XA"])).content.decode()
    assert "Đơn vị XA → Xã Tên Mới" in page


def test_deleting_a_unit_in_use_explains_what_depends_on_it(an, tree):
    for code, kind in (("DU", "Postings"), ("T", "Unit placements")):
        page = an.get(screen("delete", tree[code])).content.decode()
        assert "Cannot be deleted" in page and kind in page
        assert an.post(screen("delete", tree[code])).status_code == 409
        assert Unit.objects.filter(code=code).exists()


def test_closed_units_cannot_be_chosen_and_namesakes_are_told_apart(an, tree):
    units.close_unit(tree["XA"], date(2026, 3, 1), heir=tree["XB"])
    page = an.get(reverse("unit_chooser:choose_results"), {"q": "don vi x"}).content.decode()
    assert "Đơn vị XB" in page and "XA-KT" in page
    assert not re.search(r"Đơn vị XA\s*<", page)
    assert "Đơn vị T" in page
