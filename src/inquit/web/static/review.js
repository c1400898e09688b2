// The queue by keyboard: j and k move, r and w judge, c corrects.
import { beside, onKeys } from "./keys.js";

const items = [...document.querySelectorAll("[data-item]")];
const press = (item, key) => item.querySelector(`[data-key="${key}"]`)?.click();

onKeys((at) => at.closest("[data-item]") ?? (at === document.body || at.id === "main" ? document.body : null), {
  j: (item) => (item === document.body ? items[0] : beside(items, item, 1))?.focus(),
  k: (item) => item !== document.body && beside(items, item, -1)?.focus(),
  r: (item) => press(item, "r"),
  w: (item) => press(item, "w"),
  c: (item) => press(item, "c"),
});
