// Tells the server that somebody is there, and warns before a session that was left alone ends.
// Without this file the server counts requests only, and explains on the next one.
const box = document.getElementById("idle-warning");
const limit = box.dataset.limit * 1000;
const warn = box.dataset.warn * 1000;
const pause = Math.min(60000, limit / 5); // between two messages to the server
const place = box.querySelector("[data-idle-left]");
let usedAt = Date.now();   // last sign of life here, or what the server knows of other windows
let toldAt = usedAt;
let asking = false;

function used() {
  if (box.open) return; // the question must be answered
  usedAt = Date.now();
  if (usedAt - toldAt > pause) tell();
}

async function ask(method) {
  const reply = await fetch(box.dataset.address, {
    method,
    headers: { Accept: "application/json", ...(method === "GET" && { "X-Background": "1" }) },
    credentials: "same-origin",
  });
  return (await reply.json()).left * 1000;
}

async function tell() {
  toldAt = Date.now();
  try {
    if (await ask("POST") === 0) location.reload(); // ended meanwhile: the server explains
  } catch { /* no network: the next sign of life tries again */ }
}

async function look() {
  const left = usedAt + limit - Date.now();
  if (box.open) place.textContent = `${Math.floor(Math.max(0, left) / 60000)}:${String(Math.floor(Math.max(0, left) / 1000) % 60).padStart(2, "0")}`;
  if (asking || left > warn || (box.open && left > 0)) return;
  asking = true;
  try {
    const known = await ask("GET"); // another window may be in use
    usedAt = Date.now() - limit + known;
    if (known === 0) return location.reload();
    if (known <= warn && !box.open) open_();
    if (known > warn && box.open) box.close();
  } catch { /* no network: asked again at the next look */ }
  finally { asking = false; }
}

function open_() {
  if (box.showModal) box.showModal();
  else box.setAttribute("open", "");
}

function stay() {
  if (box.close) box.close();
  else box.removeAttribute("open");
  usedAt = Date.now();
  tell();
}

box.querySelector("[data-idle-stay]").addEventListener("click", stay);
box.addEventListener("cancel", stay);
for (const sign of ["pointerdown", "pointermove", "keydown", "input", "scroll", "wheel", "touchstart", "timeupdate"]) {
  // Capturing: media that play report themselves without bubbling.
  document.addEventListener(sign, used, { capture: true, passive: true });
}
setInterval(look, Math.min(1000, warn / 4));
