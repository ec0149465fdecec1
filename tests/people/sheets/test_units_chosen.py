"""An officer says on the preview which unit a name of the list means."""

import re

import pytest
from django.urls import reverse

from people.domain import importing
from people.domain.importing import UnitChoice
from people.domain.importing.unit_choices import unit_names_of
from people.domain.importing.unit_offers import UnitOffers
from people.enums import ImportState
from people.models import AuditEntry, PeopleImport, Person, Posting, Unit, UnitAlias
from shared.errors import DomainError
from tests.people.sheets import books
from tests.people.sheets.conftest import codes

pytestmark = pytest.mark.django_db
UNKNOWN = "Tổ Tiếp dân Thượng Sơn"
NAMES = ("", "Nông Văn Thử", "Hà Thị Mẫu", "Ma Văn Ví Dụ", "Bế Thị Minh Họa")


def listed(*units: str) -> bytes:
    return books.plain([books.person(place, NAMES[place], unit=unit) for place, unit in enumerate(units, start=1)])


def unit(code: str) -> Unit:
    return Unit.objects.get(code=code)


def choose(taken: PeopleImport, meant: Unit | None, *, actor: Person, remember=False, found=None) -> None:
    """Decides on the one name that is asked about, or on the one called `found`, and reads the list again."""
    names = [name for name in unit_names_of(taken) if found in (None, name.found)]
    [name] = names
    choice = UnitChoice(name.reference, meant.pk if meant else None, remember)
    importing.choose_units(taken, [choice], seen=taken.staging_round, actor=actor)
    importing.stage(taken.pk)
    taken.refresh_from_db()


def test_one_decision_counts_for_all_rows_of_the_name(staged, cast):
    taken = staged(listed(UNKNOWN, UNKNOWN.upper(), "to tiep dan thuong son", "UBND xã Thượng Sơn"))
    assert (taken.counts["refused"], taken.counts["create"]) == (3, 1)
    [name] = unit_names_of(taken)
    assert (name.rows, name.column) == (3, "unit")
    choose(taken, unit("LG-TS-PVHCC"), actor=cast["hung"])
    assert (taken.state, taken.counts["refused"], taken.counts["create"]) == (ImportState.READY, 0, 4)
    assert [row.unit.code for row in taken.rows.order_by("position")] == [*["LG-TS-PVHCC"] * 3, "LG-TS"]
    importing.confirm(taken, actor=cast["hung"])
    assert Posting.objects.get(person__staff_number="TS0002").unit.code == "LG-TS-PVHCC"


def test_a_name_that_fits_several_units_offers_just_these_first(staged, cast):
    several = {unit("LG-TS-PVHCC"), unit("LG-TS-VHXH")}
    for one in several:
        UnitAlias.objects.create(unit=one, alias="Tổ hỗ trợ")
    taken = staged(listed("Tổ hỗ trợ"))
    assert codes(taken.rows.get()) == {"unit_ambiguous"}
    [name] = unit_names_of(taken)
    near = UnitOffers(taken, cast["hung"]).near(name.found, name.below, 2)
    assert set(near) == {one.pk for one in several}
    choose(taken, unit("LG-TS-VHXH"), actor=cast["hung"], remember=True)
    assert taken.rows.get().unit.code == "LG-TS-VHXH"
    assert UnitAlias.objects.filter(alias="Tổ hỗ trợ").count() == 2, "what is ambiguous is not remembered"


def test_a_decision_within_one_agency_leaves_other_agencies_alone(staged, cast):
    heading = ("STT", "Họ và tên", "Số hiệu CBCCVC", "Đơn vị", "Phòng/bộ phận", "Chức vụ", "Loại")
    rows = [
        (1, NAMES[1], "X1", "UBND xã Thượng Sơn", "Tổ Một cửa lưu động", "Chuyên viên", "CC"),
        (2, NAMES[2], "X2", "Sở Nội vụ", "Tổ Một cửa lưu động", "Chuyên viên", "CC"),
    ]
    taken = staged(books.plain(rows, heading), actor="an", unit=unit("LG"))
    first, second = unit_names_of(taken)
    assert first.reference != second.reference
    commune = next(one for one in (first, second) if one.below == unit("LG-TS").pk)
    choice = UnitChoice(commune.reference, unit("LG-TS-PVHCC").pk)
    importing.choose_units(taken, [choice], seen=taken.staging_round, actor=cast["an"])
    importing.stage(taken.pk)
    assert [(row.kind, row.unit and row.unit.code) for row in taken.rows.order_by("position")] == [
        ("create", "LG-TS-PVHCC"), ("refused", None),
    ]  # fmt: skip


