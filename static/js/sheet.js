/* Sheets of arrivals that stay true while others work on them. One page of a
   browser keeps the stream and tells the others; which one is decided by a lock,
   and when it is closed the next takes over. */
(() => {
  'use strict';

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

  /* What stands beside a line: as long as it is open what the page came with,
     then who did it and when. */
  const says = (line, change) => {
    if (!change.done) return line.dataset.open;
    const pattern = line.closest('[data-done]').dataset[line.dataset.never === undefined ? 'done' : 'known'];
    const words = { '{department}': line.dataset.department, '{time}': clock(change.at), '{who}': change.by };
    return pattern.replace(/\{(department|time|who)\}/g, (word) => words[word]);
  };

  const mark = (change) => {
    const line = document.querySelector(`[data-sheet-row="${CSS.escape(change.stay)}"] [data-prep="${CSS.escape(change.key)}"]`);
    if (!line) return;
    const small = line.querySelector('small');
    line.dataset.open ??= small.textContent;
    line.querySelector('input[type="checkbox"]').checked = change.done;
    small.classList.toggle('is-late', !change.done && line.dataset.late !== undefined);
    small.textContent = says(line, change);
    count();
  };

  /* -- what a tick does: the line alone is sent, and comes back as it is kept -- */
  document.addEventListener('change', (e) => {
    const box = e.target;
    if (!(box instanceof HTMLInputElement) || box.name !== 'done') return;
    const form = box.closest('form[data-ticks]');
    const line = box.closest('[data-prep]');
    if (!form || !line) return;
    const sent = { [box.checked ? 'done' : 'was']: box.value };
    line.addEventListener('htmx:configRequest', (ask) => { ask.detail.parameters = sent; }, { once: true });
    line.addEventListener('htmx:afterRequest', (answer) => {
      if (answer.detail.successful) return;
      box.checked = !box.checked; /* it is not kept, so it must not look so */
      count();
    }, { once: true });
    window.htmx.ajax('POST', form.getAttribute('action'), { source: line, target: line, swap: 'outerHTML' });
  });

  const renew = (change) => {
    const row = document.querySelector(`[data-sheet-row="${CSS.escape(change.stay)}"]`);
    const day = document.querySelector('[data-sheet]')?.dataset.sheetDay;
    const staying = new URLSearchParams(location.search).get('view') === 'staying';
    if (row && day && change.day && change.day !== day && !staying) reload(); /* it went to another day */
    else if (row) { /* each row asks for itself: requests of one source wait for each other, and the last alone is sent */
      const department = new URLSearchParams(location.search).get('department') || '';
      window.htmx.ajax('GET', `/stays/${change.stay}/row?department=${encodeURIComponent(department)}`, { source: row, target: row, swap: 'outerHTML' }).then(count);
    } else if (day && day === change.day) reload();
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
    if (listening || !wanted()) return;
    listening = true;
    if (navigator.locks) navigator.locks.request('shuke-sheets', () => { open(); return new Promise(() => {}); });
    else open();
  };
  document.addEventListener('DOMContentLoaded', listen);
  document.addEventListener('htmx:afterSettle', listen);
})();
