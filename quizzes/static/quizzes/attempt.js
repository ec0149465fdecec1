// Saves each answer as it is given, keeps it on the device until the server has acknowledged it, and turns the
// pages without asking for new ones. Without this file the plain forms save page by page.
import { waitingAnswers } from "./waiting_answers.js";

let form = document.querySelector("[data-attempt]");
const { attempt, save: saveAddress, offline } = form.dataset;
const words = { ...form.dataset };
const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
const waiting = waitingAnswers(attempt);
const otherTabs = "BroadcastChannel" in window ? new BroadcastChannel(`attempt-${attempt}`) : null;
const RETRY_MS = 4000;
const CONTROL_MS = 3000;
const TYPING_PAUSE_MS = 600;

const parts = () => [...form.querySelectorAll("[data-slot]")];
const partOf = (slot) => form.querySelector(`[data-slot="${slot}"]`);
const controlsOf = (part) => [...part.querySelectorAll("input[name], select[name], textarea[name]")];

// --- What a question's fields hold ---------------------------------------------------------------------------

function fieldsOf(part) {
  const fields = {};
  for (const control of controlsOf(part)) {
    if ((control.type === "radio" || control.type === "checkbox") && !control.checked) continue;
    const name = control.name.slice(part.dataset.prefix.length);
    (fields[name] ||= []).push(control.value);
  }
  return fields;
}

function fill(part, fields) {
  const list = part.querySelector("[data-ordering]");
  if (list) return reorder(list, fields[Object.keys(fields)[0]] || []);
  for (const control of controlsOf(part)) {
    const values = fields[control.name.slice(part.dataset.prefix.length)] || [];
    if (control.type === "radio" || control.type === "checkbox") control.checked = values.includes(control.value);
    else control.value = values[0] || "";
  }
}

function reorder(list, ids) {
  for (const id of ids) {
    const row = [...list.children].find((one) => one.querySelector("input").value === id);
    if (row) list.append(row);
  }
  renumber(list);
}

function renumber(list) {
  [...list.children].forEach((row, index, rows) => {
    row.querySelector(".ordering-number").textContent = index + 1;
    row.querySelector('[data-move="up"]').disabled = index === 0;
    row.querySelector('[data-move="down"]').disabled = index === rows.length - 1;
  });
}

// --- Keeping and sending ----------------------------------------------------------------------------------------

let flushing = null;
let retryTimer = 0;

const newKey = () => crypto.randomUUID?.() || `${Date.now()}-${Math.random()}`.slice(0, 36);

/** Keeps the question as it stands now and sends it. */
async function keep(part) {
  await store(part);
  return flush();
}

async function store(part, left = false) {
  const slot = Number(part.dataset.slot);
  const sequence = Number(part.dataset.sequence) + 1;
  part.dataset.sequence = sequence;
  const change = { slot, sequence, key: newKey(), fields: fieldsOf(part), ...(left && { left }) };
  await waiting.put(change);
  otherTabs?.postMessage(change);
  mark(slot, part);
}

/** Sends what waits, one request at a time; what was changed meanwhile goes with the next. */
function flush() {
  clearTimeout(retryTimer);
  flushing = (flushing || Promise.resolve()).then(send).catch(() => later());
  return flushing;
}

async function send() {
  const changes = await waiting.all();
  if (!changes.length) return;
  let reply;
  try {
    reply = await fetch(saveAddress, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ changes }),
      credentials: "same-origin",
      keepalive: true,
    });
  } catch {
    return later();
  }
  if (reply.status === 401 || reply.status === 403) return say(words.signedOut), later(false);
  const answer = await reply.json().catch(() => null);
  if (!answer || reply.status >= 500) return later();
  if (answer.closed) {
    await waiting.clear();
    return location.reload();
  }
  if (answer.saved || answer.errors) await settle(changes, answer);
  if (!(await waiting.all()).length || answer.error) say(answer.message || answer.error || "");
}

/** Forgets what was acknowledged, shows what could not be read, and takes over answers newer than ours. */
async function settle(changes, answer) {
  for (const change of changes) {
    await waiting.drop(change);
    const part = partOf(change.slot);
    if (!part) continue;
    problem(part, answer.errors?.[change.slot] || "");
    const newer = answer.newer?.[change.slot];
    if (newer === undefined) continue;
    part.dataset.sequence = newer;
    if (change.restored) await takeOver(part); // given before the page was loaded: the other answer came after it
    else {
      await store(part); // given just now: this is the newer one
      flush(); // after this request: waiting for it here would wait for ourselves
    }
  }
}

async function takeOver(part) {
  const page = await fetchAll();
  const theirs = page?.querySelector(`[data-slot="${part.dataset.slot}"]`);
  if (!theirs) return;
  fill(part, fieldsOf(theirs));
  problem(part, words.newer);
}

async function later(tellNumber = true) {
  if (tellNumber) say(words.waiting.replace("%d", (await waiting.all()).length), true);
  clearTimeout(retryTimer);
  retryTimer = setTimeout(flush, RETRY_MS);
}

