from people.middleware.account import AccountMiddleware
from people.middleware.admin_door import AdminDoorMiddleware
from people.middleware.idle_timeout import IdleTimeoutMiddleware
from people.middleware.interface_language import InterfaceLanguageMiddleware
from people.middleware.request_origin import RequestOriginMiddleware
from people.middleware.second_factor import SecondFactorMiddleware

__all__ = [
    "AccountMiddleware",
    "AdminDoorMiddleware",
    "IdleTimeoutMiddleware",
    "InterfaceLanguageMiddleware",
    "RequestOriginMiddleware",
    "SecondFactorMiddleware",
]
