// Makes the tree of units open and shut, remembers what was open, finds while typing, and follows the arrow keys.
// Without this script the whole tree stands open and the search is answered by the server.

const trees = [...document.querySelectorAll("[data-tree]")];
const search = document.querySelector("[data-tree-search]");
const status = document.querySelector("[data-tree-status]");
const said = status?.textContent;
const STORE = "unit-tree-open";
let opened = new Set(read());

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(STORE)) || [];
  } catch {
    return [];
  }
}

function remember() {
  try {
    sessionStorage.setItem(STORE, JSON.stringify([...opened]));
  } catch { /* a browser that keeps nothing still opens and shuts */ }
}

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
const listOf = (item) => item.querySelector(":scope > ul");
const linkOf = (item) => item.querySelector(":scope > .unit-row a");
const toggleOf = (item) => item.querySelector(":scope > .unit-row > .unit-toggle");

function show(item, open) {
  const list = listOf(item);
  if (!list) return;
  list.hidden = !open;
  toggleOf(item).setAttribute("aria-expanded", String(open));
}

function toggle(item, open) {
  show(item, open);
  const key = linkOf(item).pathname;
  if (open) opened.add(key);
  else opened.delete(key);
  remember();
}

const items = [];
for (const tree of trees) {
  const openDepth = Number(tree.dataset.openDepth);
  const first = opened.size === 0;
  const visit = (list, depth) => {
    for (const item of list.children) {
      const row = item.firstElementChild;
      const link = linkOf(item);
      items.push({ item, link, text: fold(row.textContent), name: link.textContent });
      const below = listOf(item);
      if (!below) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "unit-toggle";
      button.setAttribute("aria-label", tree.dataset.toggle.replace("%s", link.textContent));
      button.addEventListener("click", () => toggle(item, below.hidden));
      row.prepend(button);
      show(item, depth < openDepth && (first || openDepth > 1) ? true : opened.has(link.pathname));
      visit(below, depth + 1);
    }
  };
  visit(tree, 0);
  if (first && openDepth === 1) [...tree.children].forEach((item) => listOf(item) && opened.add(linkOf(item).pathname));
}

function all(open) {
  for (const { item } of items) if (listOf(item)) toggle(item, open);
}
const tools = document.querySelector("[data-tree-tools]");
if (tools && items.some(({ item }) => listOf(item))) {
  tools.hidden = false;
  tools.querySelector("[data-tree-open]").addEventListener("click", () => all(true));
  tools.querySelector("[data-tree-shut]").addEventListener("click", () => all(false));
}

// --- Finding while typing ---------------------------------------------------------------------------------

function mark(entry, words) {
  const { link, name } = entry;
  const places = [];
  const letters = [...name.normalize("NFC")];
  const folded = letters.map((letter) => fold(letter));
  if (words.length && folded.every((letter) => letter.length === 1)) {
    const text = folded.join("");
    for (const word of words) {
      const at = text.indexOf(word);
      if (at >= 0) for (let i = at; i < at + word.length; i += 1) places[i] = true;
    }
  }
  link.replaceChildren();
  let run = "";
  let marked = false;
  const put = () => {
    if (!run) return;
    const node = marked ? document.createElement("mark") : document.createTextNode(run);
    if (marked) node.textContent = run;
    link.append(node);
    run = "";
  };
  letters.forEach((letter, i) => {
    if (Boolean(places[i]) !== marked) {
      put();
      marked = Boolean(places[i]);
    }
    run += letter;
  });
  put();
}

function find() {
  const words = fold(search.value).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  if (!words.length) {
    for (const entry of items) {
      entry.item.hidden = false;
      entry.item.classList.toggle("is-context", Boolean(entry.context));
      mark(entry, []);
      show(entry.item, opened.has(entry.link.pathname));
    }
    document.querySelectorAll(".unit-section").forEach((section) => { section.hidden = false; });
    status.textContent = said;
    return;
  }
  let found = 0;
  const wanted = new Set();
  for (const entry of items) {
    const fits = words.every((word) => entry.text.includes(word));
    entry.item.hidden = true;
    entry.item.classList.toggle("is-context", !fits);
    mark(entry, fits ? words : []);
    if (!fits) continue;
    found += 1;
    for (let item = entry.item; item && item.tagName === "LI"; item = item.parentElement.closest("li")) wanted.add(item);
  }
  for (const item of wanted) {
    item.hidden = false;
    show(item, [...item.querySelectorAll(":scope > ul > li")].some((child) => wanted.has(child)));
  }
  document.querySelectorAll(".unit-section").forEach((section) => {
    section.hidden = ![...section.querySelectorAll(".unit-tree > li")].some((item) => !item.hidden);
  });
  const { one, many, none } = status.dataset;
  status.textContent = found === 0 ? none : found === 1 ? one : many.replace("%s", found.toLocaleString("vi"));
}

let waiting;
search?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(find, 120);
});
for (const entry of items) entry.context = entry.item.classList.contains("is-context");

// --- Arrow keys: up and down the lines shown, right into a unit, left out of it ------------------------------

document.addEventListener("keydown", (event) => {
  const link = event.target.closest?.(".unit-row a");
  if (!link || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const item = link.closest("li");
  const list = listOf(item);
  let next;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const shown = items.map((entry) => entry.link).filter((one) => one.offsetParent !== null);
    next = shown[shown.indexOf(link) + (event.key === "ArrowDown" ? 1 : -1)];
  } else if (event.key === "ArrowRight" && list) {
    if (list.hidden) toggle(item, true);
    else next = linkOf([...list.children].find((child) => !child.hidden) || item);
  } else if (event.key === "ArrowLeft") {
    if (list && !list.hidden) toggle(item, false);
    else {
      const above = item.parentElement.closest("li");
      next = above && linkOf(above);
    }
  } else return;
  event.preventDefault();
  next?.focus();
});
