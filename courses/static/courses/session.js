// The code on the screen of a group session is valid for two minutes: a new picture every 50 seconds.
for (const picture of document.querySelectorAll("[data-session-code]")) {
  const address = picture.getAttribute("src");
  setInterval(() => {
    picture.src = `${address}?${Date.now()}`;
  }, 50_000);
}
