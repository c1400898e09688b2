"""Figures as tables of plain text."""

from collections.abc import Mapping, Sequence

from inquit.evaluation.figures import Calibration, ChainFigures, Figures, Mistake, QuotationFigures, Score


def table(figures: Figures) -> str:
    """All figures of one evaluation, without its mistakes."""
    parts = [_quotations(figures.quotations), _calibration(figures.calibration)]
    if figures.chains:
        parts.append(_chains(figures.chains))
    return "\n\n".join(parts)


def _quotations(figures: QuotationFigures) -> str:
    """Macro and strict side by side, and the recall of each type."""
    head = f"{figures.articles} articles, {figures.gold} gold quotations, {figures.proposed} read"
    left, right = _scores("macro", figures.macro), _scores("strict", figures.strict)
    width = max(len(line) for line in left)
    height = max(len(left), len(right))
    left += [""] * (height - len(left))
    right += [""] * (height - len(right))
    both = [f"{a:<{width}}   {b}".rstrip() for a, b in zip(left, right, strict=True)]
    recall = "   ".join(f"{type_} {value:.1f}" for type_, value in figures.recall_by_type.items())
    return "\n".join([head, "", *both, "", f"recall by type (strict): {recall or '-'}"])


def _scores(title: str, scores: Mapping[str, Score]) -> list[str]:
    """Lines with precision, recall and F1."""
    lines = [f"{title:<15}{'P':>7}{'R':>7}{'F1':>7}"]
    return lines + [f"{name:<15}{one.precision:>7.2f}{one.recall:>7.2f}{one.f1:>7.2f}" for name, one in scores.items()]


def _calibration(figures: Calibration) -> str:
    """The expected calibration error with its bins."""
    lines = [
        f"expected calibration error {figures.error:.3f} (quote, speaker and type right)",
        f"{'confidence':<12}{'right':>7}{'count':>7}",
    ]
    lines += [f"{one.confidence:<12.2f}{one.right:>7.2f}{one.count:>7}" for one in figures.bins]
    return "\n".join(lines)


def _chains(figures: ChainFigures) -> str:
    """Accuracies of the sources, then what is found by F1."""
    lines = [f"sources of {figures.gold} gold quotations, accuracy in percent"]
    lines += [f"{name:<15}{'-' if value is None else f'{value:.1f}':>7}" for name, value in figures.accuracy.items()]
    found = {"hedges": figures.hedges, "disputes": figures.disputes, "supports": figures.supports}
    return "\n".join([*lines, "", *_scores("found", found)])


def variant_table(figures: Mapping[str, Figures]) -> str:
    """One line a variant of the gold: the macro and strict F1 that count, and the difference to the first."""
    lines = [f"{'variant':<26}{'message':>9}{'roles':>9}{'joint':>9}{'quote':>9}{'quote+sp.':>11}{'change':>9}"]
    first: float | None = None
    for name, one in figures.items():
        macro, strict = one.quotations.macro, one.quotations.strict
        joint = macro["joint"].f1
        first = joint if first is None else first
        values = (macro["message"].f1, macro["roles"].f1, joint, strict["quote"].f1)
        shown = "".join(f"{value:>9.2f}" for value in values)
        lines.append(f"{name:<26}{shown}{strict['quote+speaker'].f1:>11.2f}{joint - first:>+9.2f}")
    return "\n".join([*lines, "change: joint F1 against the first line"])


def mistake_table(mistakes: Sequence[Mistake], examples: int) -> str:
    """How many mistakes of each kind there are, and the first `examples` of each with their texts."""
    by_kind: dict[str, list[Mistake]] = {}
    for one in mistakes:
        by_kind.setdefault(one.kind, []).append(one)
    blocks = []
    for kind, found in by_kind.items():
        lines = [f"{kind}: {len(found)}"]
        for one in found[:examples]:
            lines.append(f"  {one.article}")
            lines += [f"    gold  {one.gold}"] if one.gold else []
            lines += [f"    read  {one.read}"] if one.read else []
            lines += [f"    why   {reason}" for reason in one.why]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) if blocks else "no mistakes"
