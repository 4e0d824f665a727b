/* A sensitive value on show: it counts down, then hides itself and says so.
   It hides at once when the page is left or put into the background. Nothing
   is kept: the value exists only as the text of one element, which is removed.

   Markup: [data-reveal-seconds] holds the value; inside it [data-reveal-left]
   takes the seconds, and a <template> holds what stands there afterwards. */
(() => {
  'use strict';

  const timers = new Map();

  const announce = (words) => {
    const live = document.getElementById('announce');
    if (live && words) live.textContent = words;
  };

  const hide = (el) => {
    clearInterval(timers.get(el));
    timers.delete(el);
    if (!el.isConnected) return;
    const words = el.dataset.revealDone;
    const after = el.querySelector('template');
    const rest = after ? [...after.content.cloneNode(true).childNodes] : [];
    const hadFocus = el.contains(document.activeElement);
    el.replaceWith(...rest);
    for (const node of rest) {
      if (node instanceof Element && window.htmx) window.htmx.process(node);
    }
    const next = rest.find((n) => n instanceof Element);
    const target = next && next.matches('summary, button, a') ? next : next && next.querySelector('summary, button, a');
    if (hadFocus && target) target.focus();
    announce(words);
  };
  const hideAll = () => [...timers.keys()].forEach(hide);

  const start = (el) => {
    if (timers.has(el)) return;
    const until = performance.now() + Number(el.dataset.revealSeconds) * 1000;
    const left = el.querySelector('[data-reveal-left]');
    const tick = () => {
      const s = Math.ceil((until - performance.now()) / 1000);
      if (s <= 0 || !el.isConnected) hide(el);
      else if (left) left.textContent = String(s);
    };
    timers.set(el, setInterval(tick, 500));
    tick();
  };
  const scan = () => document.querySelectorAll('[data-reveal-seconds]').forEach(start);

  document.addEventListener('DOMContentLoaded', scan);
  document.addEventListener('htmx:afterSwap', scan);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') hideAll();
  });
  window.addEventListener('pagehide', hideAll);
  document.addEventListener('click', (e) => {
    const button = e.target instanceof Element && e.target.closest('[data-reveal-hide]');
    const el = button && button.closest('[data-reveal-seconds]');
    if (el) hide(el);
  });
})();
