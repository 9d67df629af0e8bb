"""What can go wrong while a file comes in; each error says what is safe and what to do."""

from __future__ import annotations

from crosslight.foundation.errors import Conflict, InputError, NotAllowed, TooMuch, Unavailable


class MinorShown(NotAllowed):
    """The upload stops before the first byte; the page adds the hotline."""

    code = "U-210"
    what = "A file that shows or could show a minor being abused cannot be sent here."
    safe = "Nothing of it was taken."
    remedy = "Do not send, copy or open it again. Tell the hotline of your country its address."


class AccessNotLawful(NotAllowed):
    code = "U-211"
    what = "The desk cannot take files that were reached in this way."
    safe = "Nothing of it was taken."
    remedy = "Describe in your report what you know; leave the file where it is."


class FileTooLarge(InputError):
    code = "U-213"
    what = "The file is larger than one file may be."
    safe = "Nothing of it was taken; the rest of the report is saved."
    remedy = "Send it in parts, or ask the desk for another way."


class QuotaFull(TooMuch):
    code = "U-214"
    what = "There is no room for this file now."
    safe = "Nothing of it was taken; what you sent before is safe."
    remedy = "Cancel uploads that you no longer need, or ask the desk."


class WrongOffset(Conflict):
    """`offset` is where the upload really stands."""

    code = "U-409"
    what = "The upload stands at another place than this piece begins."
    safe = "What was received before is safe."
    remedy = "Ask where it stands, and go on from there."

    def __init__(self, offset: int) -> None:
        self.offset = offset
        super().__init__()


class PieceDamaged(InputError):
    code = "U-460"
    what = "A piece of the file was damaged on its way."
    safe = "What was received before it is safe."
    remedy = "Send the same piece again."


class FileDamaged(InputError):
    code = "U-461"
    what = "The file that arrived is not the one that was announced."
    safe = "Nothing of it was kept."
    remedy = "Choose the file again, and send it from its beginning."


class UploadBusy(Unavailable):
    code = "U-423"
    what = "Another piece of this file is being written."
    safe = "What was received before is safe."
    remedy = "Wait a moment, then send the piece again."


class NotHere(Unavailable):
    """The bytes are missing or cannot be opened: a fault of the deployment, never of the sender."""

    code = "U-503"
    what = "The file cannot be opened now."
    remedy = "Tell the operator: crosslight doctor says more."