def test_a_decision_can_be_taken_back(staged, cast):
    taken = staged(listed(UNKNOWN))
    choose(taken, unit("LG-TS-PVHCC"), actor=cast["hung"])
    assert codes(taken.rows.get()) >= {"unit_chosen"}
    choose(taken, None, actor=cast["hung"])
    assert taken.rows.get().kind == "refused"
    assert taken.unit_choices == {}


@pytest.mark.parametrize("code", ["LG-KL", "LG"])
def test_a_unit_outside_the_officers_scope_is_neither_offered_nor_accepted(code, staged, cast, signed_in):
    outside = unit(code)
    taken = staged(listed(outside.name + " mới"))
    [name] = unit_names_of(taken)
    offers = UnitOffers(taken, cast["hung"])
    assert outside.pk not in offers.near(name.found, None, 1000)
    assert outside.pk not in offers.search(outside.name, 1000)
    client = signed_in("hung")
    page = reverse("people:import_units", args=[taken.pk])
    answer = client.post(page, {"find": "1", "seen": 0, f"q-{name.reference}": outside.name, f"u-{name.reference}": ""})
    assert f'name="u-{name.reference}" value="{outside.pk}"' not in answer.content.decode()
    client.post(page, {"seen": taken.staging_round, f"u-{name.reference}": outside.pk})
    taken.refresh_from_db()
    assert (taken.unit_choices, taken.state) == ({}, ImportState.READY)
    with pytest.raises(DomainError):
        choose(taken, outside, actor=cast["hung"])


def test_of_an_import_for_the_whole_province_an_officer_is_offered_only_own_units(staged, cast):
    """Whoever may see an import of a wider scope still decides within the own one."""
    taken = staged(listed("Phòng Thử nghiệm"), actor="an", unit=unit("LG-TS"))
    narrow = UnitOffers(taken, cast["binh"])
    assert not [pk for pk in narrow.units if Unit.objects.get(pk=pk).code.startswith("LG-TS")]
    with pytest.raises(DomainError):
        choose(taken, unit("LG-TS"), actor=cast["binh"])
    choose(taken, unit("LG-TS"), actor=cast["hung"])
    assert taken.counts["create"] == 1


def test_a_name_is_remembered_as_an_alias_and_logged(staged, cast):
    taken = staged(listed(UNKNOWN))
    choose(taken, unit("LG-TS-PVHCC"), actor=cast["hung"], remember=True)
    assert UnitAlias.objects.get(alias=UNKNOWN).unit.code == "LG-TS-PVHCC"
    logged = {entry.action: entry for entry in AuditEntry.objects.order_by("-pk")[:2]}
    assert logged["unit.aliases_changed"].details["added"] == [UNKNOWN]
    assert logged["people_import.units_chosen"].actor_id == cast["hung"].pk
    assert UNKNOWN not in str(logged["people_import.units_chosen"].details)
    later = staged(listed("", UNKNOWN))
    assert later.rows.get(number=3).unit.code == "LG-TS-PVHCC"


def test_without_asking_for_it_nothing_is_remembered(staged, cast):
    before = UnitAlias.objects.count()
    choose(staged(listed(UNKNOWN)), unit("LG-TS-PVHCC"), actor=cast["hung"])
    assert UnitAlias.objects.count() == before
    assert staged(listed(UNKNOWN)).counts["refused"] == 1


