// First script of the frame, before H5P's core: what the core expects of a browser, and its data.
(function () {
  var problems = [];
  var errorListeners = [];

  // Nothing is kept in the frame: the sandbox forbids it or, on a host of its own, activities would share it.
  function memory() {
    var kept = new Map();
    return {
      get length() { return kept.size; },
      key: function (n) { return Array.from(kept.keys())[n] === undefined ? null : Array.from(kept.keys())[n]; },
      getItem: function (name) { return kept.has(String(name)) ? kept.get(String(name)) : null; },
      setItem: function (name, value) { kept.set(String(name), String(value)); },
      removeItem: function (name) { kept.delete(String(name)); },
      clear: function () { kept.clear(); },
    };
  }
  ["localStorage", "sessionStorage"].forEach(function (name) {
    var store = memory();
    Object.defineProperty(window, name, { configurable: true, get: function () { return store; } });
  });
  try { void document.cookie; } catch (_refused) {
    Object.defineProperty(document, "cookie", { configurable: true, get: function () { return ""; }, set: function () {} });
  }

  function note(text) {
    problems.push(String(text).slice(0, 300));
    errorListeners.forEach(function (tell) { tell(problems[problems.length - 1]); });
  }
  window.addEventListener("error", function (event) { if (event.message) note(event.message); });
  window.addEventListener("unhandledrejection", function (event) { note(event.reason); });

  function data(id) { return JSON.parse(document.getElementById(id).textContent); }
  window.H5PIntegration = data("h5p-integration");
  window.H5P = { preventInit: true };  // the page says when to start
  window.h5pHost = {
    site: data("h5p-host").site, problems: problems, note: note,
    onProblem: function (tell) { errorListeners.push(tell); },
  };
})();
