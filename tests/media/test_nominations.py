"""A unit nominates, the nominee is told first and may decline, HR answers, the council votes, an exemplar results."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from media import queries
from media.domain import council, exemplars, nominations
from media.enums import CouncilDecision, ExemplarStatus, NominationState, VoteValue
from media.models import CouncilSession, DocketItem, EmulationLevel, Exemplar, Nomination, StoryPage, StoryRemoval, Vote
from notices.models import Notice
from people.domain import roles
from people.enums import Role
from people.models import AuditEntry, Unit
from shared.errors import DomainError

pytestmark = pytest.mark.django_db
AWARD = {
    "award_form": "Giấy khen",
    "decision_number": "12/QĐ-UBND",
    "issuer": "Chủ tịch UBND xã Thượng Sơn",
}


@pytest.fixture
def level(db):
    return EmulationLevel.objects.get_or_create(name="Cơ sở")[0]


@pytest.fixture
def nominate(cast, level):
    """Lan of Thượng Sơn, put forward by the head of her commune."""

    def make(**facts):
        return nominations.nominate(
            Unit.objects.get(code="LG-TS-PVHCC"),
            actor=cast["hoa"],
            **{
                "kind": "official",
                "person": cast["lan"],
                "display_name": "Nông Thị Lan",
                "position_title": "Công chức Bộ phận Một cửa",
                "achievement": "Xoay màn hình để người dân cùng xem hồ sơ.",
                "pillars": ["communication"],
                "level": level,
            }
            | facts,
        )

    return make


@pytest.fixture
def on_docket(nominate, cast):
    def make(**facts):
        nomination = nominate(**facts)
        nominations.confirm(nomination, actor=cast["hung"], yes=True)
        nominations.agree(nomination, actor=cast["lan"])
        session = council.open_session(
            Unit.objects.get(code="LG"), actor=cast["quang"], title="Đợt một", held_on=timezone.localdate()
        )
        return council.put_on_docket(session, Nomination.objects.get(pk=nomination.pk), actor=cast["quang"])

    return make


def test_a_head_nominates_with_evidence_and_the_nominee_learns_first(signed_in, cast, level):
    unit = Unit.objects.get(code="LG-TS-PVHCC")
    form = {
        "unit": unit.pk,
        "kind": "official",
        "display_name": "Nông Thị Lan",
        "position_title": "Công chức",
        "staff_number": cast["lan"].staff_number,
        "achievement": "Gọi điện báo trước mỗi khi hồ sơ xong sớm.",
        "pillars": ["spirit", "communication"],
        "level": level.pk,
        "evidence": [SimpleUploadedFile("phieu.pdf", b"%PDF-1.4"), SimpleUploadedFile("anh.jpg", b"\xff\xd8")],
    }
    client = signed_in("hoa")
    assert client.get(reverse("new_nomination")).status_code == 200

    response = client.post(reverse("new_nomination"), form)

    nomination = Nomination.objects.get()
    assert response.url == reverse("nomination", args=[nomination.pk])
    assert nomination.unit_name == unit.name
    assert nomination.evidence.count() == 2
    assert Notice.objects.filter(person=cast["lan"], kind="nominated").count() == 1
    assert Notice.objects.filter(person=cast["hung"], kind="nomination_moved").count() == 1
    file = nomination.evidence.first()
    address = reverse("nomination_evidence", args=[nomination.pk, file.pk])
    assert b"".join(client.get(address).streaming_content) == b"%PDF-1.4"
    assert signed_in("minh").get(address).status_code == 404


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"staff_number": "LG0002"}, "staff_number"),  # Minh serves elsewhere
        ({"staff_number": ""}, "staff_number"),  # nobody could have been told
        ({"pillars": []}, "pillars"),
        ({"evidence": [SimpleUploadedFile("x.exe", b"MZ")]}, "evidence"),
    ],
)
def test_a_nomination_that_does_not_hold_is_refused_in_words(change, field, signed_in, cast, level):
    form = {
        "unit": Unit.objects.get(code="LG-TS-PVHCC").pk,
        "kind": "worker",
        "display_name": "Nông Thị Lan",
        "staff_number": cast["lan"].staff_number,
        "achievement": "Việc tốt.",
        "pillars": ["spirit"],
        "level": level.pk,
    } | change

    response = signed_in("hoa").post(reverse("new_nomination"), form)

    assert response.status_code == 422
    assert response.context["form"].errors[field]
    assert not Nomination.objects.exists()


def test_nobody_nominates_themselves_or_beyond_their_unit(cast, level):
    facts = {"kind": "official", "display_name": "x", "achievement": "x", "pillars": [], "level": level}
    with pytest.raises(DomainError):
        nominations.nominate(Unit.objects.get(code="LG-TS"), actor=cast["hoa"], person=cast["hoa"], **facts)
    for who in ("lan", "binh", "thao", "quang"):
        with pytest.raises(DomainError):
            nominations.nominate(Unit.objects.get(code="LG-TS"), actor=cast[who], person=cast["lan"], **facts)


def test_hr_answers_once_and_neither_nominates_nor_is_nominated(nominate, cast):
    nomination = nominate()
    for who in ("hoa", "lan", "binh", "quang"):
        with pytest.raises(DomainError):
            nominations.confirm(nomination, actor=cast[who], yes=True)
    nominations.confirm(nomination, actor=cast["hung"], yes=True)
    with pytest.raises(DomainError):
        nominations.confirm(nomination, actor=cast["hung"], yes=False)
    assert Nomination.objects.get().state == NominationState.CONFIRMED


@pytest.mark.parametrize("ending", ["nominee declines", "hr says no", "unit withdraws"])
def test_nobody_learns_who_ended_a_nomination(ending, nominate, cast, signed_in):
    """The row, the pages of all readers and the log are the same whoever it was."""
    nomination = nominate()
    if ending == "nominee declines":
        nominations.agree(nomination, actor=cast["lan"])
        signed_in("lan").post(reverse("answer_nomination", args=[nomination.pk]), {"step": "decline"})
    elif ending == "hr says no":
        nominations.confirm(nomination, actor=cast["hung"], yes=False)
    else:
        nominations.withdraw(nomination, actor=cast["hoa"])

    row = Nomination.objects.get()
    assert (row.state, row.agreed_at, row.confirmed_at, row.confirmed_by) == ("not_pursued", None, None, None)
    entry = AuditEntry.objects.get(action="nomination.not_pursued")
    assert (entry.actor, entry.address, entry.details) == (None, "", {})
    for who in ("hoa", "hung"):
        page = signed_in(who).get(reverse("nomination", args=[nomination.pk])).content.decode()
        assert "Không thực hiện" in page
        assert "từ chối" not in page.split("<main")[1].lower()
    assert not queries.ready_for_docket(cast["quang"]).exists()
    assert signed_in("quang").get(reverse("nomination", args=[nomination.pk])).status_code == 404


def test_the_council_reads_nothing_before_hr_and_the_nominee(nominate, cast, signed_in):
    nomination = nominate()
    page = reverse("nomination", args=[nomination.pk])
    assert signed_in("quang").get(page).status_code == 404
    nominations.confirm(nomination, actor=cast["hung"], yes=True)
    assert not queries.ready_for_docket(cast["quang"]).exists()  # her days to decline are not over
    Nomination.objects.update(nominated_at=timezone.now() - timedelta(days=3, minutes=1))
    assert queries.ready_for_docket(cast["quang"]).count() == 1
    assert signed_in("quang").get(page).status_code == 200


def test_votes_are_by_name_once_and_never_ones_own(on_docket, cast):
    item = on_docket()
    roles.grant_role(cast["lan"], Role.REVIEWER, Unit.objects.get(code="LG"), actor=None)
    council.vote(item, actor=cast["quang"], value=VoteValue.FOR)

    for who in ("quang", "lan", "hung", "thao"):
        with pytest.raises(DomainError):
            council.vote(item, actor=cast[who], value=VoteValue.AGAINST)
    assert [(vote.member.username, vote.value) for vote in Vote.objects.all()] == [("quang", "for")]


def test_a_decision_needs_minutes_votes_and_its_facts_and_makes_an_exemplar(on_docket, cast, level):
    item, today = on_docket(), timezone.localdate()
    decision = {"actor": cast["quang"], "level": level, "decided_on": today, **AWARD}
    with pytest.raises(DomainError):
        council.decide(item, **decision)  # no minutes
    council.write_minutes(item.session, actor=cast["quang"], minutes="Có mặt: 5 thành viên.")
    with pytest.raises(DomainError):
        council.decide(item, **decision)  # no votes
    council.vote(item, actor=cast["quang"], value=VoteValue.FOR)
    with pytest.raises(DomainError):
        council.decide(item, actor=cast["quang"], level=level)  # no decision number

    council.decide(item, **decision)

    nomination = Nomination.objects.get()
    exemplar = nomination.exemplar
    assert nomination.state == NominationState.RECOGNISED
    assert (exemplar.person, exemplar.unit_name, exemplar.pillars) == (
        cast["lan"],
        nomination.unit_name,
        ["communication"],
    )
    assert (exemplar.status, exemplar.recheck_on) == (ExemplarStatus.RECOGNISED, today + timedelta(days=365))
    assert "12/QĐ-UBND" in exemplar.award_line
    with pytest.raises(DomainError):
        nominations.decline(nomination, actor=cast["lan"])  # decided: consent is what she decides on now
    council.close_session(item.session, actor=cast["quang"])
    with pytest.raises(DomainError):
        council.write_minutes(CouncilSession.objects.get(), actor=cast["quang"], minutes="Khác")


def test_more_against_than_for_is_not_recognised(on_docket, cast):
    item = on_docket()
    council.write_minutes(item.session, actor=cast["quang"], minutes="Biên bản.")
    council.vote(item, actor=cast["quang"], value=VoteValue.AGAINST)
    council.decide(item, actor=cast["quang"])
    assert DocketItem.objects.get().decision == CouncilDecision.NOT_RECOGNISED
    assert Nomination.objects.get().state == NominationState.NOT_RECOGNISED
    assert not Exemplar.objects.exists()


def test_the_councils_desk_from_meeting_to_decision(nominate, cast, signed_in, level):
    nomination = nominate()
    nominations.confirm(nomination, actor=cast["hung"], yes=True)
    nominations.agree(nomination, actor=cast["lan"])
    desk = signed_in("quang")
    unit = Unit.objects.get(code="LG")
    desk.post(reverse("council"), {"unit": unit.pk, "title": "Đợt một", "held_on": timezone.localdate().isoformat()})
    session = CouncilSession.objects.get()
    step = reverse("council_step", args=[session.pk])
    desk.post(step, {"step": "add", "nomination": nomination.pk})
    item = DocketItem.objects.get()
    desk.post(step, {"step": "vote", "item": item.pk, "value": "for"})
    desk.post(step, {"step": "minutes", "minutes": "Biên bản."})
    facts = AWARD | {"level": level.pk, "decided_on": timezone.localdate().isoformat()}
    desk.post(step, {"step": "decide", "item": item.pk} | {f"item-{item.pk}-{k}": v for k, v in facts.items()})

    page = desk.get(reverse("council_session", args=[session.pk])).content.decode()
    assert "12/QĐ-UBND" in page
    assert cast["quang"].full_name in page
    for who in ("lan", "hung", "thao"):
        assert signed_in(who).get(reverse("council_session", args=[session.pk])).status_code == 404
        assert signed_in(who).get(reverse("council")).status_code == 403


def test_the_time_to_publication_is_measured_and_shown(on_docket, cast, signed_in, published_story, consent_to, level):
    item = on_docket()
    council.write_minutes(item.session, actor=cast["quang"], minutes="Biên bản.")
    council.vote(item, actor=cast["quang"], value=VoteValue.FOR)
    council.decide(item, actor=cast["quang"], level=level, decided_on=timezone.localdate(), **AWARD)
    Nomination.objects.update(nominated_at=timezone.now() - timedelta(days=12))
    nomination = Nomination.objects.get()
    assert queries.published_on(nomination) is None
    published_story(nomination.exemplar)

    page = signed_in("hoa").get(reverse("nomination", args=[nomination.pk])).content.decode()
    assert "12 ngày" in page


def test_annulling_takes_stories_down_and_keeps_the_reason_inside(
    signed_in, cast, make_exemplar, published_story, commit, client
):
    exemplar = make_exemplar(status=ExemplarStatus.RECOGNISED)
    with commit():
        story = published_story(exemplar)
    desk = signed_in("thao")
    address = reverse("exemplar_standing", args=[exemplar.pk])
    assert story.title in desk.get(address).content.decode()
    desk.post(address, {"annul": "1", "reason": " "})
    assert StoryPage.objects.get(pk=story.pk).live

    with commit():
        desk.post(address, {"annul": "1", "reason": "Quyết định 99 hủy giấy khen."})

    assert not StoryPage.objects.get(pk=story.pk).live
    assert StoryRemoval.objects.get().reason == "Quyết định 99 hủy giấy khen."
    from media.domain.publishing import PublicationRefused

    with pytest.raises(PublicationRefused) as refusal:
        story.get_latest_revision().publish()
    assert "99" not in str(refusal.value)
    with pytest.raises(DomainError):
        exemplars.still_stands(Exemplar.objects.get(pk=exemplar.pk), actor=cast["thao"])


def test_the_list_costs_the_same_with_one_and_three(nominate, signed_in, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in("hoa")
    nominate()
    counts = []
    for _more in range(2):
        client.get(reverse("nominations"))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("nominations")).status_code == 200
        counts.append(len(captured))
        nominate()
        nominate()
    assert counts[0] == counts[1]
