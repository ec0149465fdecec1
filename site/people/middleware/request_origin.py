from people.domain.audit.origin import answering


class RequestOriginMiddleware:
    """Lets the log of changes know from where a request came; nothing is found out before something changes."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with answering(request):
            return self.get_response(request)
