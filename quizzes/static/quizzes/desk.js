// The live preview of the question editor. Without this file its button shows the preview.
const PAUSE_MS = 400;
const form = document.querySelector("[data-preview-url]");
const frame = document.querySelector(".exam-preview iframe");

if (frame) {
  const fit = () => {
    const page = frame.contentDocument?.documentElement;
    if (page && !frame.closest(".exam-preview--paper")) frame.style.height = `${page.scrollHeight + 8}px`;
  };
  frame.addEventListener("load", fit);
  fit();
}

if (form) {
  let timer = 0;
  let asked = 0;

  async function preview() {
    const number = ++asked;
    const reply = await fetch(form.dataset.previewUrl, {
      method: "POST",
      body: new FormData(form),
      credentials: "same-origin",
    }).catch(() => null);
    if (!reply?.ok || number !== asked) return; // a newer one is under way
    frame.srcdoc = await reply.text();
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(preview, PAUSE_MS);
  });
  form.querySelector("[data-live]").hidden = false;
  preview();
}
