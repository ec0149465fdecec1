"""Who gets in, by what proof, and when the door closes again. Every limit may be set; see docs/settings.md."""

from config import environment

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["people.sign_in.backend.OneFieldBackend"]
PASSWORD_HASHERS = [
    "people.passwords.Argon2idHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# Shorter ones are enough where a second factor stands beside them.
PASSWORD_LENGTH = environment.number("PASSWORD_LENGTH", 14, 8, 128)
PASSWORD_LENGTH_WITH_SECOND_FACTOR = environment.number("PASSWORD_LENGTH_WITH_SECOND_FACTOR", 8, 8, 128)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "people.passwords.NotLikeThePerson"},
    {"NAME": "people.passwords.LongEnough"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

# --- Limits -----------------------------------------------------------------------------------------------
SIGN_IN_FAILURES = environment.number("SIGN_IN_FAILURES", 5, 1, 100)
SIGN_IN_FAILURES_PER_ADDRESS = environment.number("SIGN_IN_FAILURES_PER_ADDRESS", 50, 1, 100_000)
SIGN_IN_LOCK_MINUTES = environment.number("SIGN_IN_LOCK_MINUTES", 15, 1, 1440)
IDLE_MINUTES = environment.number("IDLE_MINUTES", 15, 0, 720)  # 0: never
IDLE_MINUTES_DESK = environment.number("IDLE_MINUTES_DESK", 5, 0, 720)  # the editing desk, /quan-tri/
IDLE_ACCOUNT_DAYS = environment.number("IDLE_ACCOUNT_DAYS", 45, 0, 3650)  # 0: never
SESSION_ENGINE = "people.sign_in.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# --- Slips and emergencies --------------------------------------------------------------------------------
ACTIVATION_CODE_DAYS = environment.number("ACTIVATION_CODE_DAYS", 30, 1, 365)
ACTIVATION_FILE_HOURS = environment.number("ACTIVATION_FILE_HOURS", 24, 1, 720)
BREAK_GLASS_MINUTES = environment.number("BREAK_GLASS_MINUTES", 60, 5, 1440)

# --- Second factor ----------------------------------------------------------------------------------------
SECOND_FACTOR = environment.choice("SECOND_FACTOR", "offered", ("offered", "roles", "everyone"))
SECOND_FACTOR_NETWORKS = environment.networks("SECOND_FACTOR_NETWORKS")  # from elsewhere everyone needs one
MFA_ADAPTER = "people.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are kept by HR; many people have none
MFA_TOTP_ISSUER = "Nêu Gương"
MFA_TOTP_TOLERANCE = 1  # the clocks of old telephones
MFA_FORMS = {
    "activate_totp": "people.forms.ActivateTOTPForm",
    "authenticate": "people.forms.SecondFactorForm",
    "reauthenticate": "people.forms.ConfirmBySecondFactorForm",
    "add_webauthn": "people.forms.AddPasskeyForm",
    "edit_webauthn": "people.forms.RenamePasskeyForm",
}

# --- allauth ----------------------------------------------------------------------------------------------
ACCOUNT_ADAPTER = "people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}  # one field; the backend knows the other names of an account
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "work_email"
ACCOUNT_USER_DISPLAY = "people.sign_in.accounts.display_name"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Nêu Gương] "
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {
    "login_failed": f"{SIGN_IN_FAILURES}/{SIGN_IN_LOCK_MINUTES}m/key,"
    f"{SIGN_IN_FAILURES_PER_ADDRESS}/{SIGN_IN_LOCK_MINUTES}m/ip",
    "login": None,  # allauth's own counting takes four statements; ours counts everything in one:
    "sign_in": "60/m/ip",
    "wake": "3/h/key,30/h/ip",  # letters that wake a resting account
    "quiz_code": "10/10m/key",  # access codes of a quiz, for each person
}
ACCOUNT_FORMS = {
    "login": "people.forms.SignInForm",
    "request_login_code": "people.forms.RequestCodeForm",
    "confirm_login_code": "people.forms.ConfirmCodeForm",
    "change_password": "people.forms.ChangePasswordForm",
    "set_password": "people.forms.SetPasswordForm",
    "reset_password": "people.forms.ForgottenPasswordForm",
    "reset_password_from_key": "people.forms.NewPasswordForm",
    "reauthenticate": "people.forms.ConfirmByPasswordForm",
}
ACCOUNT_TEMPLATE_EXTENSION = "html"

# --- Single sign-on by OpenID Connect -----------------------------------------------------------------------
SOCIALACCOUNT_ADAPTER = "people.adapters.SingleSignOnAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # the adapter finds the account itself, by claims it may trust
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_QUERY_EMAIL = False
OIDC = environment.identity_provider()
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": []}}
FORM_ACTION_ORIGINS: list[str] = []  # browsers also check where a form's answer leads
if OIDC:
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [
        {
            "provider_id": OIDC["id"],
            "name": OIDC["name"],
            "client_id": OIDC["client_id"],
            "secret": OIDC["client_secret"],
            "settings": {"server_url": OIDC["server_url"], "fetch_userinfo": True},
        }
    ]
    FORM_ACTION_ORIGINS = [OIDC["origin"]]
