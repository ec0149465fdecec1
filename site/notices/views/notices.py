from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from notices.queries import notices_for, unread_for


@login_required
@require_safe
def notice_list(request):
    return render(request, "notices/list.html", {"notices": notices_for(request.user)[:100]})


@login_required
@require_POST
def open_notice(request, notice_id: int):
    """Marks a notice as read and goes to what it is about."""
    notice = get_object_or_404(notices_for(request.user), pk=notice_id)
    unread_for(request.user).filter(pk=notice.pk).update(read_at=timezone.now())
    return redirect(notice.path)


@login_required
@require_POST
def read_all(request):
    unread_for(request.user).update(read_at=timezone.now())
    return redirect("notices:list")
