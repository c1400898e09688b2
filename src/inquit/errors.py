"""The exceptions that Inquit raises on purpose.

    InquitError             anything below
    ├── UsageError          wrong options, or an argument that makes no sense      exit status 2
    ├── LanguageError       a language for which Inquit has no knowledge
    ├── RejectedError       the one input asked for was not read                   carries `reason`
    ├── StageError          a stage of a Spark job did not end                     exit status 1
    └── CorpusError         a corpus cannot be opened, read or written             exit status 1
        ├── NewerCorpusError    it was written by a newer Inquit
        └── UnknownIdError      it has nothing by that id, or more than one thing

Where many inputs are read, one that cannot be read is not an exception but a `Rejected` record with a reason.
"""


class InquitError(Exception):
    """Any error that Inquit raises on purpose."""


class UsageError(InquitError):
    """Wrong options, or an argument that makes no sense."""


class LanguageError(InquitError):
    """A language for which Inquit has no knowledge."""


class RejectedError(InquitError):
    """The one input asked for was not read; `reason` is the one that `Rejected` would carry."""

    def __init__(self, origin: str, reason: str, detail: str) -> None:
        super().__init__(f"{origin}: {reason}: {detail}")
        self.origin = origin
        self.reason = reason
        self.detail = detail


class StageError(InquitError):
    """A stage of a Spark job did not end; those before it are done and are not done again."""


class CorpusError(InquitError):
    """A corpus that cannot be opened, read or written; what was there before is unharmed."""


class NewerCorpusError(CorpusError):
    """A corpus written by a newer Inquit."""


class UnknownIdError(CorpusError):
    """An id for which the corpus has nothing, or more than one thing."""
