// A correction by selecting the right words in the text, or by moving the ends of the quote word by word.
// Offsets are counted in characters as the ledger counts them: code points of the unchanged text.

const length = (string) => [...string].length;

/** The text nodes of a paragraph that are text of the article, which the numbers of statements are not. */
function nodesOf(paragraph) {
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest(".no") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
}

/** The offset into the article of a place in the page. */
function offsetOf(node, at) {
  const paragraph = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-b]");
  if (!paragraph) return null;
  let offset = Number(paragraph.dataset.b);
  const end = document.createRange();
  end.setStart(node, at);
  for (const one of nodesOf(paragraph)) {
    if (one === node) return offset + length(one.data.slice(0, at));
    if (end.comparePoint(one, 0) >= 0) return offset;
    offset += length(one.data);
  }
  return offset;
}

export function correct(form, text) {
  const spans = form.querySelector("[data-spans]");
  const words = form.querySelector("[data-words]");
  const paragraphs = [...text.querySelectorAll("[data-b]")];
  const whole = paragraphs.map((one) => [Number(one.dataset.b), [...nodesOf(one).map((node) => node.data).join("")]]);
  for (const one of form.querySelectorAll("[data-nudge], [data-select-hint]")) one.hidden = false;
  words.readOnly = true;
  let into = null; // the field of a source that words selected in the text go into; the quote where there is none
  form.addEventListener("focusin", (event) => {
    if (event.target.matches("[data-words-of]")) into = event.target;
    else if (event.target === words) into = null;
  });

  const read = () => spans.value.trim().split(/\s+/).filter(Boolean).map((one) => one.split("-").map(Number));

  function said(begin, end) {
    return whole
      .filter(([at, letters]) => at < end && at + letters.length > begin)
      .map(([at, letters]) => letters.slice(Math.max(begin - at, 0), end - at).join(""))
      .join(" ");
  }

  function set(found) {
    spans.value = found.map(([begin, end]) => `${begin}-${end}`).join(" ");
    words.value = found.map(([begin, end]) => said(begin, end)).join(" … ");
    show(found);
  }

  function show(found) {
    if (!CSS.highlights) return;
    const ranges = found.flatMap(([begin, end]) => paragraphs.flatMap((one) => rangesIn(one, begin, end)));
    CSS.highlights.set("chosen", new Highlight(...ranges));
  }

  function rangesIn(paragraph, begin, end) {
    let at = Number(paragraph.dataset.b);
    return nodesOf(paragraph).flatMap((node) => {
      const letters = [...node.data];
      const [from, to] = [Math.max(begin - at, 0), Math.min(end - at, letters.length)];
      at += letters.length;
      if (from >= to) return [];
      const range = document.createRange();
      range.setStart(node, letters.slice(0, from).join("").length);
      range.setEnd(node, letters.slice(0, to).join("").length);
      return [range];
    });
  }

  document.addEventListener("selectionchange", () => {
    const chosen = getSelection();
    if (chosen.isCollapsed || !text.contains(chosen.anchorNode) || !text.contains(chosen.focusNode)) return;
    const range = chosen.getRangeAt(0);
    const [begin, end] = [offsetOf(range.startContainer, range.startOffset), offsetOf(range.endContainer, range.endOffset)];
    if (begin === null || end === null || begin >= end) return;
    if (into) into.value = said(begin, end).trim();
    else set([[begin, end]]);
  });

  function nudge(which, way) {
    const found = read();
    if (!found.length) return;
    const span = which === "begin" ? found[0] : found[found.length - 1];
    const edge = which === "begin" ? 0 : 1;
    const place = span[edge];
    const home = whole.find(([at, letters]) => at <= place && place <= at + letters.length);
    if (!home) return;
    const [at, letters] = home;
    const blank = (index) => index < 0 || index >= letters.length || /\s/.test(letters[index]);
    let index = place - at + way;
    const boundary = which === "begin" ? (i) => blank(i - 1) && !blank(i) : (i) => blank(i) && !blank(i - 1);
    while (index > 0 && index < letters.length && !boundary(index)) index += way;
    const moved = at + Math.min(Math.max(index, 0), letters.length);
    if (which === "begin" ? moved < span[1] : moved > span[0]) {
      span[edge] = moved;
      set(found);
    }
  }
  for (const button of form.querySelectorAll("[data-which]")) {
    button.addEventListener("click", () => nudge(button.dataset.which, Number(button.dataset.way)));
  }
  show(read());
  form.scrollIntoView({ block: "nearest", behavior: "instant" });
}
