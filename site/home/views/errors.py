from django.shortcuts import render


def csrf_failure(request, reason=""):
    """A form that came without its security token: say what to do, change nothing."""
    return render(request, "403_csrf.html", status=403)
