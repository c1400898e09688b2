// Letters that do something while a statement has the focus, and only then.

/** Call `act[key]` for plain letters typed while `within(document.activeElement)` finds something. */
export function onKeys(within, act) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = document.activeElement;
    if (!at || at.matches("input, textarea, select")) return;
    const found = within(at);
    const done = act[event.key];
    if (!found || !done) return;
    event.preventDefault();
    done(found);
  });
}

/** The one after or before `here` in `all`; the end ones stay. */
export function beside(all, here, step) {
  const place = all.indexOf(here) + step;
  return all[Math.min(Math.max(place, 0), all.length - 1)];
}