function say(text, isWaiting = false) {
  if (!text) return;
  const line = form.querySelector("[data-saved]");
  line.querySelector("span").textContent = text;
  line.classList.toggle("is-waiting", isWaiting);
}

function problem(part, text) {
  const place = part.querySelector("[data-problem]");
  place.textContent = text;
  place.hidden = !text;
}

function mark(slot, part) {
  const given = Object.values(fieldsOf(part)).some((values) => values.some(Boolean));
  part.toggleAttribute("data-answered", given);
  document.querySelectorAll(".question-map a")[slot]?.classList.toggle("is-done", given);
  document.querySelectorAll(".focus-header .segments span")[slot]?.classList.toggle("is-done", given);
}

otherTabs?.addEventListener("message", ({ data }) => {
  const part = partOf(data.slot);
  if (!part || Number(part.dataset.sequence) >= data.sequence) return;
  part.dataset.sequence = data.sequence;
  fill(part, data.fields);
  mark(data.slot, part);
});
addEventListener("online", flush);

// --- Turning pages on the device -----------------------------------------------------------------------------------

let allHere = parts().length === Number(words.count);
let shown = parts()[0];

async function fetchAll() {
  const reply = await fetch(words.all, { credentials: "same-origin" }).catch(() => null);
  if (!reply?.ok || reply.redirected) return null;
  return new DOMParser().parseFromString(await reply.text(), "text/html").querySelector("[data-attempt]");
}

const turnsHere = () => allHere && words.pageSize === "1";

/** Brings the other questions of the attempt, once, so that turning pages needs no network. */
async function bringAll() {
  if (allHere || words.pageSize !== "1") return;
  const page = await fetchAll();
  if (!page) return;
  const here = Number(shown.dataset.slot);
  for (const part of page.querySelectorAll("[data-slot]")) {
    const slot = Number(part.dataset.slot);
    if (slot === here) {
      rename(shown, part.dataset.prefix);
      continue;
    }
    part.hidden = true;
    if (slot < here) shown.before(part);
    else form.querySelector(".submit-bar").before(part);
  }
  allHere = true;
  await restore(here);
}

/** Alone on its page a question has plain field names; among others they begin with its prefix. */
function rename(part, prefix) {
  for (const control of controlsOf(part)) control.name = prefix + control.name;
  part.dataset.prefix = prefix;
}

function show(slot) {
  const next = partOf(slot);
  shown.hidden = true;
  next.hidden = false;
  shown = next;
  const last = slot === Number(words.count) - 1;
  form.querySelector('[value="previous"]')?.toggleAttribute("hidden", slot === 0);
  form.querySelector("[data-next]").hidden = last;
  form.querySelector("[data-last]").hidden = !last;
  document.querySelector("[data-place]").textContent = `${slot + 1}/${words.count}`;
  document.querySelectorAll(".question-map a").forEach((link, index) => {
    if (index === slot) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  });
  form.action = form.action.replace(/\d+\/$/, `${slot + 1}/`);
  const heading = next.querySelector("h1, h2");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  scrollTo({ top: 0 });
}

const oneWay = "oneWay" in words;

/** Forward only: a link of the map skips what lies between, which is then left for good. */
function turnForward(event, link) {
  event.preventDefault();
  const slot = Number(link.pathname.match(/(\d+)\/$/)[1]) - 1;
  if (slot > Number(shown.dataset.slot) && turnsHere() && partOf(slot)) leave(shown).then(() => turnTo(slot, false));
}

/** Leaves a page for good; the server closes it when it hears of it. */
async function leave(part) {
  clearTimeout(typing);
  typing = 0;
  await store(part, true);
  const link = document.querySelectorAll(".question-map li")[Number(part.dataset.slot)]?.querySelector("a");
  link?.removeAttribute("href");
  flush();
}

function turnTo(slot, remember = true) {
  show(slot);
  if (remember) history.pushState({ slot }, "", form.action);
}

addEventListener("popstate", ({ state }) => {
  const slot = state?.slot ?? Number(location.pathname.match(/(\d+)\/$/)?.[1]) - 1;
  if (allHere && partOf(slot)) show(slot);
  else location.reload();
});

document.querySelector(".question-map").addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (oneWay && link) return turnForward(event, link);
  const slot = link ? Number(link.pathname.match(/(\d+)\/$/)[1]) - 1 : -1;
  if (!turnsHere() || !partOf(slot)) return;
  event.preventDefault();
  keepWhatIsPending().then(() => turnTo(slot));
});

// --- Listening ----------------------------------------------------------------------------------------------------------

let typing = 0;
let typedIn = null;
form.addEventListener("change", (event) => {
  const part = event.target.closest("[data-slot]");
  if (part) keep(part);
});
form.addEventListener("input", (event) => {
  const part = event.target.closest("[data-slot]");
  if (!part || !["text", "textarea"].includes(event.target.type)) return;
  clearTimeout(typing);
  typedIn = part;
  typing = setTimeout(() => {
    typing = 0;
    keep(part);
  }, TYPING_PAUSE_MS);
});

