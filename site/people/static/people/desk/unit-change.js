// Shows only the fields of what was chosen, and makes long lists of boxes searchable. Without it all fields stand open.

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

for (const group of document.querySelectorAll("[data-switch]")) {
  const name = group.dataset.switch;
  const follow = () => {
    const chosen = group.querySelector("input:checked")?.value ?? "";
    for (const part of document.querySelectorAll(`[data-when^="${name}="]`)) {
      part.hidden = part.dataset.when !== `${name}=${chosen}`;
    }
  };
  group.addEventListener("change", follow);
  follow();
}

for (const group of document.querySelectorAll("[data-pick-list]")) {
  const labels = [...group.querySelectorAll("label")].filter((label) => label.querySelector("input"));
  if (labels.length < 9) continue;
  const search = document.createElement("input");
  search.type = "search";
  search.className = "unit-pick-search";
  search.placeholder = group.dataset.pickList;
  search.setAttribute("aria-label", group.dataset.pickList);
  search.addEventListener("input", () => {
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    for (const label of labels) {
      const fits = words.every((word) => fold(label.textContent).includes(word));
      label.parentElement.hidden = !fits && !label.querySelector("input").checked;
    }
  });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  (group.querySelector(".w-field__input") ?? group).prepend(search);
}