@pytest.mark.parametrize("answer", ["same", "skip", "new"])
def test_decisions_on_people_outlive_the_new_reading(answer, staged, cast):
    importing.confirm(staged(listed("UBND xã Thượng Sơn")), actor=None)
    known = Person.objects.get(staff_number="TS0001")
    rows = [
        books.person(1, NAMES[1], staff_number="", national_id="", work_email="", phone="0100 888 888"),
        books.person(2, NAMES[2], unit=UNKNOWN),
    ]
    taken = staged(books.plain(rows))
    importing.decide(
        taken.rows.get(number=2), answer, chosen=known.pk if answer == "same" else None, actor=cast["hung"]
    )
    taken.refresh_from_db()
    choose(taken, unit("LG-TS"), actor=cast["hung"])
    row = taken.rows.get(number=2)
    assert (row.decision, row.decided_by_id) == (answer, cast["hung"].pk)
    assert row.kind == {"same": "change", "skip": "refused", "new": "create"}[answer]
    assert taken.counts["doubtful"] == 0
    importing.decide(row, "", actor=cast["hung"])
    taken.refresh_from_db()
    importing.read_again(taken)
    importing.stage(taken.pk)
    assert taken.rows.get(number=2).kind == "doubtful", "what was taken back is not decided again"


@pytest.mark.parametrize(
    ("said", "nearest"),
    [
        ("Trung tâm PVHCC xã Thượng Xơn", "LG-TS-PVHCC"),
        ("Phòng Văn hoá và Xã hội, Thuơng Sơn", "LG-TS-VHXH"),
        ("Phòng Văn hóa, Xã hội và Thông tin", "LG-TS-VHXH"),
    ],
)
def test_the_nearest_name_comes_first(said, nearest, staged, cast):
    taken = staged(listed("Phòng Thử nghiệm"))
    offers = UnitOffers(taken, cast["hung"])
    assert offers.units[offers.near(said, None, 4)[0]].code == nearest


def test_search_needs_no_diacritics(staged, cast):
    offers = UnitOffers(staged(listed(UNKNOWN)), cast["hung"])
    found = [offers.units[pk].code for pk in offers.search("van hoa", 8)]
    assert found == ["LG-TS-VHXH"]
    assert offers.search("", 8) == []


def test_without_a_script_searched_chosen_and_matched_again(staged, signed_in):
    taken = staged(listed(UNKNOWN, "Phòng Thử nghiệm"))
    client, page = signed_in("hung"), reverse("people:import", args=[taken.pk])
    send = reverse("people:import_units", args=[taken.pk])
    shown = client.get(page).content.decode()
    first, second = dict.fromkeys(re.findall(r'name="u-([0-9a-f]{16})"', shown))
    found = client.post(send, {"find": first, "seen": 0, f"u-{first}": "", f"q-{second}": "van hoa", f"u-{second}": ""})
    wanted = unit("LG-TS-VHXH").pk
    assert re.search(rf'name="u-{second}" value="{wanted}"', found.content.decode())
    assert taken.unit_choices == {}
    answer = client.post(send, {"seen": 0, f"u-{first}": wanted, f"u-{second}": wanted})
    assert answer.url == page
    assert "data-progress" in client.get(page).content.decode()
    importing.stage(taken.pk)
    done = client.get(page)
    assert done.context["questions"].asked == []
    assert len(done.context["questions"].decided) == 2
    assert taken.rows.filter(kind="create").count() == 2
    assert client.get(send).url == page


def test_who_decides_on_an_old_preview_is_told(staged, cast):
    taken = staged(listed(UNKNOWN))
    [name] = unit_names_of(taken)
    choose(taken, unit("LG-TS-PVHCC"), actor=cast["hung"])
    stale = UnitChoice(name.reference, unit("LG-TS").pk)
    with pytest.raises(DomainError, match=cast["hung"].full_name):
        importing.choose_units(taken, [stale], seen=taken.staging_round - 1, actor=cast["an"])
    taken.refresh_from_db()
    assert taken.unit_choices[name.reference]["unit"] == unit("LG-TS-PVHCC").pk


@pytest.mark.parametrize("count", [1, 3])
def test_the_preview_asks_a_constant_number_of_queries(count, staged, signed_in, django_assert_num_queries):
    taken = staged(listed(*[f"Tổ công tác {'ABC'[number]}" for number in range(count)]))
    client, page = signed_in("hung"), reverse("people:import", args=[taken.pk])
    assert len(client.get(page).context["questions"].asked) == count
    with django_assert_num_queries(QUERIES_WITH_QUESTIONS):
        client.get(page)


QUERIES_WITH_QUESTIONS = 11
