from people.forms.activation import ActivationForm, FirstPasswordForm
from people.forms.passwords import (
    ChangePasswordForm,
    ConfirmByPasswordForm,
    ConfirmCodeForm,
    ForgottenPasswordForm,
    NewPasswordForm,
    RequestCodeForm,
    SetPasswordForm,
)
from people.forms.second_factor import (
    ActivateTOTPForm,
    AddPasskeyForm,
    ConfirmBySecondFactorForm,
    RenamePasskeyForm,
    SecondFactorForm,
)
from people.forms.sign_in import SignInForm

__all__ = [
    "ActivateTOTPForm",
    "ActivationForm",
    "AddPasskeyForm",
    "ChangePasswordForm",
    "ConfirmByPasswordForm",
    "ConfirmBySecondFactorForm",
    "ConfirmCodeForm",
    "FirstPasswordForm",
    "ForgottenPasswordForm",
    "NewPasswordForm",
    "RenamePasskeyForm",
    "RequestCodeForm",
    "SecondFactorForm",
    "SetPasswordForm",
    "SignInForm",
]
