"""What an operator may set, as rows: name, default, help. Each is read from the environment as `INQUIT_NAME`."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from inquit.errors import UsageError
from inquit.readers import Limits


@dataclass(frozen=True, slots=True)
class Setting:
    """One operator setting; `default` gives its type and unit is in `help`."""

    name: str
    default: float
    help: str

    @property
    def variable(self) -> str:
        """Name of the environment variable."""
        return f"INQUIT_{self.name.upper()}"

    def value(self, environment: Mapping[str, str]) -> float:
        """The value in `environment`, or the default; raises `UsageError` for one that is not a positive number."""
        text = environment.get(self.variable, "").strip()
        if not text:
            return self.default
        try:
            number = type(self.default)(text)
        except ValueError:
            number = -1
        if number <= 0:
            raise UsageError(f"{self.variable} is {text!r}, not a positive {type(self.default).__name__}")
        return number


_LIMITS = Limits()

SETTINGS: tuple[Setting, ...] = (
    Setting("max_bytes", _LIMITS.max_bytes, "Largest input that is read, in bytes; a larger one is rejected."),
    Setting("max_depth", _LIMITS.max_depth, "Deepest nesting of HTML elements; a deeper page is rejected."),
    Setting("deadline", _LIMITS.deadline, "Seconds that the extraction of one HTML page may take."),
)


def limits(environment: Mapping[str, str] = os.environ) -> Limits:
    """The limits of the readers, as the operator has set them."""
    values = {setting.name: setting.value(environment) for setting in SETTINGS}
    return Limits(
        max_bytes=int(values["max_bytes"]), max_depth=int(values["max_depth"]), deadline=float(values["deadline"])
    )