form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-move]");
  if (!button) return;
  event.preventDefault();
  const row = button.closest("li");
  const neighbour = button.dataset.move === "up" ? row.previousElementSibling : row.nextElementSibling;
  if (!neighbour) return;
  if (button.dataset.move === "up") neighbour.before(row);
  else neighbour.after(row);
  renumber(row.parentElement);
  (button.disabled ? row.querySelector("[data-move]:not([disabled])") : button).focus();
  keep(row.closest("[data-slot]"));
});

let leaving = false;
form.addEventListener("submit", (event) => {
  if (leaving) return; // the plain form of a page that is already saved
  event.preventDefault();
  goOn(event.submitter);
});

/** What the buttons at the foot do: turn the page here, or leave it once nothing waits to be sent. */
async function goOn(button) {
  if (button?.name === "check") return check(button);
  await keepWhatIsPending();
  const goal = Number(shown.dataset.slot) + (button?.value === "previous" ? -1 : 1);
  if (turnsHere() && partOf(goal) && oneWay) await leave(shown);
  if (turnsHere() && partOf(goal)) return turnTo(goal, !oneWay);
  await flush();
  if ((await waiting.all()).length) return later();
  if (turnsHere() && partOf(goal)) return turnTo(goal); // the others came in the meantime
  leaving = true;
  if (turnsHere()) location.assign(words.submit);
  else form.requestSubmit(button);
}

/** Practice: has a saved answer checked, then shows what the server says about it. */
async function check(button) {
  await keepWhatIsPending();
  await flush();
  if ((await waiting.all()).length) return later();
  const body = new URLSearchParams({ check: button.value, csrfmiddlewaretoken: token });
  const page = form.action.replace(/\d+\/$/, `${Number(button.value) + 1}/`);
  const headers = { Accept: "application/json" };
  const reply = await fetch(page, { method: "POST", body, headers, credentials: "same-origin" }).catch(() => null);
  if (!reply) return later();
  leaving = true;
  location.assign(page);
  if (location.href.split("#")[0] === page) location.reload();
}

/** Text just typed, and the order of an ordering question that was looked at and left as it was. */
async function keepWhatIsPending() {
  const untouched = !shown.hasAttribute("data-answered") && shown.querySelector("[data-ordering]");
  if (!typing && !untouched) return;
  clearTimeout(typing);
  const part = typing ? typedIn : shown;
  typing = 0;
  await store(part);
  flush();
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" && typing) keepWhatIsPending();
});

let unsent = 0;
setInterval(async () => { unsent = (await waiting.all()).length; }, 1000);
addEventListener("beforeunload", (event) => {
  if (unsent && !leaving) event.preventDefault();
});

const clock = document.querySelector("[data-seconds]");
if (clock) {
  const end = performance.now() + clock.dataset.seconds * 1000;
  const place = clock.querySelector("span");
  const tick = () => {
    const left = Math.max(0, Math.round((end - performance.now()) / 1000));
    place.textContent = `${clock.dataset.label} ${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    clock.classList.toggle("is-short", left < 300);
    if (left) setTimeout(tick, 1000);
    else handIn();
  };
  tick();
}

/** The time is over: what waits is sent within the grace, then the attempt is handed in. */
async function handIn() {
  await keepWhatIsPending();
  await flush();
  say(words.timeUp, true);
  if ((await waiting.all()).length) return setTimeout(handIn, RETRY_MS);
  leaving = true;
  const headers = { "X-CSRFToken": token };
  const reply = await fetch(words.submit, { method: "POST", headers, credentials: "same-origin" }).catch(() => null);
  if (reply) location.assign(reply.url);
  else setTimeout(handIn, RETRY_MS);
}

// --- Beginning ------------------------------------------------------------------------------------------------------------

/** Puts answers that were never acknowledged back into their fields. */
async function restore(exceptSlot = -1) {
  for (const change of await waiting.all()) {
    const part = partOf(change.slot);
    if (!part || change.slot === exceptSlot) continue;
    fill(part, change.fields);
    part.dataset.sequence = Math.max(Number(part.dataset.sequence), change.sequence);
    mark(change.slot, part);
    await waiting.put({ ...change, restored: true });
  }
}

await waiting.ready.catch(() => say(words.noStorage));
await restore();
await flush();
await keepPagesOffline().catch(() => {});
await bringAll();

/** From here on the attempt's pages go through the service worker, which keeps them with what they need. */
async function keepPagesOffline() {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register(offline);
  const { active } = await navigator.serviceWorker.ready;
  if (!navigator.serviceWorker.controller) {
    await new Promise((resolve) => {
      navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true });
      setTimeout(resolve, CONTROL_MS);
    });
  }
  const needed = performance.getEntriesByType("resource").map((entry) => entry.name);
  active.postMessage({ keep: needed.filter((address) => new URL(address).pathname.startsWith("/static/")) });
}
