/* Forms: sent once however often the button is pressed, no leaving with unsaved
   edits unasked (form[data-guard]), and rows that repeat ([data-rows]).

   Rows: [data-rows] with data-next (the index of the next row), a list
   [data-rows-list], a <template> in which __i__ stands for the index, and a
   button [data-rows-add]. A row is [data-rows-row] and may hold [data-rows-drop]. */
(() => {
  'use strict';

  const dirty = new Set();

  /* -- one submit --------------------------------------------------------- */
  const buttons = (form) => [...form.elements].filter((b) => b.type === 'submit');

  document.addEventListener('submit', (e) => {
    const form = e.target;
    if (e.defaultPrevented || form.method !== 'post' || form.target || form.matches('[data-lookup]')) return;
    if (form.dataset.sent) {
      e.preventDefault();
      return;
    }
    form.dataset.sent = '1';
    dirty.delete(form);
    /* Later than now: a disabled button would not send its own name and value. */
    setTimeout(() => buttons(form).forEach((b) => {
      if (!b.disabled) {
        b.disabled = true;
        b.dataset.wasSent = '1';
      }
    }), 0);
  });
  window.addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll('form[data-sent]')) {
      delete form.dataset.sent;
      buttons(form).filter((b) => b.dataset.wasSent).forEach((b) => {
        b.disabled = false;
        delete b.dataset.wasSent;
      });
    }
  });

  /* -- unsaved edits ------------------------------------------------------ */
  /* A form that came back with messages holds edits from its first moment. */
  const reopened = (root) => root.querySelectorAll('form[data-guard="dirty"]').forEach((f) => dirty.add(f));
  document.addEventListener('DOMContentLoaded', () => reopened(document));
  document.addEventListener('htmx:afterSwap', (e) => reopened(e.target.parentElement || document));

  document.addEventListener('input', (e) => {
    const form = e.target.form;
    if (form && form.matches('[data-guard]') && !e.target.closest('[data-lookup]')) dirty.add(form);
  });
  document.addEventListener('reset', (e) => dirty.delete(e.target));
  document.addEventListener('htmx:beforeRequest', (e) => dirty.delete(e.target));
  window.addEventListener('beforeunload', (e) => {
    if ([...dirty].some((f) => f.isConnected)) e.preventDefault();
  });

  /* -- files that are too large: said before they are sent ----------------- */
  document.addEventListener('change', (e) => {
    const most = Number(e.target.dataset && e.target.dataset.most);
    if (!most || !e.target.files) return;
    const large = [...e.target.files].some((f) => f.size > most);
    e.target.setCustomValidity(large ? e.target.dataset.mostSays : '');
    e.target.reportValidity();
  });

  /* -- rows --------------------------------------------------------------- */
  const addRow = (rows) => {
    const template = rows.querySelector('template');
    const index = rows.dataset.next;
    rows.dataset.next = String(Number(index) + 1);
    const row = template.content.cloneNode(true);
    for (const el of row.querySelectorAll('*')) {
      for (const a of el.attributes) {
        if (a.value.includes('__i__')) el.setAttribute(a.name, a.value.replaceAll('__i__', index));
      }
    }
    const first = row.querySelector('input, select, textarea');
    const added = [...row.children];
    rows.querySelector('[data-rows-list]').append(row);
    if (window.htmx) added.forEach((el) => window.htmx.process(el));
    if (first) first.focus();
  };
  document.addEventListener('click', (e) => {
    if (!(e.target instanceof Element)) return;
    const rows = e.target.closest('[data-rows]');
    if (!rows) return;
    if (e.target.closest('[data-rows-add]')) addRow(rows);
    const drop = e.target.closest('[data-rows-drop]');
    if (drop) {
      drop.closest('[data-rows-row]').remove();
      rows.querySelector('[data-rows-add]').focus();
      rows.dispatchEvent(new Event('input', { bubbles: true }));
    }
  });
  /* Hidden until there is script to make them work. */
  const show = (root) => root.querySelectorAll && root.querySelectorAll('[data-rows-add], [data-rows-drop]')
    .forEach((b) => { b.hidden = false; });
  document.addEventListener('DOMContentLoaded', () => show(document));
  document.addEventListener('htmx:afterSwap', (e) => show(e.target));
})();
