// The article and its ledger move together; a card at the statement says who, on whose word, how.
// Without this script everything is there too: numbers lead from the text to the ledger and back.
import { beside, onKeys } from "./keys.js";
import { correct } from "./correct.js";

const text = document.querySelector("[data-text]");
const margin = document.querySelector(".margin");
const entries = new Map([...document.querySelectorAll(".entry[data-s]")].map((one) => [one.dataset.s, one]));
const numbers = [...text.querySelectorAll(".no")];
const wide = matchMedia("(min-width: 56rem)");

// --- what belongs together lights up

let lit = null;

function light(number) {
  if (lit === number) return;
  for (const one of document.querySelectorAll(".q.on, .entry.on")) one.classList.remove("on");
  lit = number;
  if (number === null) return;
  for (const one of text.querySelectorAll(`.q[data-s="${number}"]`)) one.classList.add("on");
  entries.get(number)?.classList.add("on");
}

const numberAt = (element) => element?.closest?.("[data-s]")?.dataset.s ?? null;

// --- the card

const card = document.createElement("div");
card.className = "card-of";
card.id = "card";
card.role = "tooltip";
card.hidden = true;
document.body.append(card);
let leaving = 0;

function showCard(number, anchor) {
  clearTimeout(leaving);
  const entry = entries.get(number);
  if (!entry || !anchor) return;
  const parts = [".who", ".dispute", "summary"].flatMap((name) => [...entry.querySelectorAll(`:scope > ${name}, :scope > details > ${name}`)]);
  card.replaceChildren(
    ...parts.map((part) => {
      const line = document.createElement("p");
      line.className = part.className;
      for (const node of part.cloneNode(true).childNodes) {
        if (!node.classList?.contains("no") && !node.classList?.contains("ask")) line.append(node.cloneNode(true));
      }
      for (const link of line.querySelectorAll("a")) link.replaceWith(...link.childNodes);
      return line;
    }),
  );
  card.style.setProperty("--type", getComputedStyle(entry).getPropertyValue("--type"));
  card.hidden = false;
  const box = anchor.getClientRects()[0] ?? anchor.getBoundingClientRect();
  const left = Math.min(box.left, document.documentElement.clientWidth - card.offsetWidth - 12);
  const below = box.bottom + card.offsetHeight + 14 < innerHeight;
  const top = below ? box.bottom + 8 : box.top - card.offsetHeight - 8;
  card.style.left = `${Math.max(12, left) + scrollX}px`;
  card.style.top = `${top + scrollY}px`;
}

function hideCard(after = 160) {
  clearTimeout(leaving);
  leaving = setTimeout(() => { card.hidden = true; }, after);
}

card.addEventListener("pointerenter", () => clearTimeout(leaving));
card.addEventListener("pointerleave", () => hideCard());
text.addEventListener("pointerover", (event) => {
  const number = numberAt(event.target);
  if (number === null) return;
  light(number);
  reveal(number);
  if (!getSelection().toString()) showCard(number, event.target.closest("[data-s]"));
});
text.addEventListener("pointerout", () => { light(null); hideCard(); });
text.addEventListener("focusin", (event) => {
  const number = numberAt(event.target);
  light(number);
  if (number === null) return;
  reveal(number);
  if (event.target.matches(":focus-visible")) {
    event.target.setAttribute("aria-describedby", "card");
    showCard(number, event.target);
  }
});
text.addEventListener("focusout", () => hideCard(0));
margin.addEventListener("pointerover", (event) => light(numberAt(event.target)));
margin.addEventListener("pointerleave", () => light(null));
margin.addEventListener("focusin", (event) => light(numberAt(event.target)));

// --- the ledger scrolls along

let held = 0;
margin.addEventListener("pointerenter", () => { held = 1; });
margin.addEventListener("pointerleave", () => { held = 0; });

function reveal(number) {
  const entry = entries.get(number);
  if (!entry || !wide.matches || margin.contains(document.activeElement)) return;
  const frame = margin.getBoundingClientRect();
  const box = entry.getBoundingClientRect();
  if (box.top < frame.top + 30 || box.bottom > frame.bottom - 10) {
    margin.scrollTo({ top: margin.scrollTop + box.top - frame.top - frame.height / 3, behavior: "instant" });
  }
}

let waiting = 0;
function follow() {
  waiting = 0;
  if (!wide.matches || held || margin.contains(document.activeElement)) return;
  const top = margin.getBoundingClientRect().top;
  const first = numbers.find((one) => one.getBoundingClientRect().top >= top);
  const entry = first && entries.get(first.closest("[data-s]").dataset.s);
  if (!entry) return;
  const shift = entry.getBoundingClientRect().top - first.getBoundingClientRect().top;
  margin.scrollTop += shift;
}
addEventListener("scroll", () => { waiting ||= requestAnimationFrame(follow); }, { passive: true });

// --- the keyboard

const open = (number) => {
  const details = entries.get(number)?.querySelector("details");
  if (details) details.open = !details.open;
};
const press = (number, key) => entries.get(number)?.querySelector(`[data-key="${key}"]`)?.click();

function move(number, step) {
  const here = numbers.find((one) => numberAt(one) === number) ?? numbers[0];
  const next = beside(numbers, here, step);
  const inLedger = margin.contains(document.activeElement);
  const target = inLedger ? entries.get(numberAt(next))?.querySelector(".no") : next;
  target?.focus();
  target?.scrollIntoView({ block: inLedger ? "nearest" : "center", behavior: "instant" });
}

onKeys((at) => at.closest(".text, .margin") && numberAt(at), {
  j: (number) => move(number, 1),
  k: (number) => move(number, -1),
  o: open,
  r: (number) => press(number, "r"),
  w: (number) => press(number, "w"),
  c: (number) => press(number, "c"),
  Escape: () => hideCard(0),
});

// --- one choice is enough

for (const form of document.querySelectorAll("[data-at-once]")) {
  form.querySelector("button").hidden = true;
  form.querySelector("select").addEventListener("change", () => form.requestSubmit());
}

const found = document.getElementById("found");
if (found && location.hash === "#found") light(numberAt(found));
const fixing = document.querySelector("[data-fix]");
if (fixing) correct(fixing, text);
