// Saves each answer when it is given. Without this file the plain form saves on “Next question”.
const form = document.querySelector("[data-attempt]");
const line = form.querySelector("[data-saved]");
let unsent = false;      // an answer given but not yet acknowledged by the server
let sending = null;      // the request under way
let retryTimer = 0;

function say(text) {
  const place = line.querySelector("span");
  place.textContent = text;
}

async function send() {
  clearTimeout(retryTimer);
  unsent = false;
  let reply;
  try {
    reply = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
      credentials: "same-origin",
    });
  } catch {
    return waitForNetwork();
  }
  if (reply.redirected || reply.status >= 500) return waitForNetwork();
  const answer = await reply.json().catch(() => null);
  if (!answer) return waitForNetwork();
  if (answer.closed) return location.reload();
  say(answer.message || answer.error);
}

function waitForNetwork() {
  unsent = true;
  say(form.dataset.waiting);
  retryTimer = setTimeout(save, 4000);
}

// One request at a time: the next one starts when the last was answered, and carries the newest state of the form.
function save() {
  unsent = true;
  sending = (sending || Promise.resolve()).then(() => (unsent ? send() : undefined));
  return sending;
}

let typing = 0;
form.addEventListener("change", save);
form.addEventListener("input", (event) => {
  if (event.target.type !== "text") return;
  unsent = true;
  clearTimeout(typing);
  typing = setTimeout(save, 700);
});
addEventListener("online", () => unsent && save());

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
  save();
});

function renumber(list) {
  [...list.children].forEach((row, index, rows) => {
    row.querySelector(".ordering-number").textContent = index + 1;
    row.querySelector('[data-move="up"]').disabled = index === 0;
    row.querySelector('[data-move="down"]').disabled = index === rows.length - 1;
  });
}

// Submitting the form itself saves too; leaving any other way warns while something is unsent.
let leaving = false;
form.addEventListener("submit", () => { leaving = true; });
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
    if (left) setTimeout(tick, 1000);
  };
  tick();
}
