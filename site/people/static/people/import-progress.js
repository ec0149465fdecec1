// Keeps the progress of an import up to date; without it the page reloads itself (meta refresh in noscript).
const box = document.querySelector("[data-progress]");
const bar = box?.querySelector("progress");
const words = box?.querySelector("[data-progress-words]");
const pause = 1500;

async function look() {
  try {
    const answer = await fetch(box.dataset.progress, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const { is_done: isDone, staged, total, text } = await answer.json();
    if (isDone) {
      location.reload();
      return;
    }
    bar.max = total;
    bar.value = staged;
    words.textContent = text;
  } catch {
    // The next look may succeed; a session that has ended shows itself when the page is reloaded by hand.
  }
  setTimeout(look, pause);
}

if (box) setTimeout(look, pause);
