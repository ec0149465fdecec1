// Activities of a lesson: each starts when asked for, in a frame that cannot reach this page, and reports through it.
// The frame is believed in nothing but its own activity: messages count only from its window and with its own word.
const page = document.querySelector("[data-h5p-context]");
const RETRY = 4000; // milliseconds until something is sent again
const TALLEST = 20000; // pixels

function secret() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function post(address, body, keepalive = false) {
  return fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": page.dataset.csrf, Accept: "application/json" },
    body: JSON.stringify(body),
    credentials: "same-origin",
    keepalive,
  });
}

// What must reach the server, in order, one request at a time; a lost connection only delays it.
class Outgoing {
  constructor(activity) {
    this.activity = activity;
    this.reports = []; // each has its number: taken in once, however often it is sent
    this.states = new Map(); // only the newest of each kind
    this.sequence = 0;
    this.sending = false;
    this.stopped = false;
  }

  report(content) {
    this.sequence += 1;
    this.reports.push({ sequence: this.sequence, ...content });
    this.send();
  }

  state(content) {
    this.states.set(`${content.part} ${content.type}`, content);
    this.send();
  }

  async send() {
    if (this.sending || this.stopped) return;
    this.sending = true;
    try {
      while (!this.stopped && (this.reports.length || this.states.size)) {
        if (!(await this.sendOne())) break;
      }
    } finally {
      this.sending = false;
    }
  }

  async sendOne() {
    const { activity } = this;
    const report = this.reports[0];
    const [key, state] = report ? [] : this.states.entries().next().value;
    let reply;
    try {
      reply = await post(report ? activity.data.report : activity.data.state, {
        session: activity.session, ...(report || { ...state, hash: activity.hash }),
      });
    } catch {
      return this.later();
    }
    if (reply.status >= 500 || reply.status === 429) return this.later();
    const answer = await reply.json().catch(() => null);
    if (!reply.ok || !answer) {
      // 400 and 413 concern this one message; anything else ends the saving of this page.
      if (reply.status !== 400 && reply.status !== 413) this.stopped = true;
      activity.say((answer && answer.error) || activity.data.expired, true);
    }
    if (report) this.reports.shift();
    else if (this.states.get(key) === state) this.states.delete(key);
    if (reply.ok && answer) activity.sent(report, answer);
    return true;
  }

  later() {
    this.activity.say(this.activity.data.unsaved, true);
    setTimeout(() => this.send(), RETRY);
    return false;
  }

  // The page is being left: whatever waits goes out now; the server ignores what it has already.
  flush() {
    if (this.stopped) return;
    const { activity } = this;
    for (const report of this.reports) post(activity.data.report, { session: activity.session, ...report }, true).catch(() => {});
    for (const state of this.states.values()) {
      post(activity.data.state, { session: activity.session, ...state, hash: activity.hash }, true).catch(() => {});
    }
  }
}

class Activity {
  constructor(section) {
    this.section = section;
    this.data = section.dataset;
    this.stage = section.querySelector("[data-stage]");
    this.poster = section.querySelector("[data-poster]");
    this.line = section.querySelector("[data-line]");
    this.place = section.querySelector("[data-results-place]");
    this.running = false;
    const button = section.querySelector("[data-start]");
    if (button) {
      button.hidden = false;
      button.addEventListener("click", () => this.start({ focus: true }));
    }
    section.addEventListener("click", (event) => {
      if (event.target.closest("[data-afresh]")) this.start({ focus: true, afresh: true });
    });
    this.watch();
  }

