"""The words of the player's core. A key the core asks for and does not find is printed as an error message."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def core_strings() -> dict[str, str]:
    """All 68 texts by the core's keys, in the language that is active."""
    return _frame_strings() | _dialog_strings() | _licence_strings() | _connection_strings()


def _frame_strings() -> dict[str, str]:
    return {
        "fullscreen": _("Full screen"),
        "disableFullscreen": _("Leave full screen"),
        "download": _("Download"),
        "copyrights": _("Rights of use"),
        "embed": _("Embed"),
        "size": _("Size"),
        "width": _("Width"),
        "showAdvanced": _("Show more settings"),
        "hideAdvanced": _("Hide more settings"),
        "advancedHelp": _("Add this script to your page so that the activity takes the height it needs:"),
        "reuse": _("Reuse"),
        "reuseContent": _("Reuse this activity"),
        "reuseDescription": _("Reuse this activity."),
        "downloadDescription": _("Download this activity as an H5P file."),
        "copyrightsDescription": _("See who holds the rights in this activity."),
        "embedDescription": _("See the code for embedding this activity."),
        "h5pDescription": _("Visit H5P.org."),
        "contentCopied": _("The activity was copied to the clipboard"),
        "contentType": _("Type of activity"),
        "thumbnail": _("Small picture"),
        "subLevel": _("Part below"),
        "showMore": _("Show more"),
        "showLess": _("Show less"),
    }


def _dialog_strings() -> dict[str, str]:
    return {
        "copyrightInformation": _("Rights of use"),
        "close": _("Close"),
        "title": _("Title"),
        "author": _("Author"),
        "year": _("Year"),
        "source": _("Source"),
        "by": pgettext("author of a work", "by"),
        "changes": _("Changes made"),
        "noCopyrights": _("No information about rights of use was given for this activity."),
        "contentChanged": _("This activity has been changed since you last worked on it."),
        "startingOver": _("It starts from the beginning."),
        "confirmDialogHeader": _("Please confirm"),
        "confirmDialogBody": _("Go on? This cannot be undone."),
        "cancelLabel": _("Cancel"),
        "confirmLabel": _("Confirm"),
    }


def _licence_strings() -> dict[str, str]:
    return {
        "license": _("Licence"),
        "licenseExtras": _("More about the licence"),
        "licenseU": _("Not stated"),
        "licenseCCBY": _("Attribution"),
        "licenseCCBYSA": _("Attribution-ShareAlike"),
        "licenseCCBYND": _("Attribution-NoDerivatives"),
        "licenseCCBYNC": _("Attribution-NonCommercial"),
        "licenseCCBYNCSA": _("Attribution-NonCommercial-ShareAlike"),
        "licenseCCBYNCND": _("Attribution-NonCommercial-NoDerivatives"),
        "licenseCC40": _("4.0 International"),
        "licenseCC30": _("3.0 Unported"),
        "licenseCC25": _("2.5 Generic"),
        "licenseCC20": _("2.0 Generic"),
        "licenseCC10": _("1.0 Generic"),
        "licenseGPL": _("GNU General Public License"),
        "licenseV3": _("Version 3"),
        "licenseV2": _("Version 2"),
        "licenseV1": _("Version 1"),
        "licensePD": _("Public domain"),
        "licenseCC010": _("CC0 1.0: dedicated to the public domain"),
        "licensePDM": _("Public Domain Mark"),
        "licenseC": _("All rights reserved"),
    }


def _connection_strings() -> dict[str, str]:
    return {
        "connectionLost": _("Connection lost. Results are kept and sent when the connection is back."),
        "connectionReestablished": _("The connection is back."),
        "resubmitScores": _("Sending the kept results."),
        "offlineDialogHeader": _("The connection to the server was lost"),
        "offlineDialogBody": _("The result could not be sent. Please check the connection to the Internet."),
        "offlineDialogRetryMessage": _("Trying again in :num …"),
        "offlineDialogRetryButtonLabel": _("Try again now"),
        "offlineSuccessfulSubmit": _("The results were sent."),
    }
