// Drop a file anywhere on the page, or press Ctrl+Enter: both read the article at once.
const form = document.querySelector("[data-drop]");
const file = form.querySelector("input[type=file]");
const text = form.querySelector("textarea");

function send() {
  if (!file.files.length && !text.value.trim()) return;
  form.classList.add("busy");
  form.querySelector("button.main").setAttribute("aria-busy", "true");
  form.requestSubmit();
}

for (const name of ["dragover", "dragenter"]) {
  document.addEventListener(name, (event) => {
    event.preventDefault();
    form.classList.add("over");
  });
}
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) form.classList.remove("over");
});
document.addEventListener("drop", (event) => {
  event.preventDefault();
  form.classList.remove("over");
  const { files } = event.dataTransfer;
  if (files.length) {
    file.files = files;
  } else {
    text.value = event.dataTransfer.getData("text/plain");
  }
  send();
});
file.addEventListener("change", () => file.files.length && send());
text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
});
window.addEventListener("pageshow", () => form.classList.remove("busy"));
