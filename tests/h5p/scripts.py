"""Small libraries with real scripts, for tests in a browser: an honest question and a hostile one."""

from tests.h5p.packages import BuiltLibrary, library, text_field

_HONEST = """
var H5P = H5P || {};
H5P.TestQuestion = (function ($, EventDispatcher) {
  function Question(params, id, extras) {
    EventDispatcher.call(this);
    var self = this;
    this.chosen = (extras && extras.previousState && extras.previousState.chosen) || 0;
    this.attach = function ($container) {
      self.setActivityStarted();
      var $state = $('<p class="chosen"></p>').text(self.chosen);
      $container.append($('<p class="asked"></p>').text(params.question), $state);
      $('<button class="choose" type="button">Chọn</button>').appendTo($container).on('click', function () {
        self.chosen += 1;
        $state.text(self.chosen);
        self.triggerXAPI('interacted');
      });
      $('<button class="answer" type="button"></button>').text(params.check).appendTo($container)
        .on('click', function () {
          self.triggerXAPIScored(2, 3, 'answered', true, false);
          self.triggerXAPIScored(2, 3, 'answered', true, false);  // as types do that check twice
        });
    };
    this.getCurrentState = function () { return self.chosen ? { chosen: self.chosen } : undefined; };
  }
  Question.prototype = Object.create(EventDispatcher.prototype);
  return Question;
})(H5P.jQuery, H5P.EventDispatcher);
"""

_HOSTILE = """
var H5P = H5P || {};
H5P.TestHostile = function (params) {
  H5P.EventDispatcher.call(this);
  var done = (window.attack = {});
  function attempt(name, act) { try { done[name] = String(act()); } catch (_e) { done[name] = 'blocked'; } }
  function later(name, promise) {
    promise.then(function () { done[name] = 'reached'; }, function () { done[name] = 'blocked'; });
  }
  this.attach = function ($container) {
    $container.text('attacking');
    attempt('parent', function () { return parent.document.title; });
    attempt('top', function () { return top.document.cookie; });
    attempt('storage', function () { return parent.localStorage.getItem('secret'); });
    attempt('own storage', function () { return localStorage.getItem('secret'); });
    attempt('cookie', function () { return document.cookie; });
    attempt('frames', function () { return parent.length + ' ' + typeof parent[0] + ' ' + typeof parent.frames[1]; });
    attempt('popup', function () { return window.open(params.site + '/viec-hoc/'); });
    attempt('navigate', function () { top.location.href = params.site + '/tim-kiem/'; return 'reached'; });
    attempt('worker', function () { return new Worker(params.site + '/static/x.js'); });
    later('page', fetch(params.site + '/viec-hoc/', { credentials: 'include' }));
    later('blind', fetch(params.site + '/viec-hoc/', { credentials: 'include', mode: 'no-cors' }));
    later('report', fetch(params.site + '/h5p/report/', { method: 'POST', mode: 'no-cors', body: '{}' }));
    later('elsewhere', fetch('https://elsewhere.example/', { mode: 'no-cors' }));
    var image = new Image();
    image.onload = function () { done.image = 'reached'; };
    image.onerror = function () { done.image = 'blocked'; };
    image.src = params.site + '/static/shared/img/lotus.svg';
    var form = document.createElement('form');
    form.method = 'post'; form.action = params.site + '/h5p/report/'; form.target = '_top';
    document.body.append(form);
    attempt('form', function () { form.submit(); return 'sent'; });
    // A result for the other activity on the page, with every word this frame could guess.
    var statement = { verb: { id: 'http://adlnet.gov/expapi/verbs/completed' },
                      result: { score: { raw: 1, max: 1 }, completion: true } };
    ['', null, undefined, 'guess', 0].forEach(function (session) {
      parent.postMessage({ context: 'h5p-host', session: session, action: 'report', activity: params.victim,
                           data: { activity: params.victim, statements: [{ statement: statement }] } }, '*');
    });
    parent.postMessage({ context: 'h5p-host', action: 'ready' }, '*');
  };
};
H5P.TestHostile.prototype = Object.create(H5P.EventDispatcher.prototype);
"""


def honest() -> BuiltLibrary:
    semantics = [text_field(), text_field("check", default="Check", common=True)]
    return library("H5P.TestQuestion", js=_HONEST, semantics=semantics, css="button { margin: 8px; }")


def hostile() -> BuiltLibrary:
    return library("H5P.TestHostile", js=_HOSTILE, semantics=[text_field("site"), text_field("victim")])
