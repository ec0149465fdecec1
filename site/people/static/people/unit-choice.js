// Long lists of choices can be typed into: words in any order, marks may be left out. Without this file the list
// itself is there. The select keeps its name and value; what is typed only finds an option.
const MANY = 20;
const SHOWN = 60;

const fold = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase().replace(/\s+/g, " ").trim();

// Options of a tree are indented with no-break spaces; what stands above an option is searched with it and shown.
function withPaths(options) {
  const above = [];
  return options.map((option) => {
    const depth = option.text.length - option.text.replace(/^\u00a0+/, "").length;
    const name = option.text.trim();
    while (above.length && above[above.length - 1].depth >= depth) above.pop();
    const path = above.map((one) => one.name);
    if (option.value) above.push({ depth, name });
    return { option, name, path: path.slice(1).reverse().join(", "), key: fold([name, ...path].join(" ")) };
  });
}

function enhance(select, number) {
  const choices = withPaths([...select.options]);
  const input = document.createElement("input");
  const list = document.createElement("ul");
  input.type = "text";
  input.id = `${select.id || `choice-${number}`}-typed`;
  input.className = "choice-box";
  input.autocomplete = "off";
  list.id = `${input.id}-list`;
  list.className = "choice-list";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]])
    input.setAttribute(name, value);
  for (const name of ["aria-describedby", "aria-invalid"]) if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  if (select.required) [input.required, select.required] = [true, false];
  const label = select.labels[0];
  if (label) {
    label.htmlFor = input.id;
    list.setAttribute("aria-label", label.textContent.trim());
  }
  const holder = document.createElement("div");
  holder.className = "choice";
  select.before(holder);
  holder.append(input, list, select);
  select.hidden = true;

  let active = -1;
  let found = [];
  const chosen = () => choices.find((choice) => choice.option.selected) || choices[0];
  const show = () => { input.value = chosen().option.value ? chosen().name : ""; };
  input.placeholder = choices[0].option.value ? "" : choices[0].name;

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(place) {
    active = place;
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === place)));
    const item = list.children[place];
    if (!item) return;
    input.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  }

  function open(typed) {
    const words = fold(typed).split(" ").filter(Boolean);
    found = choices.filter((choice) => words.every((word) => choice.key.includes(word)));
    // What is named so comes before what only stands below it.
    if (words.length) found.sort((a, b) => rank(a, words) - rank(b, words));
    found = found.slice(0, SHOWN);
    list.replaceChildren(...found.map((choice, index) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${index}`;
      item.setAttribute("role", "option");
      const name = document.createElement("b");
      name.textContent = choice.name;
      item.append(name);
      if (choice.path) item.append(` ${choice.path}`);
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(choice); });
      return item;
    }));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(words.length && found.length ? 0 : -1);
  }

  function take(choice) {
    choice.option.selected = true;
    show();
    close();
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  input.addEventListener("focus", () => input.select());
  input.addEventListener("click", () => { if (list.hidden) open(""); });
  input.addEventListener("input", () => open(input.value));
  input.addEventListener("blur", () => {
    if (!input.value.trim() && !choices[0].option.value) choices[0].option.selected = true;
    close();
    show();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) open("");
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark((active + step + found.length) % (found.length || 1));
    } else if (event.key === "Enter" && !list.hidden && active >= 0) {
      event.preventDefault();
      take(found[active]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
      show();
    }
  });
  show();
}

function rank(choice, words) {
  const name = fold(choice.name);
  return (words.every((word) => name.includes(word)) ? 0 : 1000) + name.length;
}

[...document.querySelectorAll("select:not([multiple])")].filter((select) => select.options.length > MANY).forEach(enhance);
