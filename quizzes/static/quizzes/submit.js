// The page before submitting: what still waits on this device is sent first; only then is the attempt handed in.
import { waitingAnswers } from "./waiting_answers.js";

const form = document.querySelector("[data-attempt]");
const waiting = waitingAnswers(form.dataset.attempt);
const place = form.querySelector("[data-waiting-line]");
const RETRY_MS = 4000;

/** Sends what waits; whether nothing waits any more. */
async function sent() {
  const changes = await waiting.all();
  if (!changes.length) return true;
  const reply = await fetch(form.dataset.save, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value },
    body: JSON.stringify({ changes }),
    credentials: "same-origin",
  }).catch(() => null);
  const answer = await reply?.json().catch(() => null);
  if (answer?.closed || answer?.saved || answer?.errors) {
    for (const change of changes) await waiting.drop(change);
    return !(await waiting.all()).length;
  }
  return false;
}

async function tell() {
  const count = (await waiting.all()).length;
  place.hidden = !count;
  place.querySelector("span").textContent = form.dataset.waiting.replace("%d", count);
}

let pressed = false;
async function handIn() {
  if (await sent()) return form.submit();
  await tell();
  setTimeout(handIn, RETRY_MS);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (pressed) return;
  pressed = true;
  handIn();
});

sent().then(tell);
