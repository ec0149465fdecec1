// Keeps the pages of an open attempt on the device: a reload without a network shows them again, and the page's
// own script fills in the answers that wait. They are forgotten when the attempt is closed or the sign-in ends.

const KEPT = "neu-guong-attempt-pages";
const ATTEMPT_PAGE = /^\/bai-kiem-tra\/(\d+)\/(cau\/\d+|tat-ca)\/$/;
const RESULT_PAGE = /^\/bai-kiem-tra\/(\d+)\/ket-qua\/$/;
const PATIENCE_MS = 10000;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("message", ({ data }) => caches.open(KEPT).then((kept) => kept.addAll(data.keep)));

addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin) return;
  if (ATTEMPT_PAGE.test(address.pathname)) event.respondWith(page(event.request, address));
  else if (address.pathname.startsWith("/static/")) event.respondWith(asset(event.request));
  else if (RESULT_PAGE.test(address.pathname)) event.waitUntil(caches.delete(KEPT));
});

async function page(request, address) {
  const kept = await caches.open(KEPT);
  try {
    const reply = await fetch(request, { signal: AbortSignal.timeout?.(PATIENCE_MS) });
    if (reply.redirected || !reply.ok) await caches.delete(KEPT);
    else await kept.put(address.pathname, reply.clone());
    return reply;
  } catch (problem) {
    const [, attempt] = ATTEMPT_PAGE.exec(address.pathname);
    const found = (await kept.match(address.pathname)) || (await kept.match(`/bai-kiem-tra/${attempt}/tat-ca/`));
    if (found) return found;
    throw problem;
  }
}

async function asset(request) {
  const kept = await caches.open(KEPT);
  try {
    const reply = await fetch(request);
    if (reply.ok) await kept.put(request, reply.clone());
    return reply;
  } catch (problem) {
    const found = await kept.match(request);
    if (found) return found;
    throw problem;
  }
}
