from allauth.usersessions.apps import UserSessionsConfig as AllauthsUserSessionsConfig


class UserSessionsConfig(AllauthsUserSessionsConfig):
    """The list of devices an account is signed in on; a sign-in adds one in one statement.

    allauth looks through all of the account's sessions at each sign-in to remove those that ended. That is done at
    night (people.tasks.remove_what_is_over) and when the list is shown.
    """

    def ready(self):
        from allauth.account.signals import password_changed, password_set, user_logged_in
        from allauth.usersessions import signals

        from people.sign_in.devices import note_device

        user_logged_in.connect(note_device, dispatch_uid="people.note_device")
        for changed in (password_set, password_changed):
            changed.connect(signals.on_password_changed)
