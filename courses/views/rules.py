"""The duties desk: the rules in force for one's units, a new rule with its preview, who is asked by a rule."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.assigning import page, queries, wording
from courses.assigning.columns import ASKED_COLUMNS, PREVIEW_COLUMNS, PREVIEW_UNIT_COLUMNS
from courses.assigning.forms import RuleForm, values_of
from courses.assigning.preview import Preview, narrowed
from courses.domain import assignment as assigning
from courses.models import Assignment
from courses.rules import can_keep_rule
from courses.views.desk_guards import for_keepers, for_readers, workbook
from people.rules import can_keep_people
from people.unit_tree import tree_of
from shared.errors import DomainError
from shared.tables import Table
from shared.text.fold import fold

_STATES = ("", "open", "overdue", "fulfilled")


@for_readers
def rule_list(request):
    """What is asked of the people of one's units, and by whom."""
    now = timezone.localtime()
    show_all = "tat_ca" in request.GET
    found = queries.rules_for(request.user).prefetch_related("units__unit").order_by("-created_at", "-pk")
    if not show_all:
        found = found.exclude(active_to__lte=now.date())
    rules = page.page_of(found, request.GET.get("trang"))
    units = queries.seen_units_for(request.user).values("pk")
    numbers = queries.numbers_of([rule.pk for rule in rules], units, now.date())
    lines = [
        {
            "rule": rule,
            "due": wording.due_in_words(rule),
            "whom": wording.whom_in_words(rule),
            "state": wording.state_in_words(rule, now.date()),
            "is_over": rule.active_to is not None and rule.active_to <= now.date(),
            "numbers": numbers.get(rule.pk, {"asked": 0, "fulfilled": 0, "overdue": 0}),
            "units": [target.unit for target in rule.units.all()],
        }
        for rule in rules
    ]
    context = {
        "lines": lines,
        "people": rules,
        "show_all": show_all,
        "as_of": page.as_of(now),
        "may_assign": can_keep_people(request.user),
        "nav_section": "reports",
    }
    return render(request, "courses/assigning/rules.html", context | page.page_links(rules, request.GET))


@for_keepers
def new_rule(request):
    """Choices first, then who would be asked and who would not; only then is the rule stored."""
    sent = request.POST if request.method == "POST" else request.GET
    asked = "what" in sent
    form = RuleForm(sent if asked else None, viewer=request.user, initial=_like(request))
    context = {"form": form, "nav_section": "reports"}
    if asked and form.is_valid():
        if request.method == "POST":
            return _store(request, form)
        context |= _preview(request, form)
    return render(request, "courses/assigning/new_rule.html", context, status=422 if form.errors else 200)


@for_keepers
def new_rule_xlsx(request):
    """The preview as a file: the people, and the numbers by unit."""
    form = RuleForm(request.GET, viewer=request.user)
    if not form.is_valid():
        raise Http404
    now = timezone.localtime()
    preview = Preview(form.rule(), form.targets(), now.date())
    people = narrowed(preview.people(), request.GET.get("ai", ""), fold(request.GET.get("q", "")))
    notes = [page.as_of(now), _("Preview: nobody has been asked yet.")]
    return workbook(
        request,
        f"xem-truoc-giao-hoc-{now:%Y-%m-%d-%H%M}",
        "assignment_preview",
        Table(_("People"), PREVIEW_COLUMNS, page.rows_of(people.iterator(chunk_size=1000), form.tree), notes),
        Table(_("By unit"), PREVIEW_UNIT_COLUMNS, page.unit_rows(preview.numbers(), form.tree), notes),
    )


def _store(request, form: RuleForm):
    try:
        rule = assigning.create_rule(form.rule(), form.targets(), actor=request.user)
    except DomainError as problem:
        messages.error(request, problem.message)
        return redirect("new_rule")
    messages.success(request, _("The rule is stored. What it asks of each person is being written now."))
    return redirect("rule", rule.pk)


def _preview(request, form: RuleForm) -> dict:
    now = timezone.localtime()
    preview = Preview(form.rule(), form.targets(), now.date())
    numbers = preview.numbers()
    who, text = request.GET.get("ai", ""), request.GET.get("q", "")[:120]
    people = page.page_of(narrowed(preview.people(), who, fold(text)), request.GET.get("trang"))
    table = Table(_("People"), PREVIEW_COLUMNS, page.rows_of(people.object_list, form.tree))
    by_unit = Table(_("By unit"), PREVIEW_UNIT_COLUMNS, page.unit_rows(numbers, form.tree))
    kept = request.GET.copy()
    for name in ("ai", "q", "trang"):
        kept.pop(name, None)
    return {
        "preview": True,
        "rule_due": wording.due_in_words(preview.rule),
        "rule_whom": wording.whom_in_words(preview.rule),
        "total": sum(one.total for one in numbers),
        "asked_count": sum(one.asked for one in numbers),
        "not_asked_count": sum(one.not_asked for one in numbers),
        "done_count": sum(one.done for one in numbers),
        "people": people,
        "table": table,
        "lines": list(table.lines()),
        "unit_columns": by_unit.columns,
        "unit_lines": list(by_unit.lines()),
        "who": who,
        "text": text,
        "sent": [(name, value) for name, values in kept.lists() for value in values],
        "file_address": f"{reverse('new_rule_xlsx')}?{request.GET.urlencode()}",
        "as_of": page.as_of(now),
        "base_address": kept.urlencode(),
        **page.page_links(people, request.GET),
    }