  // Results are fetched, and eager activities started, when the learner comes near them.
  watch() {
    const keeps = "h5pKeeps" in page.dataset;
    const eager = "startsByItself" in this.data && this.stage && !onPoorLine();
    if (!keeps && !eager) return;
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      if (keeps) this.showResults();
      if (eager) this.start({});
    }, { rootMargin: "300px" });
    observer.observe(this.section);
  }

  say(text, isProblem = false) {
    if (!this.line) return;
    this.line.textContent = text;
    this.line.classList.toggle("is-problem", isProblem);
  }

  async start({ focus = false, afresh = false }) {
    if (this.opening || (this.running && !afresh)) return;
    this.opening = true;
    this.stop();
    this.say(this.data.loading);
    try {
      const reply = await post(this.data.open, { context: page.dataset.h5pContext, afresh });
      const opened = await reply.json().catch(() => null);
      if (!reply.ok || !opened) {
        this.say((opened && opened.error) || (reply.status === 403 ? this.data.expired : this.data.failed), true);
        return;
      }
      this.show(opened, focus);
    } catch {
      this.say(this.data.failed, true);
    } finally {
      this.opening = false;
    }
  }

  show(opened, focus) {
    this.running = true;
    this.session = opened.session;
    this.hash = opened.hash;
    this.opened = opened;
    this.focus = focus;
    this.word = secret();
    this.outgoing = new Outgoing(this);
    this.ready = false;
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", opened.sandbox);
    frame.setAttribute("referrerpolicy", "no-referrer");
    if (opened.fullscreen) frame.setAttribute("allow", "fullscreen");
    frame.title = this.data.frame;
    frame.style.cssText = "display:block;width:100%;height:240px;border:0;background:#fff";
    frame.src = opened.frame;
    frame.addEventListener("load", () => setTimeout(() => { if (!this.ready) this.fail(); }, 8000));
    this.frame = frame;
    // Inside a shadow tree a frame has no place in `parent.frames`: activities on one host cannot reach each other.
    this.holder = document.createElement("div");
    this.holder.className = "activity-frame";
    this.holder.attachShadow({ mode: "open" }).append(frame);
    this.poster.hidden = true;
    this.stage.append(this.holder);
  }

  stop() {
    if (!this.running) return;
    this.outgoing.flush();
    this.outgoing.stopped = true;
    this.holder.remove();
    this.running = false;
  }

  fail(text) {
    this.say(text || this.data.failed, true);
  }

  tell(action, data) {
    // A frame in the opaque sandbox has no origin that could be named here.
    this.frame.contentWindow.postMessage({ context: "h5p-host", session: this.word, action, data }, this.opened.origin || "*");
  }

  // Only this activity's own window, on the host it was loaded from, and after the start with the word it was given.
  owns(event) {
    return this.running && event.source === this.frame.contentWindow && event.origin === (this.opened.origin || "null");
  }

  hear(message) {
    if (message.action === "ready" && !this.ready) {
      this.ready = true;
      this.tell("start", { session: this.word, states: this.opened.states, everything: this.opened.everything });
      return;
    }
    if (message.session !== this.word) return;
    const data = message.data || {};
    switch (message.action) {
      case "started":
        this.say("");
        if (this.focus) this.frame.focus();
        if (this.session && this.opened.viewed) this.outgoing.report({ viewed: true, statements: [] });
        break;
      case "failed":
        this.fail();
        break;
      case "resize":
        if (data.height > 0) this.frame.style.height = `${Math.min(Math.ceil(data.height), TALLEST)}px`;
        break;
      case "report":
        if (this.session) this.outgoing.report({ statements: data.statements });
        break;
      case "state":
        if (this.session) {
          const { part, type, preload, invalidate } = data;
          this.outgoing.state({ part, type, preload, invalidate, data: data.data });
        }
        break;
    }
  }

  sent(report, answer) {
    if (!report) {
      if (answer.saved === false) this.say(this.data.changed, true);
      else this.say(this.data.saved);
      return;
    }
    if (answer.finished) this.say(this.data.recorded);
    this.showResults();
  }

  async showResults() {
    if (!this.place) return; // a preview keeps nothing
    const address = new URL(this.data.results, location.href);
    address.searchParams.set("context", page.dataset.h5pContext);
    address.searchParams.set("part", "1");
    const reply = await fetch(address, { credentials: "same-origin" }).catch(() => null);
    if (!reply || reply.status !== 200 || reply.redirected) return;
    const open = [...this.place.querySelectorAll("details[open]")].map((one) => one.dataset.part);
    this.place.innerHTML = await reply.text(); // a part of our own page, escaped by its template
    for (const details of this.place.querySelectorAll("details")) {
      if (open.includes(details.dataset.part)) details.open = true;
    }
  }
}

function onPoorLine() {
  const line = navigator.connection;
  return Boolean(line && (line.saveData || /2g|3g/.test(line.effectiveType || "")));
}

if (page) {
  const activities = [...document.querySelectorAll("[data-h5p-activity]")].map((section) => new Activity(section));
  addEventListener("message", (event) => {
    const message = event.data;
    if (!message || typeof message !== "object" || message.context !== "h5p-host") return;
    activities.find((activity) => activity.owns(event))?.hear(message);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      for (const activity of activities) if (activity.running && activity.ready) activity.tell("save");
    }
  });
  addEventListener("pagehide", () => { for (const activity of activities) if (activity.running) activity.outgoing.flush(); });
}
