// The drawing of a claim can be made larger, and moved: with buttons, the keys + − 0 and arrows, and the mouse.
const page = document.querySelector("[data-bigger]");
const canvas = page.querySelector(".canvas.claims");
const STEP = 1.25;
const MOST = 4;
let scale = 1;

function zoom(to) {
  const before = scale;
  scale = Math.min(Math.max(to, 1), MOST);
  for (const drawing of canvas.querySelectorAll("svg")) {
    drawing.style.maxWidth = scale > 1 ? "none" : "";
    drawing.style.width = scale > 1 ? `${scale * 100}%` : "";
  }
  canvas.scrollLeft = (canvas.scrollLeft + canvas.clientWidth / 2) * (scale / before) - canvas.clientWidth / 2;
}

const keys = { "+": () => zoom(scale * STEP), "-": () => zoom(scale / STEP), 0: () => zoom(1) };
canvas.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
});

const bar = document.createElement("p");
bar.className = "zoom";
for (const [name, sign, key] of [["bigger", "+", "+"], ["smaller", "−", "-"], ["fitting", "↔", "0"]]) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "small";
  button.textContent = sign;
  button.setAttribute("aria-label", page.dataset[name]);
  button.title = page.dataset[name];
  button.addEventListener("click", keys[key]);
  bar.append(button);
}
canvas.before(bar);

let from = null;
canvas.addEventListener("pointerdown", (event) => {
  if (event.button !== 0 || event.pointerType === "touch" || scale === 1) return;
  from = [event.clientX + canvas.scrollLeft, event.clientY + scrollY];
  canvas.setPointerCapture(event.pointerId);
});
canvas.addEventListener("pointermove", (event) => {
  if (!from) return;
  canvas.scrollLeft = from[0] - event.clientX;
  scrollTo({ left: scrollX, top: from[1] - event.clientY, behavior: "instant" });
});
for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => { from = null; });
canvas.addEventListener("wheel", (event) => {
  if (!event.ctrlKey) return;
  event.preventDefault();
  zoom(scale * (event.deltaY < 0 ? STEP : 1 / STEP));
}, { passive: false });
