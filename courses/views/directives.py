"""Directives on the HR desk: passed down the tree, handed out, and the roll-call of who confirmed."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from courses.assigning import page, queries, roll_call
from courses.assigning.directive_forms import HandOutForm, SendDownForm
from courses.domain import dissemination
from courses.models import Directive
from courses.views.desk_guards import for_keepers, for_keepers_of_courses, for_readers, workbook
from people.rules import can_keep_people, can_see_reports
from people.unit_tree import tree_of
from shared.errors import DomainError
from shared.tables import Table, grouped
from shared.text.fold import fold

_COMMON = {"section": "directives", "nav_section": "reports"}


@for_readers
def directive_list(request):
    """All documents, the newest first, with the roll-call of one's units."""
    now, text = timezone.localtime(), request.GET.get("q", "")[:120]
    found = Directive.objects.all()
    for word in fold(text).split():
        found = found.filter(search_key__contains=word)
    shown = page.page_of(found, request.GET.get("trang"))
    numbers = roll_call.numbers_by_directive(request.user, list(shown), now.date())
    lines = [{"directive": one, "numbers": numbers.get(one.pk)} for one in shown]
    context = _COMMON | {
        "people": shown,
        "lines": lines,
        "text": text,
        "as_of": page.as_of(now),
        "expired": len(roll_call.citing_expired(now.date())),
    }
    return render(request, "courses/assigning/directives.html", context | page.page_links(shown, request.GET))


@for_readers
def directive_desk(request, pk: int):
    """One document: the way it has gone through one's units, the roll-call, and passing it on."""
    now, directive = timezone.localtime(), get_object_or_404(Directive, pk=pk)
    tree = tree_of(queries.seen_units_for(request.user), now.date())
    hops = roll_call.hops_for(request.user, directive).select_related("unit", "from_unit", "received_by")
    kept = set(roll_call.kept_hops_for(request.user).filter(directive=directive).values_list("pk", flat=True))
    by_unit = roll_call.numbers_by_unit(request.user, directive, now.date())
    rows = [{"unit": page.unit_name(tree, unit), "pk": unit} | numbers for unit, numbers in by_unit.items()]
    keeps = can_keep_people(request.user)
    context = _COMMON | {
        "directive": directive,
        "hops": [{"hop": hop, "may_receive": hop.pk in kept} for hop in hops.order_by("sent_at", "pk")],
        "rows": sorted(rows, key=lambda row: (row["confirmed"] - row["given"], row["unit"])),
        "total": {name: sum(row[name] for row in rows) for name in ("given", "opened", "confirmed", "late")},
        "send_form": SendDownForm(viewer=request.user) if keeps else None,
        "hand_form": HandOutForm(viewer=request.user) if keeps else None,
        "as_of": page.as_of(now),
    }
    return render(request, "courses/assigning/directive.html", context)


@for_keepers
@require_POST
def send_directive(request, pk: int):
    """To units below."""
    directive = get_object_or_404(Directive, pk=pk)
    form = SendDownForm(request.POST, viewer=request.user)
    if form.is_valid():
        data = form.cleaned_data
        try:
            count = dissemination.send_down(
                directive,
                form.chosen(),
                from_unit=data["from_unit"],
                confirm_by=data["confirm_by"],
                actor=request.user,
            )
        except DomainError as problem:
            messages.error(request, problem.message)
        else:
            words = ngettext("The document went to %(n)s unit.", "The document went to %(n)s units.", count)
            messages.success(request, words % {"n": grouped(count)})
    else:
        messages.error(request, _("Choose at least one unit of your scope, and a day that is not over."))
    return redirect("directive_desk", pk)


@for_keepers
@require_POST
def hand_out_directive(request, pk: int):
    """Into the hands of a unit's people."""
    directive = get_object_or_404(Directive, pk=pk)
    form = HandOutForm(request.POST, viewer=request.user)
    if form.is_valid():
        data = form.cleaned_data
        try:
            count = dissemination.hand_out(
                directive,
                data["unit"],
                with_subtree=data["with_subtree"],
                confirm_by=data["confirm_by"],
                actor=request.user,
            )
        except DomainError as problem:
            messages.error(request, problem.message)
        else:
            words = ngettext("Handed out to %(n)s person.", "Handed out to %(n)s people.", count)
            messages.success(request, words % {"n": grouped(count)})
    else:
        messages.error(request, _("Choose a unit of your scope, and a day that is not over."))
    return redirect("directive_desk", pk)


@for_keepers
@require_POST
def receive_directive(request, pk: int):
    """The unit notes that it has received the document."""
    hop = get_object_or_404(roll_call.kept_hops_for(request.user), pk=pk)
    dissemination.receive(hop, actor=request.user)
    messages.success(request, _("Noted as received."))
    return redirect("directive_desk", hop.directive_id)


@for_readers
def directive_people(request, pk: int):
    """The people behind the numbers of the roll-call."""
    now, directive = timezone.localtime(), get_object_or_404(Directive, pk=pk)
    tree, found, chosen = _receipts(request, directive, now)
    shown = page.page_of(found, request.GET.get("trang"))
    table = Table(_("Roll-call"), roll_call.COLUMNS, _rows(shown.object_list, tree))
    context = _COMMON | {
        "directive": directive,
        "people": shown,
        "table": table,
        "lines": list(table.lines()),
        "state": chosen["state"],
        "text": chosen["text"],
        "unit_options": chosen["units"],
        "address": request.GET.urlencode(),
        "as_of": page.as_of(now),
    }
    return render(request, "courses/assigning/directive_people.html", context | page.page_links(shown, request.GET))


@for_readers
def directive_people_xlsx(request, pk: int):
    now, directive = timezone.localtime(), get_object_or_404(Directive, pk=pk)
    tree, found, _chosen = _receipts(request, directive, now)
    rows = _rows(found.iterator(chunk_size=1000), tree)
    table = Table(_("Roll-call"), roll_call.COLUMNS, rows, [page.as_of(now), f"{directive} · {directive.title}"])
    return workbook(request, f"diem-danh-van-ban-{now:%Y-%m-%d-%H%M}", "roll_call", table)


@for_keepers_of_courses
def expired_directives(request):
    """Lessons and certificates that rest on a document no longer in force."""
    now = timezone.localtime()
    context = _COMMON | {"found": roll_call.citing_expired(now.date()), "as_of": page.as_of(now)}
    context |= {"reads_reports": can_see_reports(request.user)}
    return render(request, "courses/assigning/expired_directives.html", context)


def _rows(receipts, tree):
    return (roll_call.ReceiptRow(receipt, page.unit_name(tree, receipt.unit_id)) for receipt in receipts)


def _receipts(request, directive, now):
    """The receipts under the filters of the address, by given name."""
    tree = tree_of(queries.seen_units_for(request.user), now.date())
    unit, state, text = (request.GET.get(name, "") for name in ("don_vi", "tinh_trang", "q"))
    node = tree.nodes.get(int(unit)) if unit.isdecimal() else None
    if unit and node is None:
        raise Http404
    found = roll_call.receipts_for(request.user, directive).filter(roll_call.condition_of(state, now.date()))
    if node:
        found = found.filter(unit__in=[one.pk for one in node.walk()])
    if text:
        found = found.filter(person__search_key__contains=fold(text[:120]))
    options = [page.Option("", _("All units of the scope"), node is None)]
    options += [page.Option(str(one.pk), one.indented, one is node) for one in tree.open_units()]
    found = found.select_related("person").order_by("person__sort_key", "person_id")
    return tree, found, {"state": state, "text": text, "units": options}
