/* Sheets of arrivals that stay true while others work on them. One page of a
   browser keeps the stream and tells the others; which one is decided by a lock,
   and when it is closed the next takes over. */
(() => {
  'use strict';

  const sheets = () => document.querySelectorAll('[data-sheet-row]');
  const wanted = () => document.querySelector('[data-sheet], #sheet');

  /* -- what a change does to this page ------------------------------------- */
  const clock = (ms) => new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: document.querySelector('[data-zone]')?.dataset.zone || undefined })
    .format(new Date(ms));

  const count = () => {
    const boxes = [...document.querySelectorAll('#sheet [data-prep] input[type="checkbox"]')];
    const numbers = { ready: 0, late: 0, open: 0 };
    for (const b of boxes) {
      const late = b.closest('label').querySelector('.is-late');
      numbers[b.checked ? 'ready' : late ? 'late' : 'open'] += 1;
    }
    for (const [name, n] of Object.entries(numbers)) {
      const tag = document.querySelector(`[data-count="${name}"]`);
      if (!tag) continue;
      tag.hidden = n === 0;
      const word = tag.querySelector('[data-count-text]');
      word.textContent = word.textContent.replace(/\d+/, String(n));
    }
  };

  const mark = (change) => {
    const line = document.querySelector(`[data-sheet-row="${CSS.escape(change.stay)}"] [data-prep="${CSS.escape(change.key)}"]`);
    if (!line) return;
    const box = line.querySelector('input[type="checkbox"]');
    box.checked = change.done;
    const small = line.querySelector('[data-prep-small]');
    small.classList.toggle('is-late', !change.done && line.dataset.late === 'yes');
    small.textContent = change.done ? line.dataset.done.replace('{time}', clock(change.at)).replace('{who}', change.by) : line.dataset.open;
    count();
  };

  const renew = (change) => {
    const row = document.querySelector(`[data-sheet-row="${CSS.escape(change.stay)}"]`);
    if (row) {
      const department = new URLSearchParams(location.search).get('department') || '';
      window.htmx.ajax('GET', `/stays/${change.stay}/row?department=${encodeURIComponent(department)}`, { target: row, swap: 'outerHTML' }).then(count);
      return;
    }
    const sheet = document.querySelector('[data-sheet]');
    if (sheet && sheet.dataset.sheetDay === change.day) reload();
  };

  const reload = () => {
    const sheet = document.querySelector('[data-sheet] #sheet');
    if (sheet) window.htmx.ajax('GET', location.pathname + location.search, { target: sheet, select: '#sheet', swap: 'outerHTML' });
  };

  /* A sheet that hears nothing may be behind: whoever looks at it is told. */
  const live = (on) => {
    document.documentElement.dataset.live = on ? 'yes' : 'no';
    for (const notice of document.querySelectorAll('[data-lost]')) notice.hidden = on;
  };

  const apply = (change) => {
    if (change.kind === 'live') live(change.on);
    else if (change.kind === 'again') reload();
    else if (change.kind === 'tick') mark(change);
    else renew(change);
  };

  document.addEventListener('htmx:afterSwap', (e) => {
    if (e.target instanceof Element && e.target.closest('#sheet')) count();
  });

  /* -- one stream a browser -------------------------------------------------- */
  const bus = 'BroadcastChannel' in window ? new BroadcastChannel('shuke-sheets') : null;
  if (bus) bus.onmessage = (e) => apply(e.data);

  const open = () => {
    const stream = new EventSource('/events');
    const all = (change) => {
      apply(change);
      if (bus) bus.postMessage(change);
    };
    let before = false;
    stream.onopen = () => { /* what was missed while it was cut is loaded anew */
      all({ kind: 'live', on: true });
      if (before) all({ kind: 'again' });
      before = true;
    };
    stream.onerror = () => all({ kind: 'live', on: false });
    stream.addEventListener('arrivals', (e) => all(JSON.parse(e.data)));
  };

  let listening = false;
  const listen = () => {
    if (listening || !wanted() || sheets().length === 0) return;
    listening = true;
    if (navigator.locks) navigator.locks.request('shuke-sheets', () => { open(); return new Promise(() => {}); });
    else open();
  };
  document.addEventListener('DOMContentLoaded', listen);
  document.addEventListener('htmx:afterSettle', listen);
})();