def _like(request) -> dict:
    """The choices of a rule to be made again, if the address names one the viewer sees."""
    number = request.GET.get("nhu", "")
    if not number.isdecimal():
        return {}
    rule = queries.rules_for(request.user).prefetch_related("units").filter(pk=number).first()
    return values_of(rule) if rule else {}


@for_readers
def rule(request, pk: int):
    """One rule: what it asks, and those of the viewer's units whom it asks now."""
    now, found = timezone.localtime(), _rule_of(request, pk)
    units = queries.seen_units_for(request.user).values("pk")
    people, chosen = _people(request, found, units, now)
    shown = page.page_of(people, request.GET.get("trang"))
    table = Table(_("People"), ASKED_COLUMNS, page.rows_of(shown.object_list, chosen["tree"]))
    context = {
        "rule": found,
        "due": wording.due_in_words(found),
        "whom": wording.whom_in_words(found),
        "state": wording.state_in_words(found, now.date()),
        "targets": found.units.select_related("unit"),
        "numbers": queries.numbers_of([found.pk], units, now.date()).get(found.pk, {}),
        "may_retire": can_keep_rule(request.user, found) and found.retired_at is None,
        "may_assign": can_keep_people(request.user),
        "people": shown,
        "table": table,
        "lines": list(table.lines()),
        "state_chosen": chosen["state"],
        "text": chosen["text"],
        "unit_options": chosen["units"],
        "address": request.GET.urlencode(),
        "as_of": page.as_of(now),
        "nav_section": "reports",
    }
    return render(request, "courses/assigning/rule.html", context | page.page_links(shown, request.GET))


@for_readers
def rule_xlsx(request, pk: int):
    """The people of `rule` under the same filters."""
    now, found = timezone.localtime(), _rule_of(request, pk)
    units = queries.seen_units_for(request.user).values("pk")
    people, chosen = _people(request, found, units, now)
    rows = page.rows_of(people.iterator(chunk_size=1000), chosen["tree"])
    notes = [page.as_of(now), f"{found}: {wording.due_in_words(found)}"]
    table = Table(_("People"), ASKED_COLUMNS, rows, notes)
    return workbook(request, f"nguoi-duoc-giao-{now:%Y-%m-%d-%H%M}", "assignment", table)


@for_keepers
def retire_rule(request, pk: int):
    """What retiring means, then retiring."""
    found = queries.kept_rules_for(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        assigning.retire(found, actor=request.user)
        messages.success(request, _("The rule asks nobody any more. What it asked until today stays readable."))
        return redirect("rule", pk)
    units = queries.seen_units_for(request.user).values("pk")
    numbers = queries.numbers_of([pk], units, timezone.localdate()).get(pk, {"asked": 0, "fulfilled": 0})
    context = {"rule": found, "due": wording.due_in_words(found), "numbers": numbers, "nav_section": "reports"}
    return render(request, "courses/assigning/retire_rule.html", context)


def _rule_of(request, pk: int) -> Assignment:
    found = queries.rules_for(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _people(request, found: Assignment, units, now):
    """The people of the rule under the filters of the address, and what was chosen."""
    tree = tree_of(queries.seen_units_for(request.user), now.date())
    unit, state, text = (request.GET.get(name, "") for name in ("don_vi", "tinh_trang", "q"))
    state = state if state in _STATES else ""
    node = tree.nodes.get(int(unit)) if unit.isdecimal() else None
    if unit and node is None:
        raise Http404
    below = [one.pk for one in node.walk()] if node else units
    people = queries.people_asked(found, below, now.date()).select_related("person")
    if state == "open":
        people = people.filter(fulfilled_on__isnull=True)
    elif state == "overdue":
        people = people.filter(fulfilled_on__isnull=True, due_on__lt=now.date())
    elif state == "fulfilled":
        people = people.filter(fulfilled_on__isnull=False)
    if text:
        people = people.filter(person__search_key__contains=fold(text[:120]))
    options = [page.Option("", _("All units of the scope"), node is None)]
    options += [page.Option(str(one.pk), one.indented, one is node) for one in tree.open_units()]
    people = people.order_by("person__sort_key", "person_id", "course_title")
    return people, {"tree": tree, "state": state, "text": text, "units": options}
