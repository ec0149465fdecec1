// Last script of the frame: starts the activity when the page says so and tells the page what happens in it.
// The page checks everything once more; nothing here protects anybody but honest learners.
(function () {
  var host = window.h5pHost;
  var site = host.site;
  var CONTENT = "1";
  var SAVE_AFTER = 400;  // milliseconds after an answer
  var FINISHES = /(?:\/|^)(?:answered|completed|passed|failed|mastered|consumed?)$/;
  var RESULTS = /(?:\/|^)(?:answered|completed|passed|failed|mastered|consumed?|progressed)$/;
  var session = null;
  var everything = false;  // whether statements without a result are wanted too
  var instance = null;
  var touched = true;  // anything done since the last finish?
  var lastScore = null;
  var finishes = 0;
  var saveTimer = null;

  function tell(action, data) {
    window.parent.postMessage({ context: "h5p-host", session: session, action: action, data: data }, site);
  }

  // ---- results ------------------------------------------------------------------------------------
  function verbOf(statement) { return String((statement.verb || {}).id || ""); }
  function isChild(statement) {
    var activities = (statement.context || {}).contextActivities || {};
    var extensions = ((statement.object || {}).definition || {}).extensions || {};
    return Boolean((activities.parent || []).length || extensions["http://h5p.org/x-api/h5p-subContentId"]);
  }
  // Points alone: a statement also says scaled points and the lowest, a call of setFinished does not.
  function scoreOf(statement) {
    var score = (statement.result || {}).score;
    return score ? score.raw + "/" + score.max : "";
  }

  function onStatement(event) {
    var statement = event.data && event.data.statement;
    if (!statement || session === null) return;
    var verb = verbOf(statement);
    if (!/attempted$/.test(verb)) saveSoon();
    if (FINISHES.test(verb) && !isChild(statement)) {
      if (!touched && lastScore === scoreOf(statement)) return;  // the same result told once more
      finishes += 1;
      touched = false;
      lastScore = scoreOf(statement);
      tell("report", { statements: [{ statement: statement, children: childrenOf() }] });
      return;
    }
    touched = true;
    if (everything || RESULTS.test(verb)) tell("report", { statements: [{ statement: statement }] });
  }

  // After a finish the activity is asked for all its questions at once.
  function childrenOf() {
    try {
      if (!instance || typeof instance.getXAPIData !== "function") return [];
      return flat((instance.getXAPIData() || {}).children);
    } catch (_problem) {
      return [];
    }
  }
  function flat(children) {
    return (Array.isArray(children) ? children : []).reduce(function (all, child) {
      return all.concat(child && child.statement ? [child.statement] : [], child ? flat(child.children) : []);
    }, []);
  }

  // Types without statements of their own only call setFinished.
  H5P.setFinished = function (contentId, score, maxScore) {
    var before = finishes;
    setTimeout(function () {
      if (finishes !== before || session === null) return;
      onStatement({ data: { statement: {
        verb: { id: "http://adlnet.gov/expapi/verbs/completed" },
        result: { completion: true, score: { raw: score, max: maxScore, min: 0 } },
      } } });
    }, 50);
  };

  // An add-on that fails in what it overhears must not take the activity with it: MathDisplay, for one, fails while
  // the activity is being built when it cannot load its script from elsewhere.
  var overhear = H5P.externalDispatcher.trigger;
  H5P.externalDispatcher.trigger = function () {
    try { return overhear.apply(this, arguments); } catch (problem) { host.note(problem); }
  };

  // ---- saved answers ---------------------------------------------------------------------------------
  function saveNow() {
    clearTimeout(saveTimer);
    if (!instance || session === null || typeof instance.getCurrentState !== "function") return;
    try {
      var state = instance.getCurrentState();
      if (state !== undefined) H5P.setUserData(CONTENT, "state", state, { deleteOnChange: true });
    } catch (problem) {
      tell("problem", { text: String(problem).slice(0, 300) });
    }
  }
  function saveSoon() {
    clearTimeout(saveTimer);
    saveTimer = setTimeout(saveNow, SAVE_AFTER);
  }
  function kept(subContentId) {
    var content = H5PIntegration.contents["cid-" + CONTENT];
    content.contentUserData = content.contentUserData || {};
    content.contentUserData[subContentId] = content.contentUserData[subContentId] || {};
    return content.contentUserData[subContentId];
  }
  H5P.setUserData = function (contentId, dataType, data, options) {
    var extras = options || {};
    var subContentId = String(extras.subContentId || 0);
    var text;
    try { text = JSON.stringify(data); } catch (problem) { if (extras.errorCallback) extras.errorCallback(problem); return; }
    var known = kept(subContentId);
    if (text === undefined || known[dataType] === text) return;
    known[dataType] = text;
    tell("state", {
      type: String(dataType), part: subContentId, data: text,
      preload: extras.preloaded !== false, invalidate: Boolean(extras.deleteOnChange),
    });
  };
  H5P.getUserData = function (contentId, dataType, done, subContentId) {
    var text = kept(String(subContentId || 0))[dataType];
    if (text === "RESET") { done(undefined, null); return; }
    if (text === undefined) { done(undefined, undefined); return; }
    try { text = JSON.parse(text); } catch (problem) { done(problem); return; }
    done(undefined, text);
  };
  H5P.deleteUserData = function (contentId, dataType, subContentId) {
    delete kept(String(subContentId || 0))[dataType];
    tell("state", { type: String(dataType), part: String(subContentId || 0), data: null });
  };

  // ---- size ----------------------------------------------------------------------------------------------
  var height = 0;
  var width = window.innerWidth;
  function measure() {
    var now = Math.ceil(document.body.getBoundingClientRect().height);
    if (now && now !== height) { height = now; tell("resize", { height: now }); }
  }
  function followWidth() {
    if (window.innerWidth === width) return;  // only the height changed: that was the page's answer to us
    width = window.innerWidth;
    if (instance) H5P.trigger(instance, "resize");
    measure();
  }

  // ---- start -----------------------------------------------------------------------------------------------
  function start(data) {
    session = data.session;
    everything = Boolean(data.everything);
    H5PIntegration.contents["cid-" + CONTENT].contentUserData = data.states || {};
    H5P.externalDispatcher.on("xAPI", onStatement);
    document.body.style.height = "auto";
    try {
      H5P.init(document.body);
    } catch (problem) {
      tell("failed", { text: String(problem).slice(0, 300) });
      return;
    }
    instance = H5P.instances[0] || null;
    if (!document.querySelector(".h5p-container") || !instance) {
      tell("failed", { text: host.problems[0] || "" });
      return;
    }
    new ResizeObserver(measure).observe(document.body);
    new MutationObserver(measure).observe(document.body, { childList: true, subtree: true });
    window.addEventListener("resize", followWidth);
    document.addEventListener("visibilitychange", function () { if (document.hidden) saveNow(); });
    window.addEventListener("pagehide", saveNow);
    H5P.trigger(instance, "resize");
    measure();
    tell("started", { problems: host.problems });
    host.onProblem(function (text) { tell("problem", { text: text }); });
  }

  window.addEventListener("message", function (event) {
    if (event.source !== window.parent || event.origin !== site) return;
    var message = event.data || {};
    if (message.context !== "h5p-host") return;
    if (message.action === "start" && session === null) start(message.data);
    if (message.action === "save" && message.session === session) saveNow();
  });

  // The core gets ready with the document; “ready” must come after it.
  H5P.jQuery(function () { setTimeout(function () { tell("ready", { problems: host.problems }); }, 0); });
})();
