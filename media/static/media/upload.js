// Many pictures of one event: who took them, where, when and under which rights is typed once and used for the rest.
// In a function: the editor loads a form's scripts again each time a picture is chosen.
(() => {
  const SHARED = ["photographer", "credit", "is_drawing", "place", "taken_on", "rights", "rights_until", "collection"];
  const uploads = () => document.querySelector("#upload-list");

  const ending = (field) => SHARED.find((name) => field.name.endsWith(`-${name}`));

  function copyDown(form) {
    const given = [...form.elements].filter(ending);
    const all = [...uploads().querySelectorAll("form")];
    for (const other of all.slice(all.indexOf(form) + 1)) {
      for (const from of given) {
        const to = [...other.elements].find((field) => ending(field) === ending(from));
        if (!to) continue;
        to.value = from.value;
        to.checked = from.checked;
      }
    }
  }

  function offer(form) {
    const last = form.querySelector("[data-copy-down]");
    if (!last || form.querySelector("[data-copies-down]")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small button-secondary";
    button.dataset.copiesDown = "";
    button.textContent = last.dataset.copyDown;
    button.addEventListener("click", () => copyDown(form));
    last.after(button);
  }

  function watchUploads() {
    const rows = uploads();
    if (!rows) return;
    const chooser = document.querySelector("#fileupload");  // Wagtail's lies over its button and has no name of its own
    chooser.setAttribute("aria-label", chooser.closest(".replace-file-input").querySelector("button").textContent.trim());
    new MutationObserver(() => rows.querySelectorAll("form").forEach(offer)).observe(rows, { childList: true, subtree: true });
  }

  // Wagtail loads a form's scripts before the page they belong to is read.
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", watchUploads);
  else watchUploads();
})();
